import asyncio
async def f(x): return x
async def main():
    await asyncio.wait([f(1), f(2)])
asyncio.run(main())
