# python: 3.7
# what is made before asyncio.run() belongs to another loop
import asyncio

lock = asyncio.Lock()
queue = asyncio.Queue()
semaphore = asyncio.Semaphore(1)


async def user(name):
    async with lock:
        print(name, 'in')
        await asyncio.sleep(0.1)
    print(name, 'out')


async def main():
    results = await asyncio.gather(user('a'), user('b'), user('c'), return_exceptions=True)
    for result in results:
        print(type(result).__name__, str(result)[:30])
    try:
        await queue.get()
    except RuntimeError as error:
        print('queue', str(error)[:11])
    await semaphore.acquire()
    try:
        await semaphore.acquire()
    except RuntimeError as error:
        print('semaphore', str(error)[:11])
    print(semaphore)


asyncio.run(main())
