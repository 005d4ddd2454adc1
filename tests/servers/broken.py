import asyncio, socket, threading, time
def case(name, server, client):
    listener = socket.create_server(('127.0.0.1', 0))
    def serve():
        conn, _ = listener.accept()
        with conn:
            server(conn)
    t = threading.Thread(target=serve); t.start()
    with socket.create_connection(listener.getsockname()) as sock:
        time.sleep(0.05)
        for step in client:
            try:
                r = step(sock)
                print(name, 'ok', r)
            except OSError as e:
                print(name, type(e).__name__, e)
            time.sleep(0.02)
    t.join(); listener.close()
send = lambda s: s.send(b'data')
recv = lambda s: s.recv(10)
def both(c):
    c.recv(2); c.send(b'bye')
case('fin', lambda c: None, [send, send, recv, recv])
case('fin-recv', lambda c: None, [recv, send, recv, send, recv])
case('fin-shut', lambda c: None, [recv, send, lambda s: s.shutdown(socket.SHUT_WR)])
def unread(c):
    time.sleep(0.1)
case('unread', unread, [send, lambda s: time.sleep(0.1), send, recv, recv, send])
case('unread2', unread, [send, lambda s: time.sleep(0.1), recv, recv, send, recv])
case('unread3', lambda c: (c.send(b'hello'), time.sleep(0.1)), [send, lambda s: time.sleep(0.1), recv, recv, recv])
case('half', lambda c: (c.shutdown(socket.SHUT_WR), print('server', c.recv(10))), [recv, send, recv, send, send])
case('shut', lambda c: c.recv(10), [lambda s: s.shutdown(socket.SHUT_WR), send, recv])
s = socket.socket()
for f in [recv, send, lambda s: s.shutdown(2), lambda s: s.accept(), lambda s: s.getpeername(), lambda s: s.connect(('127.0.0.1', 1)), lambda s: s.settimeout(-1)]:
    try: print(f(s))
    except (OSError, ValueError) as e: print(type(e).__name__, e)
s.close()
for f in [recv, send, lambda s: s.listen(), lambda s: s.fileno(), lambda s:s.close()]:
    try: print(f(s))
    except OSError as e: print(type(e).__name__, e)
l = socket.create_server(('127.0.0.1', 0)); l.settimeout(0.1)
try: l.accept()
except TimeoutError as e: print(repr(e))
l.close()
