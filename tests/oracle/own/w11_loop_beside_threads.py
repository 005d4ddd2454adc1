"""The loop goes on beside its threads: timeouts, cancelling, callbacks from threads, blocking calls."""
import asyncio
import threading
import time


def job(n, seconds):
    time.sleep(seconds)
    print('job', n, 'done', round(time.monotonic(), 2))
    return n


async def ticks():
    for i in range(6):
        await asyncio.sleep(0.05)
        print('tick', i, round(time.monotonic(), 2))


async def main():
    loop = asyncio.get_running_loop()
    ticking = asyncio.create_task(ticks())
    try:
        await asyncio.wait_for(asyncio.to_thread(job, 'slow', 0.3), 0.1)
    except asyncio.TimeoutError:
        print('timed out', round(time.monotonic(), 2))
    event = asyncio.Event()

    def from_thread():
        time.sleep(0.02)
        loop.call_soon_threadsafe(event.set)
        time.sleep(0.02)
        return threading.current_thread().name

    name = loop.run_in_executor(None, from_thread)
    await event.wait()
    print('event', round(time.monotonic(), 2), name.done())
    print(await name)
    blocked = loop.run_in_executor(None, job, 'beside a blocked loop', 0.05)
    time.sleep(0.1)
    print('the loop was blocked', round(time.monotonic(), 2), blocked.done())
    print(await blocked)
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(asyncio.to_thread(job, n, 0.01 * n)) for n in range(3)]
    print([task.result() for task in tasks])
    try:
        async with asyncio.timeout(0.05):
            await asyncio.to_thread(job, 'left behind', 0.2)
    except TimeoutError:
        print('left', round(time.monotonic(), 2))
    await ticking
    print(await asyncio.gather(*(asyncio.to_thread(job, n, 0.1) for n in range(10))), round(time.monotonic(), 2))
    await loop.shutdown_default_executor()
    try:
        loop.run_in_executor(None, job, 'never', 0)
    except RuntimeError as exc:
        print(exc)


asyncio.run(main())
