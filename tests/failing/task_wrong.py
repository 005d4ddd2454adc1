import asyncio


async def work():
    return 1


async def attempt(function):
    try:
        result = function()
        if result is not None:
            await result
    except Exception as error:
        print(type(error).__name__, error)


async def leave():
    async with asyncio.TaskGroup() as group:
        pass
    coroutine = work()
    try:
        group.create_task(coroutine)
    finally:
        coroutine.close()


async def main():
    loop = asyncio.get_running_loop()
    await attempt(lambda: asyncio.create_task(5))
    await attempt(lambda: asyncio.create_task(work))
    await attempt(lambda: asyncio.ensure_future(5))
    await attempt(lambda: asyncio.gather(5))
    await attempt(lambda: asyncio.wait([]))
    await attempt(lambda: asyncio.wait(5))
    await attempt(lambda: asyncio.shield(5))
    await attempt(lambda: asyncio.wait_for(5, 1))
    await attempt(lambda: asyncio.sleep("x"))
    await attempt(lambda: asyncio.sleep())
    await attempt(lambda: loop.call_soon())
    await attempt(lambda: loop.run_until_complete(loop.create_future()))
    await attempt(lambda: loop.create_future().result())
    await attempt(lambda: loop.create_future().exception())
    await attempt(lambda: loop.create_future().set_exception(5))
    await attempt(lambda: loop.create_future().set_exception(StopIteration()))
    await attempt(lambda: asyncio.current_task().set_result(1))
    await attempt(leave)
    future = loop.create_future()
    future.set_result(1)
    future.set_result(2)


asyncio.run(main())
