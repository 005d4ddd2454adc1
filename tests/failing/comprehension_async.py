import asyncio


async def price(item):
    await asyncio.sleep(0)
    return {"tea": 3}[item]


async def main():
    return [await price(item) for item in ("tea", "milk")]


asyncio.run(main())
