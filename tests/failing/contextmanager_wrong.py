import asyncio
from contextlib import asynccontextmanager, contextmanager


@contextmanager
def no_yield():
    if False:
        yield


@contextmanager
def two_yields():
    yield 1
    yield 2


@asynccontextmanager
async def swallow():
    try:
        yield
    except ValueError:
        pass
    yield


def attempt(manager):
    try:
        with manager():
            pass
    except RuntimeError as error:
        print(error)


attempt(no_yield)
attempt(two_yields)


async def main():
    try:
        async with no_yield():
            pass
    except TypeError as error:
        print(error)
    try:
        with swallow():
            pass
    except TypeError as error:
        print(error)
    async with swallow():
        raise ValueError("inside")


asyncio.run(main())
