import asyncio

class Echo(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport
        print('S made', transport.get_extra_info('peername')[0], transport.is_reading(), transport.get_protocol() is self)
    def data_received(self, data):
        print('S data', data)
        self.transport.write(data[::-1])
        if data == b'bye':
            self.transport.close()
            print('S closing', self.transport.is_closing())
    def eof_received(self):
        print('S eof')
    def connection_lost(self, exc):
        print('S lost', exc)

class Client(asyncio.Protocol):
    def __init__(self, done, *words):
        self.done = done
        self.words = list(words)
    def connection_made(self, transport):
        self.transport = transport
        print('C made')
        self.send()
    def send(self):
        transport = self.transport
        if self.words:
            transport.write(self.words.pop(0))
        else:
            transport.write_eof()
            print('C eof written', transport.can_write_eof())
    def data_received(self, data):
        print('C data', data)
        self.send()
    def eof_received(self):
        print('C eof')
    def connection_lost(self, exc):
        print('C lost', exc)
        self.done.set_result(True)

async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Echo, '127.0.0.1', 0)
    port = server.sockets[0].getsockname()[1]
    for words in [(b'one', b'two'), (b'hello', b'bye')]:
        done = loop.create_future()
        transport, protocol = await loop.create_connection(lambda: Client(done, *words), '127.0.0.1', port)
        print('main connected', type(transport).__name__)
        await done
    await asyncio.sleep(0.05)
    server.close()
    print('closing')
    await server.wait_closed()
    print('closed', server.sockets)

asyncio.run(main())
