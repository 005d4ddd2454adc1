import asyncio
async def handle(reader, writer):
    writer.write(b'hi'); await writer.drain(); writer.close()
async def main():
    server = await asyncio.start_server(handle, '127.0.0.1', 0, start_serving=False)
    print(server.is_serving())
    port = server.sockets[0].getsockname()[1]
    async def ask():
        reader, writer = await asyncio.open_connection('127.0.0.1', port)
        print(await reader.read())
        writer.close()
    try:
        await asyncio.open_connection('127.0.0.1', port)
    except ConnectionRefusedError:
        print('refused')
    async with server:
        f = asyncio.ensure_future(server.serve_forever())
        await asyncio.sleep(0)
        print(server.is_serving())
        await ask()
        try:
            await server.serve_forever()
        except RuntimeError as e:
            print(str(e)[:7], str(e)[-40:])
        loop = asyncio.get_running_loop()
        loop.call_later(0.1, f.cancel)
        try:
            await f
        except asyncio.CancelledError:
            print('cancelled')
    print(server.is_serving())
asyncio.run(main())
