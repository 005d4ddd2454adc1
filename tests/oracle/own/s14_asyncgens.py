"""Asynchronous generators that a loop has to close."""
import asyncio


async def numbers(name):
    try:
        for n in range(3):
            yield n
            await asyncio.sleep(0.1)
    finally:
        await asyncio.sleep(0.1)
        print(name, 'closed')


async def fails_on_close():
    try:
        yield 1
    finally:
        raise ValueError('on close')


kept = []


async def main():
    async for n in numbers('whole'):
        print(n)
    for name in ('first', 'second'):
        generator = numbers(name)
        kept.append(generator)
        print(name, await anext(generator))
    bad = fails_on_close()
    kept.append(bad)
    await anext(bad)
    loop = asyncio.get_running_loop()
    dropped = numbers('dropped')
    await anext(dropped)
    del dropped
    await asyncio.sleep(0.3)
    await loop.shutdown_asyncgens()
    print('shut down')


asyncio.run(main())
