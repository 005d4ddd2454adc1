import socket, threading, queue, time, asyncio
from concurrent.futures import ThreadPoolExecutor

def handler(conn, q):
    with conn:
        buf = b''
        while True:
            data = conn.recv(4)
            if not data: break
            buf += data
            while b'\n' in buf:
                line, buf = buf.split(b'\n', 1)
                q.put(line)
                conn.sendall(b'ack ' + line + b'\n')

def server(listener, q, n):
    with ThreadPoolExecutor(4) as pool:
        for _ in range(n):
            conn, _ = listener.accept()
            pool.submit(handler, conn, q)

def client(port, n):
    got = []
    with socket.create_connection(('127.0.0.1', port)) as s:
        s.settimeout(2)
        for i in range(3):
            time.sleep(0.02 * (n + 1))
            s.sendall(f'{n}-{i}\n'.encode())
            got.append(s.recv(100))
    return got

q = queue.Queue()
listener = socket.create_server(('127.0.0.1', 0))
port = listener.getsockname()[1]
t = threading.Thread(target=server, args=(listener, q, 3)); t.start()
with ThreadPoolExecutor(3) as pool:
    print(list(pool.map(client, [port] * 3, range(3))))
t.join()
items = []
while not q.empty(): items.append(q.get())
print(sorted(items))
# a blocking server in a thread, an asyncio client
def slow():
    conn, _ = listener.accept()
    with conn:
        print('thread got', conn.recv(100))
        time.sleep(0.1)
        conn.sendall(b'slow')
t = threading.Thread(target=slow); t.start()
async def main():
    async def tick():
        for _ in range(3):
            await asyncio.sleep(0.03); print('tick')
    task = asyncio.create_task(tick())
    r, w = await asyncio.open_connection('127.0.0.1', port)
    w.write(b'hello')
    print(await r.read())
    w.close(); await w.wait_closed(); await task
asyncio.run(main())
t.join(); listener.close()
