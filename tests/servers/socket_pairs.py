import asyncio, socket
async def main():
    loop = asyncio.get_running_loop()
    a, b = socket.socketpair()
    reader, writer = await asyncio.open_connection(sock=a)
    r2, w2 = await asyncio.open_connection(sock=b)
    writer.write(b'one\ntwo\nthree')
    print(await r2.readline())
    print(await r2.readexactly(2))
    async def late():
        await asyncio.sleep(0.1)
        writer.write(b'!\n')
        writer.close()
    t = asyncio.create_task(late())
    async for line in r2:
        print(line)
    try:
        print(await asyncio.gather(r2.readexactly(2), return_exceptions=True))
    except Exception as e: print(e)
    w2.write(b'x'); await asyncio.sleep(0.01)
    try:
        w2.write(b'x'); await w2.drain(); w2.write(b'y'); await asyncio.sleep(0.01); await w2.drain()
    except ConnectionError as e: print(type(e).__name__, e)
    w2.close()
    try: await w2.wait_closed()
    except ConnectionError as e: print(type(e).__name__, e)
    c, d = socket.socketpair()
    rc, wc = await asyncio.open_connection(sock=c)
    async def two():
        await rc.read(1)
    t1 = asyncio.create_task(two()); t2 = asyncio.create_task(two())
    print(await asyncio.wait([t1, t2], timeout=0.05) and [t.exception() if t.done() else None for t in (t1, t2)])
    d.close(); await t1; wc.close()
    lst = socket.create_server(('127.0.0.1', 0)); lst.setblocking(False)
    results = []
    def on_accept():
        conn, addr = lst.accept(); results.append(addr[0]); conn.close(); loop.remove_reader(lst)
    loop.add_reader(lst.fileno(), on_accept)
    def blocking():
        with socket.create_connection(lst.getsockname()) as s: return s.recv(5)
    print(await asyncio.to_thread(blocking), results)
    lst.close()
asyncio.run(main())
