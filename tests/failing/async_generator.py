import asyncio


async def ticks(limit):
    for tick in range(limit):
        await asyncio.sleep(0)
        if tick == 2:
            raise OverflowError(f"tick {tick}")
        yield tick


async def main():
    async for tick in ticks(5):
        print(tick)


asyncio.run(main())
