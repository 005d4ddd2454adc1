"""Tasks that nobody but what they wait for remembers: collected by gc.collect() and at the end, oldest first."""
import asyncio
import gc
import weakref


async def waits(n):
    future = asyncio.get_running_loop().create_future()
    try:
        await future
    finally:
        print('finally', n)


async def gets():
    await asyncio.Queue().get()


async def gathers():
    await asyncio.gather(waits('in gather'), waits('in gather too'))


async def acquires():
    lock = asyncio.Lock()
    async with lock:
        await lock.acquire()


async def main():
    tasks = [asyncio.create_task(coro, name=f'lost {n}') for n, coro in enumerate(
        [waits(1), gets(), gathers(), acquires(), waits(2)])]
    weak = [weakref.ref(task) for task in tasks]
    kept = asyncio.create_task(waits('kept'))
    await asyncio.sleep(0.01)
    del tasks
    print('alive', len(asyncio.all_tasks()), sum(ref() is not None for ref in weak))
    gc.collect()
    print('alive', len(asyncio.all_tasks()), sum(ref() is not None for ref in weak))
    await asyncio.sleep(0.01)
    asyncio.create_task(waits('cancelled at the end'))
    await asyncio.sleep(0)


asyncio.run(main())
print('end of run')
loop = asyncio.new_event_loop()


async def leaves():
    loop.create_task(waits('left'), name='left')
    await asyncio.sleep(0.01)


loop.run_until_complete(leaves())
print('end of the program')
