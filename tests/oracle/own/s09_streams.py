"""A stream reader that is fed by hand."""
import asyncio


async def attempt(what, reading):
    try:
        print(what, await reading)
    except Exception as error:
        print(what, type(error).__name__, error, getattr(error, 'partial', None), getattr(error, 'consumed', None))


async def lines():
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    print(reader, reader.at_eof())
    for n, part in enumerate((b'one\ntw', b'o\n', b'three')):
        loop.call_later(n / 10, reader.feed_data, part)
    loop.call_later(0.5, reader.feed_eof)
    async for line in reader:
        print(line, loop.time())
    print(reader, reader.at_eof(), await reader.read(), await reader.readline())


async def exactly():
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    reader.feed_data(b'abcdef')
    print(reader)
    await attempt('exactly', reader.readexactly(4))
    await attempt('zero', reader.readexactly(0))
    await attempt('negative', reader.readexactly(-1))
    waiting = asyncio.create_task(attempt('more', reader.readexactly(4)))
    await asyncio.sleep(0)
    print(str(reader).split('waiter')[0])
    await attempt('second reader', reader.read(1))
    await attempt('second waiter', reader.readexactly(9))
    reader.feed_data(b'gh')
    reader.feed_eof()
    await waiting
    try:
        reader.feed_data(b'x')
    except AssertionError as error:
        print(error)


async def until():
    reader = asyncio.StreamReader(limit=8)
    reader.feed_data(b'key=value;a|b;0123456789;')
    await attempt('until', reader.readuntil(b'='))
    await attempt('tuple', reader.readuntil((b';', b'|')))
    await attempt('shortest', reader.readuntil((b'|b', b'|')))
    await attempt('rest', reader.readuntil(b';'))
    await attempt('too long', reader.readuntil(b';'))
    await attempt('line', reader.readline())
    reader.feed_data(b'0123456789\nrest')
    await attempt('long line', reader.readline())
    await attempt('empty', reader.readuntil(b''))
    await attempt('none', reader.readuntil(()))
    await attempt('read', reader.read(2))
    reader.feed_eof()
    await attempt('incomplete', reader.readuntil(b'x'))
    for limit in (0, -1):
        try:
            asyncio.StreamReader(limit)
        except ValueError as error:
            print(error)


async def errors():
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    waiting = asyncio.create_task(attempt('waits', reader.read()))
    await asyncio.sleep(0)
    reader.set_exception(ConnectionResetError('gone'))
    await waiting
    print(repr(reader.exception()))
    for reading in (reader.read(), reader.readline(), reader.readexactly(1), reader.readuntil()):
        await attempt('broken', reading)
    print(reader)


async def main():
    for part in (lines, exactly, until, errors):
        print('--', part.__name__)
        await part()


asyncio.run(main())
