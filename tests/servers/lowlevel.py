import asyncio, socket

async def serve(loop, conn, name):
    while data := await loop.sock_recv(conn, 100):
        print(name, 'got', data)
        await loop.sock_sendall(conn, b'<' + data + b'>')
    conn.close()
    print(name, 'done')

async def accept(loop, listener):
    for n in range(2):
        conn, address = await loop.sock_accept(listener)
        print('accepted', address[0], conn.getblocking())
        asyncio.create_task(serve(loop, conn, f'serve-{n}'))

async def client(loop, port, *words):
    sock = socket.socket()
    sock.setblocking(False)
    await loop.sock_connect(sock, ('127.0.0.1', port))
    print('connected')
    for word in words:
        await loop.sock_sendall(sock, word)
        buf = bytearray(20)
        n = await loop.sock_recv_into(sock, buf)
        print('client', bytes(buf[:n]))
    sock.close()

async def main():
    loop = asyncio.get_running_loop()
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(('127.0.0.1', 0))
    listener.listen()
    listener.setblocking(False)
    port = listener.getsockname()[1]
    acceptor = asyncio.create_task(accept(loop, listener))
    await asyncio.gather(client(loop, port, b'a', b'bc'), client(loop, port, b'def'))
    await acceptor
    await asyncio.sleep(0.01)
    listener.close()
    one, other = socket.socketpair()
    one.setblocking(False)
    other.setblocking(False)
    done = loop.create_future()
    def ready():
        data = one.recv(3)
        print('ready', data)
        if len(data) < 3:
            loop.remove_reader(one)
            done.set_result(None)
    loop.add_reader(one, ready)
    loop.call_soon(print, 'soon')
    other.send(b'abcdefgh')
    await done
    print(loop.remove_reader(one), loop.remove_writer(one.fileno()))
    writes = []
    def writable():
        writes.append(1)
        if len(writes) == 3:
            loop.remove_writer(other)
            done2.set_result(len(writes))
    done2 = loop.create_future()
    loop.add_writer(other, writable)
    print(await done2)
    try:
        one.recv(1)
    except BlockingIOError as e:
        print(type(e).__name__)
    other.close()
    print(await loop.sock_recv(one, 5))
    try:
        await loop.sock_sendall(one, b'x')
        await loop.sock_sendall(one, b'x')
    except OSError as e:
        print(type(e).__name__, e)

asyncio.run(main())
