import asyncio


async def work():
    return 1


async def main():
    total = work() + 1
    return total


asyncio.run(main())
