import asyncio
class P(asyncio.Protocol):
    def __init__(self, name): self.name = name
    def connection_made(self, t):
        self.t = t; print(self.name, 'made')
    def data_received(self, d):
        print(self.name, 'data', len(d))
        if self.name == 'server' and len(d) > 3:
            self.t.pause_reading(); print('paused', self.t.is_reading())
            asyncio.get_running_loop().call_later(0.05, self.resume)
    def resume(self):
        print('resume'); self.t.resume_reading()
    def pause_writing(self): print(self.name, 'pause_writing')
    def resume_writing(self): print(self.name, 'resume_writing')
    def eof_received(self):
        print(self.name, 'eof'); return self.name == 'server'
    def connection_lost(self, e): print(self.name, 'lost', e)
class B(asyncio.BufferedProtocol):
    def connection_made(self, t): self.t = t; self.buf = bytearray(4)
    def get_buffer(self, hint): return memoryview(self.buf)
    def buffer_updated(self, n): print('buffered', bytes(self.buf[:n])); 
    def eof_received(self): print('B eof')
    def connection_lost(self, e): print('B lost', e)
async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: P('server'), '127.0.0.1', 0)
    port = server.sockets[0].getsockname()[1]
    t, p = await loop.create_connection(lambda: P('client'), '127.0.0.1', port)
    t.set_write_buffer_limits(high=100)
    t.write(b'abc'); t.write(b'd'); await asyncio.sleep(0.01)
    t.writelines([b'hello', b'world'])
    await asyncio.sleep(0.02); t.write(b'later')
    await asyncio.sleep(0.1)
    t.write_eof(); print(t.can_write_eof())
    await asyncio.sleep(0.02)
    try: t.write(b'x')
    except RuntimeError as e: print(e)
    t.close(); t.close(); print(t.is_closing())
    await asyncio.sleep(0.02)
    server.close()
    await asyncio.sleep(0.02)
    server.close()
    server = await loop.create_server(B, '127.0.0.1', 0)
    port = server.sockets[0].getsockname()[1]
    r, w = await asyncio.open_connection('127.0.0.1', port)
    w.write(b'0123456789'); await asyncio.sleep(0.02); w.close(); await w.wait_closed(); await asyncio.sleep(0.02)
    t, p = await loop.create_connection(lambda: P('c2'), '127.0.0.1', port)
    t.abort(); print('aborted'); await asyncio.sleep(0.02)
    for bad in [dict(host='127.0.0.1', port=port, sock=w), dict()]:
        try: await loop.create_connection(lambda: P('x'), **bad)
        except ValueError as e: print(e)
    try: await loop.create_server(B, '127.0.0.1', 0, ssl=True)
    except TypeError as e: print(e)
    try: t.write('text')
    except TypeError as e: print(e)
asyncio.run(main(), debug=False)
