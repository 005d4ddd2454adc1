# python: 3.7
import asyncio

@asyncio.coroutine
def handle_echo(reader, writer):
    data = yield from reader.read(100)
    message = data.decode()
    addr = writer.get_extra_info('peername')
    print("Received %r from %r" % (message, addr[0]))
    writer.write(data)
    yield from writer.drain()
    print("Close the client socket")
    writer.close()

@asyncio.coroutine
def tcp_echo_client(message, loop):
    reader, writer = yield from asyncio.open_connection('127.0.0.1', 8888, loop=loop)
    print('Send: %r' % message)
    writer.write(message.encode())
    data = yield from reader.read(100)
    print('Received: %r' % data.decode())
    writer.close()

loop = asyncio.get_event_loop()
coro = asyncio.start_server(handle_echo, '127.0.0.1', 8888, loop=loop)
server = loop.run_until_complete(coro)
print('Serving on {}'.format(server.sockets[0].getsockname()))
loop.run_until_complete(tcp_echo_client('Hello World!', loop))
server.close()
loop.run_until_complete(server.wait_closed())
loop.close()
