# A primitive belongs to the first loop in which somebody waits for it.
import asyncio

lock = asyncio.Lock()
event = asyncio.Event()
semaphore = asyncio.Semaphore(1)
condition = asyncio.Condition()
queue = asyncio.Queue(1)
barrier = asyncio.Barrier(2)


async def hold(thing):
    async with thing:
        await asyncio.sleep(0.1)


async def wait_under(condition):
    async with condition:
        await condition.wait()


async def put_twice():
    await queue.put(1)
    await queue.put(2)


async def attempt(name, *coros):
    tasks = [asyncio.create_task(coro) for coro in coros]
    done, pending = await asyncio.wait(tasks, timeout=0.5)
    for task in pending:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for task in tasks:
        error = None if task.cancelled() else task.exception()
        print(name, 'cancelled' if task.cancelled() else type(error).__name__)
        if error is not None:
            print(' ', str(error))


async def main():
    # Nobody waits: the loop does not matter.
    async with lock, semaphore:
        print(lock.locked(), semaphore.locked())
    await attempt('lock', hold(lock), hold(lock))
    await attempt('semaphore', hold(semaphore), hold(semaphore))
    await attempt('event', event.wait())
    await attempt('condition', wait_under(condition))
    await attempt('put', put_twice())
    while not queue.empty():
        queue.get_nowait()
    await attempt('get', queue.get())
    queue.put_nowait(0)
    await attempt('join', queue.join())
    queue.get_nowait()
    queue.task_done()
    await attempt('barrier', barrier.wait())


for run in range(2):
    print('run', run)
    asyncio.run(main())
for make in (lambda: asyncio.Lock(1), lambda: asyncio.Event(loop=None), lambda: asyncio.Barrier(),
             lambda: asyncio.Semaphore(1, 2), lambda: asyncio.Barrier(0), lambda: asyncio.BoundedSemaphore(-1)):
    try:
        make()
    except Exception as error:
        print(type(error).__name__, error)
