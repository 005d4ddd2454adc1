import asyncio


class NotAsync:
    def __iter__(self):
        return iter([1])


class WrongAiter:
    async def __aiter__(self):
        return self


class WrongAnext:
    def __aiter__(self):
        return self

    def __anext__(self):
        return 5


class NoAnext:
    def __aiter__(self):
        return 5


async def attempt(source):
    try:
        async for item in source:
            print(item)
    except TypeError as error:
        print(type(error).__name__, error)


async def main():
    for source in (NotAsync(), WrongAnext(), NoAnext(), [1, 2]):
        await attempt(source)
    async for item in WrongAiter():
        print(item)


asyncio.run(main())
