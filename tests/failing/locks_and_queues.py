import asyncio


async def attempt(function):
    try:
        result = function()
        if asyncio.iscoroutine(result):
            await result
    except Exception as error:
        print(type(error).__name__, repr(str(error)))


async def main():
    await attempt(lambda: asyncio.Lock().release())
    await attempt(lambda: asyncio.Condition().wait())
    await attempt(lambda: asyncio.Condition().notify())
    await attempt(lambda: asyncio.BoundedSemaphore(1).release())
    await attempt(lambda: asyncio.Queue(1).get_nowait())
    await attempt(lambda: asyncio.Queue().task_done())
    queue = asyncio.Queue(maxsize=1)
    queue.put_nowait(1)
    await attempt(lambda: queue.put_nowait(2))
    queue.shutdown(immediate=True)
    await attempt(lambda: queue.put(3))
    async with asyncio.Lock() as nothing:
        print(nothing)
    with asyncio.Lock():
        pass


asyncio.run(main())
