import asyncio


async def inner(value):
    await asyncio.sleep(0)
    return 10 // value


async def middle(value):
    return await inner(value)


async def main():
    print(await middle(5))
    print(await middle(0))


asyncio.run(main())
