# python: 3.7
# loop= wherever it was taken
import asyncio


async def job(loop, n):
    await asyncio.sleep(n, loop=loop)
    return n


async def main(loop):
    lock = asyncio.Lock(loop=loop)
    event = asyncio.Event(loop=loop)
    condition = asyncio.Condition(loop=loop)
    queue = asyncio.Queue(2, loop=loop)
    async with lock, asyncio.Semaphore(2, loop=loop), asyncio.BoundedSemaphore(loop=loop):
        print(lock.locked(), event.is_set(), condition.locked())
    for kind in (asyncio.Queue, asyncio.LifoQueue, asyncio.PriorityQueue):
        queue = kind(loop=loop)
        for item in (2, 3, 1):
            queue.put_nowait(item)
        print([await queue.get() for _ in range(3)], queue)
    print(await asyncio.gather(job(loop, 0.2), job(loop, 0.1), loop=loop))
    print(await asyncio.gather(loop=loop))
    print(await asyncio.wait_for(job(loop, 0.1), 1, loop=loop))
    print(await asyncio.shield(job(loop, 0.1), loop=loop))
    for each in asyncio.as_completed([job(loop, 0.2), job(loop, 0.1)], loop=loop):
        print(await each)
    done, pending = await asyncio.wait([job(loop, 0.1)], loop=loop)
    print([task.result() for task in done])
    print(asyncio.Future(loop=loop), asyncio.Task(job(loop, 0.1), loop=loop))
    await asyncio.sleep(0.2, 'slept', loop=loop)


loop = asyncio.get_event_loop()
loop.run_until_complete(main(loop))
other = asyncio.new_event_loop()
try:
    asyncio.ensure_future(asyncio.Future(loop=other), loop=loop)
except ValueError as error:
    print(error)
try:
    asyncio.Condition(asyncio.Lock(loop=other), loop=loop)
except ValueError as error:
    print(error)
loop.close()
