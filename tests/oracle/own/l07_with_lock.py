# python: 3.7
# plain with over a lock
import asyncio


async def native(lock, name):
    with await lock:
        print(name, 'has it', lock.locked())
        await asyncio.sleep(0.1)
    print(name, 'gave it back')


@asyncio.coroutine
def decorated(lock, name):
    with (yield from lock):
        print(name, 'has it')
        yield from asyncio.sleep(0.1)
    print(name, 'gave it back')


async def main():
    lock = asyncio.Lock()
    await asyncio.gather(native(lock, 'a'), decorated(lock, 'b'), native(lock, 'c'))
    print(lock)
    try:
        with lock:
            pass
    except RuntimeError as error:
        print(error)
    semaphore = asyncio.Semaphore(1)
    with await semaphore as value:
        print(semaphore, value)
    condition = asyncio.Condition()
    with await condition:
        print(condition)


asyncio.get_event_loop().run_until_complete(main())
