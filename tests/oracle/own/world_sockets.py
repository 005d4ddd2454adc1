# Blocking sockets, alone and in threads.
import socket
import threading
import time


def fetch(host, number):
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as sock:
        sock.connect((host, 80))
        sock.sendall(f'GET /{number} HTTP/1.0\r\nHost: {host}\r\n\r\n'.encode())
        data = b''
        while part := sock.recv(512):
            data += part
        print(f'{time.monotonic():.3f}', host, number, data[:15], len(data))


fetch('example.com', 0)
threads = [threading.Thread(target=fetch, args=(host, n))
           for n, host in enumerate(['example.com', 'www.baidu.com', 'fast.example', 'example.com'])]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(f'{time.monotonic():.3f}')
sock = socket.create_connection(('fast.example', 7), timeout=1)
sock.sendall(b'hello')
print(sock.recv(3), sock.recv(3), sock.gettimeout(), sock.getpeername())
try:
    sock.recv(1)
except TimeoutError as error:
    print(repr(error), f'{time.monotonic():.3f}')
sock.setblocking(False)
sock.send(b'x')
try:
    sock.recv(1)
except BlockingIOError as error:
    print(error)
sock.close()
try:
    sock.recv(1)
except OSError as error:
    print(error)
for host in ['refused.example', 'lost.invalid']:
    try:
        socket.create_connection((host, 80))
    except OSError as error:
        print(type(error).__name__, error)
print(socket.gethostbyname('10.0.0.1'), socket.gethostbyname('example.com'))
