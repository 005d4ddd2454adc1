"""A protocol and a transport in memory, with streams on top and flow control between them."""
import asyncio


class Pipe(asyncio.Transport):
    def __init__(self, loop, protocol, extra=None):
        super().__init__(extra)
        self.loop, self.protocol, self.sent, self.closing = loop, protocol, [], False
        loop.call_soon(protocol.connection_made, self)

    def write(self, data):
        self.sent.append(bytes(data))
        self.loop.call_later(0.1, self.protocol.data_received, bytes(data).upper())
        if len(self.sent) == 2:
            self.protocol.pause_writing()
            self.loop.call_later(1, self.protocol.resume_writing)

    def is_closing(self):
        return self.closing

    def close(self):
        if not self.closing:
            self.closing = True
            self.loop.call_soon(self.protocol.connection_lost, None)

    def pause_reading(self):
        print('paused')

    def resume_reading(self):
        print('resumed')

    def __repr__(self):
        return '<Pipe>'


async def main():
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=4)
    protocol = asyncio.StreamReaderProtocol(reader)
    pipe = Pipe(loop, protocol, {'peername': ('host', 1)})
    await asyncio.sleep(0)
    writer = asyncio.StreamWriter(pipe, protocol, reader, loop)
    print(reader, writer)
    print(writer.get_extra_info('peername'), writer.get_extra_info('nothing', 'default'), writer.transport is pipe)
    writer.write(b'hello ')
    await writer.drain()
    print('drained', loop.time())
    writer.writelines([b'wor', b'ld\n'])
    await writer.drain()
    print('drained', loop.time())
    print(reader)
    print(await reader.readexactly(12), reader)
    print(writer.is_closing())
    writer.close()
    await writer.wait_closed()
    print(writer.is_closing(), await reader.read(), reader.at_eof())
    try:
        await writer.drain()
    except ConnectionResetError as error:
        print(error)
    for name in ('write_eof', 'can_write_eof', 'abort', 'get_protocol', 'is_reading'):
        try:
            getattr(asyncio.Transport(), name)()
        except NotImplementedError:
            print('abstract', name)
    print(asyncio.Protocol().data_received(b''), asyncio.DatagramProtocol().datagram_received(b'', None),
          asyncio.BufferedProtocol().get_buffer(1), asyncio.SubprocessProtocol().process_exited())


asyncio.run(main())
