# python: 3.7
# a permit is not handed over: who comes at the right moment overtakes
import asyncio

semaphore = None


async def user(name, hold):
    async with semaphore:
        print('in', name)
        await asyncio.sleep(hold)
    print('out', name)


async def greedy():
    await semaphore.acquire()
    await asyncio.sleep(0.1)
    semaphore.release()
    await semaphore.acquire()
    print('greedy again', semaphore)
    await asyncio.sleep(0.1)
    semaphore.release()


async def main():
    global semaphore
    semaphore = asyncio.Semaphore(1)
    await asyncio.gather(greedy(), user('a', 0.1), user('b', 0.1), user('c', 0.1))
    semaphore = asyncio.Semaphore(2)
    tasks = [asyncio.ensure_future(user(n, 0.1)) for n in range(5)]
    await asyncio.sleep(0.05)
    print(semaphore, semaphore.locked())
    tasks[2].cancel()
    await asyncio.sleep(0.05)
    tasks[3].cancel()
    for result in await asyncio.gather(*tasks, return_exceptions=True):
        print(repr(result))
    bounded = asyncio.BoundedSemaphore(1)
    try:
        bounded.release()
    except ValueError as error:
        print(error)


asyncio.get_event_loop().run_until_complete(main())
