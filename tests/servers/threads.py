import asyncio, socket, threading

def server(listener):
    for _ in range(3):
        conn, address = listener.accept()
        with conn:
            while data := conn.recv(64):
                conn.sendall(data.upper())
    print('server thread ends')

def client(port, word):
    with socket.create_connection(('127.0.0.1', port)) as sock:
        sock.sendall(word)
        return sock.recv(64)

listener = socket.socket()
listener.bind(('127.0.0.1', 0))
listener.listen()
port = listener.getsockname()[1]
thread = threading.Thread(target=server, args=(listener,))
thread.start()
print(client(port, b'main'))

async def main():
    print(await asyncio.to_thread(client, port, b'pool'))
    reader, writer = await asyncio.open_connection('127.0.0.1', port)
    writer.write(b'stream')
    print(await reader.read(10))
    writer.close()
    await writer.wait_closed()
    async def handle(reader, writer):
        writer.write(b'asyncio says ' + await reader.read(10))
        await writer.drain()
        writer.close()
    async with await asyncio.start_server(handle, '127.0.0.1', 0) as s:
        p = s.sockets[0].getsockname()[1]
        print(await asyncio.gather(*[asyncio.to_thread(client, p, w) for w in [b'a', b'b']]))

asyncio.run(main())
thread.join()
