import asyncio


async def ping(count):
    return await pong(count + 1)


async def pong(count):
    return await ping(count + 1)


try:
    asyncio.run(ping(0))
except RecursionError as error:
    print(type(error).__name__, error)


def first():
    second()


def second():
    third()


def third():
    first()


try:
    first()
except RecursionError as error:
    print(type(error).__name__, error)
    raise SystemExit(3)
