"""Streams to the simulated hosts: a reader that knows when its bytes arrive, and sleeps until then."""

import _world

from . import events, exceptions, locks, protocols, streams, tasks, transports


class _Wire:
    """What both ends of a connection share."""

    def __init__(self, talk, loop):
        self.talk, self.loop = talk, loop
        # Pairs of arrival time and bytes, in order.
        self.chunks = []
        self.eof_at = loop.time() + talk.idle_limit
        self.closed = False
        self.news = locks.Event()
        self.shown = None

    def send(self, data):
        now = last = self.loop.time()
        chunks, closes = self.talk.feed(data)
        for delay, part in chunks:
            last = now + delay
            self.chunks.append((last, part))
        if chunks:
            self.shown.does('waits for the first byte')
            self.eof_at = last if closes else last + self.talk.idle_limit
        self.news.set()

    def close(self):
        self.closed = True
        self.shown.close()
        self.eof_at = self.loop.time()
        self.chunks = []
        self.news.set()


class _Reader(streams.StreamReader):
    """Takes in what has arrived whenever somebody looks, and sleeps until there is more."""

    _wire = None

    def __init__(self, wire, limit, loop):
        self._arrived, self._ended = bytearray(), False
        super().__init__(limit=limit, loop=loop)
        self._wire = wire

    def _take_in(self):
        wire = self._wire
        if wire is None:
            return
        now = wire.loop.time() + 5e-7
        while wire.chunks and wire.chunks[0][0] <= now:
            self._arrived += wire.chunks.pop(0)[1]
            wire.shown.does('transfers' if wire.chunks else 'is open')
        if not wire.chunks and wire.eof_at <= now:
            self._ended = True

    @property
    def _buffer(self):
        self._take_in()
        return self._arrived

    @_buffer.setter
    def _buffer(self, data):
        self._arrived = data

    @property
    def _eof(self):
        self._take_in()
        return self._ended

    @_eof.setter
    def _eof(self, ended):
        self._ended = ended

    async def _wait_for_data(self, func_name):
        if self._waiter is not None:
            raise RuntimeError(f'{func_name}() called while another coroutine is already waiting for incoming data')
        self._waiter = True
        wire, have = self._wire, len(self._buffer)
        try:
            while len(self._buffer) == have and not self._eof:
                now = wire.loop.time()
                if wire.chunks:
                    await tasks.sleep(wire.chunks[0][0] - now)
                    continue
                wire.news.clear()
                if wire.eof_at == float('inf'):
                    await wire.news.wait()
                    continue
                try:
                    await tasks.wait_for(wire.news.wait(), wire.eof_at - now)
                except exceptions.TimeoutError:
                    pass
        finally:
            self._waiter = None


class _Transport(transports.Transport):
    """The writing end."""

    def __init__(self, wire, extra):
        super().__init__(extra)
        self._wire = wire

    def write(self, data):
        if not self._wire.closed:
            self._wire.send(data)

    def is_closing(self):
        return self._wire.closed

    def close(self):
        if not self._wire.closed:
            self._wire.close()

    abort = close

    def can_write_eof(self):
        return True

    def write_eof(self):
        pass

    def get_write_buffer_size(self):
        return 0

    def is_reading(self):
        return not self._wire.closed

    def pause_reading(self):
        pass

    resume_reading = pause_reading


class _Writer(streams.StreamWriter):
    async def drain(self):
        if self._transport.is_closing():
            await tasks.sleep(0)

    async def wait_closed(self):
        await tasks.sleep(0)


async def open_connection(host, port, limit, ssl):
    talk = _world.Conversation(host, port, bool(ssl))
    shown = _world.Shown('connection', host, 'connects')
    try:
        await tasks.sleep(talk.connect_delay)
    except BaseException:
        shown.close()
        raise
    if talk.error:
        shown.close()
    if talk.error == 'dns':
        import socket
        raise socket.gaierror(-2, 'Name or service not known')
    if talk.error == 'refused':
        raise ConnectionRefusedError(111, f'Connect call failed ({host!r}, {port})')
    loop = events.get_running_loop()
    wire = _Wire(talk, loop)
    wire.shown = shown
    shown.does('is open')
    reader = _Reader(wire, limit, loop)
    transport = _Transport(wire, {'peername': (host, port), 'sockname': ('10.0.0.2', 50000)})
    return reader, _Writer(transport, protocols.Protocol(), reader, loop)
