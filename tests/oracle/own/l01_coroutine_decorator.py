# python: 3.7
# @asyncio.coroutine on generators, on plain functions, and mixed with async def
import asyncio


@asyncio.coroutine
def generator(n):
    print('generator', n)
    value = yield from asyncio.sleep(n, result='slept')
    return value, n


@asyncio.coroutine
def plain(n):
    print('plain', n)
    return n * 2


@asyncio.coroutine
def returns_awaitable(n):
    return native(n)


@asyncio.coroutine
def returns_future(loop):
    future = loop.create_future()
    loop.call_later(0.25, future.set_result, 'from a future')
    return future


async def native(n):
    await asyncio.sleep(n)
    return await generator(n)


@asyncio.coroutine
def fails():
    yield
    raise KeyError('decorated')


@asyncio.coroutine
def main(loop):
    print(asyncio.iscoroutinefunction(generator), asyncio.iscoroutinefunction(plain), asyncio.iscoroutinefunction(native))
    print(generator.__name__, plain.__qualname__)
    g = generator(0.1)
    print(asyncio.iscoroutine(g), type(g).__name__)
    print((yield from g))
    print((yield from plain(21)))
    print((yield from returns_awaitable(0.2)))
    print((yield from returns_future(loop)))
    try:
        yield from fails()
    except KeyError as error:
        print('caught', error)
    task = asyncio.ensure_future(generator(0.5))
    print(task)
    yield
    print(task)
    print((yield from asyncio.gather(task, generator(0.3), plain(1))))


def undecorated():
    yield from asyncio.sleep(0.1).__await__()
    return 'a bare generator is a coroutine too'


loop = asyncio.get_event_loop()
loop.run_until_complete(main(loop))
print(loop.run_until_complete(undecorated()))
loop.close()
