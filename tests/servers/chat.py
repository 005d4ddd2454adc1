import asyncio
clients = {}

async def broadcast(text, besides=None):
    for name, writer in clients.items():
        if name != besides:
            writer.write(text.encode() + b'\n')
            await writer.drain()

async def handle(reader, writer):
    name = (await reader.readline()).decode().strip()
    await broadcast(f'* {name} joined')
    clients[name] = writer
    async for line in reader:
        await broadcast(f'{name}: {line.decode().strip()}', name)
    del clients[name]
    await broadcast(f'* {name} left')
    writer.close()

async def user(name, port, delay, *lines):
    await asyncio.sleep(delay)
    reader, writer = await asyncio.open_connection('127.0.0.1', port)
    async def listen():
        async for line in reader:
            print(name, 'hears', line.decode().strip())
    listener = asyncio.create_task(listen(), name=f'{name} listens')
    writer.write(name.encode() + b'\n')
    for line in lines:
        await asyncio.sleep(0.1)
        writer.writelines([line.encode(), b'\n'])
        await writer.drain()
    writer.write_eof()
    await listener
    writer.close()
    await writer.wait_closed()
    print(name, 'is gone')

async def main():
    server = await asyncio.start_server(handle, '127.0.0.1', 0)
    port = server.sockets[0].getsockname()[1]
    serving = asyncio.create_task(server.serve_forever())
    await asyncio.gather(user('ann', port, 0, 'hi', 'anyone?', 'bye'), user('ben', port, 0.05, 'hello'), user('cid', port, 0.12, 'x', 'y'))
    serving.cancel()
    try:
        await serving
    except asyncio.CancelledError:
        print('stopped', server.is_serving())

asyncio.run(main())
