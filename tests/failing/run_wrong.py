import asyncio


def attempt(function):
    try:
        function()
    except Exception as error:
        print(type(error).__name__, error)


async def work():
    return 1


async def nested():
    coroutine = work()
    try:
        asyncio.run(coroutine)
    finally:
        coroutine.close()


async def numbers():
    yield 1


attempt(lambda: asyncio.run(work))
attempt(lambda: asyncio.run(5))
attempt(lambda: asyncio.run(numbers()))
attempt(lambda: asyncio.run())
attempt(lambda: asyncio.get_running_loop())
attempt(lambda: asyncio.current_task())
attempt(lambda: asyncio.sleep(1).send(None))
attempt(lambda: asyncio.Queue().get_nowait())
attempt(lambda: asyncio.Semaphore(-1))
attempt(lambda: asyncio.Barrier(0))
attempt(lambda: asyncio.Lock().release())
attempt(lambda: asyncio.timeout(1).when(2))
asyncio.run(nested())
