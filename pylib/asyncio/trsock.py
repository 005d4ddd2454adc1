"""What a transport shows of its socket."""


class TransportSocket:
    """What a transport shows of its socket: nothing that would read or write."""

    __slots__ = ('_sock',)

    def __init__(self, sock):
        self._sock = sock

    family = property(lambda self: self._sock.family)
    type = property(lambda self: self._sock.type)
    proto = property(lambda self: self._sock.proto)

    def __repr__(self):
        parts = [f'fd={self.fileno()}', f'family={self.family!s}', f'type={self.type!s}', f'proto={self.proto}']
        if self.fileno() != -1:
            for label, method in ('laddr', self._sock.getsockname), ('raddr', self._sock.getpeername):
                try:
                    address = method()
                except OSError:
                    continue
                if address:
                    parts.append(f'{label}={address}')
        return f'<asyncio.TransportSocket {", ".join(parts)}>'

    def fileno(self):
        return self._sock.fileno()

    def getsockopt(self, *args, **kwargs):
        return self._sock.getsockopt(*args, **kwargs)

    def setsockopt(self, *args, **kwargs):
        self._sock.setsockopt(*args, **kwargs)

    def getpeername(self):
        return self._sock.getpeername()

    def getsockname(self):
        return self._sock.getsockname()

    def shutdown(self, how):
        self._sock.shutdown(how)

    def gettimeout(self):
        return 0

    def settimeout(self, value):
        if value != 0:
            raise ValueError('settimeout(): only 0 timeout is allowed on transport sockets')

    def setblocking(self, flag):
        if flag:
            raise ValueError('setblocking(): transport sockets cannot be blocking')
