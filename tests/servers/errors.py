import asyncio

async def handle(reader, writer):
    try:
        while True:
            size = await reader.readexactly(1)
            body = await reader.readexactly(size[0])
            print('server body', body)
            if body == b'crash':
                raise ValueError('in the server')
            if body == b'abort':
                writer.transport.abort()
                return
            if body == b'silent':
                await asyncio.sleep(10)
            writer.write(b'ok ' + body + b'\n')
            await writer.drain()
    except asyncio.IncompleteReadError as e:
        print('server incomplete', e.partial, e.expected)
    except ConnectionResetError as e:
        print('server reset', e)
    finally:
        writer.close()

async def talk(port, *messages):
    reader, writer = await asyncio.open_connection('127.0.0.1', port)
    try:
        for m in messages:
            writer.write(bytes([len(m)]) + m)
            print('client', await asyncio.wait_for(reader.readline(), 0.2))
        writer.write(b'\x09abc')
        writer.write_eof()
        print('client', await reader.read())
    except (OSError, asyncio.IncompleteReadError) as e:
        print('client failed', type(e).__name__, e)
    finally:
        writer.close()
        try:
            await writer.wait_closed()
        except ConnectionError as e:
            print('wait_closed', e)

async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, c: print('handler:', c['message'], repr(c.get('exception'))))
    server = await asyncio.start_server(handle, '127.0.0.1', 0, limit=32)
    port = server.sockets[0].getsockname()[1]
    await talk(port, b'a', b'bb')
    await asyncio.sleep(0.05)
    await talk(port, b'crash')
    await asyncio.sleep(0.05)
    await talk(port, b'abort')
    await asyncio.sleep(0.05)
    await talk(port, b'silent')
    await asyncio.sleep(0.05)
    r, w = await asyncio.open_connection('127.0.0.1', port, limit=16)
    w.write(bytes([40]) + b'x' * 40)
    try:
        await r.readline()
    except ValueError as e:
        print('limit', e)
    w.close()
    server.close()
    print('closing server')
    server.close_clients()
    await asyncio.wait_for(server.wait_closed(), 1)
    print('closed')
    try:
        await asyncio.open_connection('127.0.0.1', port)
    except OSError as e:
        print(type(e).__name__, str(e).replace(str(port), 'PORT'))
    two = await asyncio.start_server(handle, '127.0.0.1', 0)
    try:
        await asyncio.start_server(handle, '127.0.0.1', two.sockets[0].getsockname()[1])
    except OSError as e:
        print(type(e).__name__, e.errno, str(e).replace(str(two.sockets[0].getsockname()[1]), 'PORT'))
    two.close()

asyncio.run(main())
