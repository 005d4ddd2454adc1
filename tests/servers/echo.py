import asyncio

async def handle(reader, writer):
    addr = writer.get_extra_info('peername')
    print('server: connected', addr[0], asyncio.current_task().get_name())
    while True:
        data = await reader.readline()
        if not data:
            break
        print('server: got', data)
        writer.write(data.upper())
        await writer.drain()
    print('server: eof')
    writer.close()
    await writer.wait_closed()
    print('server: closed')

async def client(name, port, words):
    reader, writer = await asyncio.open_connection('127.0.0.1', port)
    print(name, 'connected')
    for w in words:
        writer.write(w.encode() + b'\n')
        print(name, 'sent', w)
        line = await reader.readline()
        print(name, 'got', line)
    writer.close()
    await writer.wait_closed()
    print(name, 'closed')

async def main():
    server = await asyncio.start_server(handle, '127.0.0.1', 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        await asyncio.gather(client('A', port, ['x', 'yy']), client('B', port, ['z']))
        await asyncio.sleep(0.1)
    print('end', server.is_serving(), asyncio.current_task().get_name())
    t = asyncio.create_task(asyncio.sleep(0))
    print(t.get_name())
    try:
        await asyncio.open_connection('127.0.0.1', port)
    except ConnectionRefusedError as e:
        print(type(e), e.errno)

asyncio.run(main())
