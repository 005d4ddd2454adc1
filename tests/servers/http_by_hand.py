import asyncio, json, struct, contextlib

class HTTPError(Exception): pass

async def handle(reader, writer):
    with contextlib.suppress(ConnectionError):
        while True:
            try:
                async with asyncio.timeout(0.3):
                    head = await reader.readuntil(b'\r\n\r\n')
            except asyncio.IncompleteReadError as e:
                print('server: client gone', e.partial)
                break
            except TimeoutError:
                print('server: idle')
                break
            method, path, _ = head.decode().split('\r\n')[0].split()
            body = json.dumps({'method': method, 'path': path}).encode()
            writer.write(f'HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n'.encode() + body)
            await writer.drain()
    writer.close()
    await writer.wait_closed()

async def get(port, *paths, hang=False):
    reader, writer = await asyncio.open_connection('127.0.0.1', port)
    for path in paths:
        writer.write(f'GET {path} HTTP/1.1\r\nHost: x\r\n\r\n'.encode())
        status = await reader.readline()
        length = 0
        while (line := await reader.readline()) != b'\r\n':
            if line.lower().startswith(b'content-length'):
                length = int(line.split(b':')[1])
        print(status.decode().strip(), json.loads(await reader.readexactly(length)))
    if hang:
        print('hang', await reader.read())
    writer.close()
    await writer.wait_closed()

async def main():
    server = await asyncio.start_server(handle, '127.0.0.1', 0)
    port = server.sockets[0].getsockname()[1]
    async with asyncio.TaskGroup() as tg:
        tg.create_task(get(port, '/a', '/b'))
        tg.create_task(get(port, '/c', hang=True))
    try:
        async with asyncio.timeout(0.1):
            r, w = await asyncio.open_connection('127.0.0.1', port)
            await r.read()
    except TimeoutError:
        print('timeout')
        w.close()
    await asyncio.sleep(0.05)
    server.close()
    await server.wait_closed()

asyncio.run(main())
