import asyncio


def ordinary():
    return 5


class Awaitable:
    def __await__(self):
        return 5


class Coroutine:
    def __await__(self):
        return work()


class Yields:
    def __await__(self):
        yield 5


async def work():
    return 1


async def numbers():
    yield 1


async def attempt(thing):
    try:
        print(await thing)
    except Exception as error:
        print(type(error).__name__, error)


async def main():
    for thing in (5, None, [work], ordinary, work, numbers(), Awaitable(), Coroutine(), Yields()):
        await attempt(thing)
    await ordinary()


asyncio.run(main())
