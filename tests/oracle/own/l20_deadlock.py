# python: 3.7
# everybody waits: the end of a run at 3.7 too
import asyncio


@asyncio.coroutine
def philosopher(name, left, right):
    with (yield from left):
        print(name, 'has one')
        yield from asyncio.sleep(0.1)
        with (yield from right):
            print(name, 'eats')


async def main():
    one, two = asyncio.Lock(), asyncio.Lock()
    await asyncio.wait([philosopher('a', one, two), philosopher('b', two, one)])


asyncio.get_event_loop().run_until_complete(main())
