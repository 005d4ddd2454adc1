import asyncio


async def raises():
    raise StopIteration("from a coroutine")


async def numbers():
    yield 1
    raise StopAsyncIteration


async def main():
    try:
        await raises()
    except RuntimeError as error:
        print(error, repr(error.__cause__))
    async for number in numbers():
        print(number)


asyncio.run(main())
