import asyncio


async def slow():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        raise ValueError("at the wrong moment")


async def main():
    async with asyncio.timeout(0.01):
        await slow()


asyncio.run(main())
