import asyncio

async def handle(reader, writer):
    total = 0
    while data := await reader.read(65536):
        total += len(data)
        await asyncio.sleep(0.001)
    print('total', total)
    writer.write(b'done\n')
    await writer.drain()
    writer.close()

async def main():
    server = await asyncio.start_server(handle, '127.0.0.1', 0)
    reader, writer = await asyncio.open_connection('127.0.0.1', server.sockets[0].getsockname()[1])
    print(writer.transport.get_write_buffer_limits())
    for _ in range(80):
        writer.write(b'x' * 200_000)
        await writer.drain()
    print('written', writer.transport.get_write_buffer_size() <= 65536)
    writer.write_eof()
    print(await reader.readline(), reader.at_eof())
    print(await reader.read(), reader.at_eof())
    writer.close()
    server.close()
    await server.wait_closed()
    print('end')

asyncio.run(main())
