"""Sockets in memory: between sockets of the program, and to the simulated hosts.

What one socket sends to another is there at once. A simulated host answers when its latency is over; on this machine
it is the program that serves, but for web servers on ports 80 and 443 and an echo on port 7. Whatever blocks can be
suspended in a thread, see `threading`; an event loop watches a socket and is told when it may have become ready.
"""

import _world
from _collections import deque as _deque
from _threads import deadline_after as _deadline_after, note_blocking as _note_blocking
from threading import _Waiters, blocking as _blocking

AF_UNSPEC, AF_UNIX, AF_INET, AF_INET6 = 0, 1, 2, 10
SOCK_STREAM, SOCK_DGRAM, SOCK_CLOEXEC, SOCK_NONBLOCK = 1, 2, 524288, 2048
SOL_SOCKET, SO_REUSEADDR, SO_ERROR, SO_BROADCAST, SO_SNDBUF, SO_RCVBUF, SO_KEEPALIVE, SO_LINGER, SO_REUSEPORT = \
    1, 2, 4, 6, 7, 8, 9, 13, 15
IPPROTO_IP, IPPROTO_TCP, IPPROTO_UDP, IPPROTO_IPV6, TCP_NODELAY, IPV6_V6ONLY = 0, 6, 17, 41, 1, 26
SHUT_RD, SHUT_WR, SHUT_RDWR = 0, 1, 2
AI_PASSIVE, SOMAXCONN, INADDR_ANY = 1, 4096, 0
has_ipv6 = False
error = OSError
timeout = TimeoutError

# What one direction of a connection holds before its writer has to wait.
_ROOM = 256 * 1024
# Two moments that are so close are one.
_CLOSE = 500
_NAME = 'loopscope'
_HERE = ('localhost', '127.0.0.1', '::1', '0.0.0.0', '::', '', _NAME)
_SERVED_HERE = (7, 80, 443)

_default_timeout = None
# The sockets that have an address, by port.
_bound = {}
# The sockets that are not closed, by number.
_open = {}
_last_fd = 5
_last_port = 49999


class gaierror(OSError):
    pass


class herror(OSError):
    pass


def setdefaulttimeout(value):
    global _default_timeout
    _default_timeout = value


def getdefaulttimeout():
    return _default_timeout


def gethostname():
    return _NAME


getfqdn = gethostname


def gethostbyname(host):
    if _world.is_ipv4(host):
        return host
    if host in _HERE:
        return '127.0.0.1'
    if _world.trouble_of(host) == 'dns':
        raise gaierror(-2, 'Name or service not known')
    number = _world.fnv1a32(host)
    return f'10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}'


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    return [(AF_INET, SOCK_STREAM, 6, '', (gethostbyname(host), port))]


def _is_here(host):
    return host in _HERE or host.startswith('127.')


def _server_at(host, port):
    """The socket of the program that listens there, if there is one."""
    if not _is_here(host):
        return None
    return next((sock for sock in _bound.get(port, ()) if sock._backlog is not None), None)


def is_for_program(host, port):
    """Whether a connection there is one to the program itself, or to nobody."""
    host = 'localhost' if host is None else host.lower()
    return _is_here(host) and port not in _SERVED_HERE or _server_at(host, port) is not None


def _are_servers():
    """Whether sockets of the program listen."""
    return any(sock._backlog is not None for socks in _bound.values() for sock in socks)


def _free_port():
    global _last_port
    _last_port += 1
    return _last_port


class socket:
    def __init__(self, family=AF_INET, type=SOCK_STREAM, proto=0, fileno=None):
        global _last_fd
        if family not in (-1, AF_INET, AF_INET6) or type not in (-1, SOCK_STREAM):
            raise NotImplementedError('only TCP sockets are simulated')
        _last_fd += 1
        self._fd = _last_fd
        _open[self._fd] = self
        self.family = AF_INET if family == -1 else family
        self.type = SOCK_STREAM
        self.proto = proto
        self._timeout = _default_timeout
        self._name = self._peer_name = None
        self._closed = False
        # Connections that wait to be accepted, when it listens.
        self._backlog = None
        # The other end, when it is one of the program; what has come from it, and whether that was all.
        self._peer = None
        self._inbox = bytearray()
        self._finished = self._shut = False
        # Whether the other end has said that nobody is there, and what the next call raises for it.
        self._broken = False
        self._error = None
        # The conversation with a simulated host: what comes when, and when it ends.
        self._talk = None
        self._chunks = _deque()
        self._open_at = self._eof_at = None
        self._waiters = _Waiters()
        # How the trace shows the server or the connection.
        self._shown = None
        # Told when the socket may have become ready.
        self._watchers = []

    def __repr__(self):
        parts = [f'fd={self.fileno()}', f'family={self.family}', f'type={self.type}', f'proto={self.proto}']
        if self._name is not None:
            parts.append(f'laddr={self._name!r}')
        if self._peer_name is not None:
            parts.append(f'raddr={self._peer_name!r}')
        return f'<socket.socket {"[closed] " if self._closed else ""}{", ".join(parts)}>'

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        if not self._closed:
            self.close()

    # Readiness.

    def _arrive(self):
        """Takes in what has come from a host by now."""
        now = _deadline_after(0) + _CLOSE
        while self._chunks and self._chunks[0][0] <= now:
            self._inbox += self._chunks.popleft()[1]
            self._shown.does('transfers' if self._chunks else 'is open')
        if not self._chunks and self._eof_at is not None and self._eof_at <= now:
            self._finished = True

    def _is_connected(self):
        if self._talk is not None:
            return self._open_at <= _deadline_after(0) + _CLOSE
        return self._peer is not None

    def _can_read(self):
        if self._backlog is not None:
            return bool(self._backlog)
        if self._talk is not None:
            if not self._is_connected():
                return False
            self._arrive()
        return bool(self._inbox) or self._finished or self._error is not None

    def _can_write(self):
        if self._error is not None:
            return True
        if self._peer is not None:
            return self._peer._closed or len(self._peer._inbox) < _ROOM
        return self._talk is not None and self._is_connected()

    def _next_arrival(self):
        """When it may become ready by itself; None if never."""
        if self._talk is None:
            return None
        if not self._is_connected():
            return self._open_at
        return self._chunks[0][0] if self._chunks else self._eof_at

    def _changed(self):
        self._waiters.tell(len(self._waiters))
        for watcher in list(self._watchers):
            watcher(self)

    async def _until(self, is_ready, what):
        """Blocks until it is ready, or its timeout is over."""
        if is_ready():
            return
        if self._timeout == 0:
            raise BlockingIOError(11, 'Resource temporarily unavailable')
        _note_blocking(f'socket.{what}')
        end = None if self._timeout is None else _deadline_after(self._timeout)
        while not is_ready():
            now = _deadline_after(0)
            if end is not None and end <= now:
                raise timeout('timed out')
            deadline = min((at for at in (end, self._next_arrival()) if at is not None), default=None)
            await self._waiters.wait(None if deadline is None else (deadline - now) / 1e9, f'socket.{what}')
            self._check_open()

    def _check_open(self):
        if self._closed:
            raise OSError(9, 'Bad file descriptor')

    # The side that asks.

    async def _connect(self, address):
        self._check_open()
        host, port = address[0].lower(), address[1]
        if self._is_connected():
            raise OSError(106, 'Transport endpoint is already connected')
        server = _server_at(host, port)
        if server is None:
            await self._talk_to(host, port, address)
            return
        if self._name is None:
            self._name = ('127.0.0.1', _free_port())
        served = socket(self.family)
        served._name, served._peer_name = (server._name if server._name[0] != '0.0.0.0' else ('127.0.0.1', port)), self._name
        self._peer_name = served._name
        self._peer, served._peer = served, self
        self._shown = served._shown = _world.Shown('connection', f'port {port}', 'waits to be accepted')
        server._backlog.append(served)
        server._changed()
        if self._timeout == 0:
            # As on a real machine: it is connected when the loop looks next.
            raise BlockingIOError(115, 'Operation now in progress')

    connect = _blocking(_connect)

    async def _talk_to(self, host, port, address):
        if _is_here(host) and port not in _SERVED_HERE:
            self._error = ConnectionRefusedError(111, 'Connection refused')
        else:
            self._talk = _world.Conversation(host, port)
            self._shown = _world.Shown('connection', host, 'connects')
            self._open_at = _deadline_after(self._talk.connect_delay)
            self._name, self._peer_name = ('10.0.0.2', 50000), (host, port)
            if self._talk.error == 'dns':
                self._error_at_connect = gaierror(-2, 'Name or service not known')
            elif self._talk.error == 'refused':
                self._error_at_connect = ConnectionRefusedError(111, 'Connection refused')
        if self._timeout == 0:
            raise BlockingIOError(115, 'Operation now in progress')
        if self._talk is not None:
            await self._until(self._is_connected, 'connect')
        self._finish_connecting()

    _error_at_connect = None

    def _finish_connecting(self):
        """What a connection that was begun has come to."""
        failed, self._error, self._error_at_connect = self._error or self._error_at_connect, None, None
        if failed is not None:
            self._talk = None
            if self._shown is not None:
                self._shown.close()
            raise failed
        if self._talk is not None:
            self._shown.does('is open')
        if self._talk is not None and self._eof_at is None:
            self._set_idle_end(_deadline_after(0))

    def _set_idle_end(self, since):
        limit = self._talk.idle_limit
        self._eof_at = None if limit == float('inf') else since + int(limit * 1e9)

    async def _connect_ex(self, address):
        try:
            await self._connect(address)
        except OSError as exc:
            return exc.errno or 1
        return 0

    connect_ex = _blocking(_connect_ex)

    # The side that serves.

    def bind(self, address):
        self._check_open()
        host, port = address[0], address[1]
        if not _is_here(host):
            raise OSError(99, 'Cannot assign requested address')
        port = port or _free_port()
        if _bound.get(port):
            raise OSError(98, 'Address already in use')
        self._name = ('127.0.0.1' if host == 'localhost' else host or '0.0.0.0', port)
        _bound.setdefault(port, []).append(self)

    def listen(self, backlog=128):
        self._check_open()
        if self._name is None:
            self.bind(('0.0.0.0', 0))
        if self._backlog is None:
            self._backlog = _deque()
            self._shown = _world.Shown('server', f'port {self._name[1]}', 'listens')

    async def _accept(self):
        self._check_open()
        if self._backlog is None:
            raise OSError(22, 'Invalid argument')
        await self._until(self._can_read, 'accept')
        served = self._backlog.popleft()
        served._timeout = _default_timeout
        served._shown.does('is open')
        return served, served._peer_name

    accept = _blocking(_accept)

    # Bytes.

    def _take_error(self):
        error, self._error = self._error, None
        if error is not None:
            self._finished = True
            raise error

    def _break(self):
        """Nobody is at the other end any more, and it did not end well."""
        self._broken = True
        if self._finished:
            self._error = BrokenPipeError(32, 'Broken pipe')
        else:
            self._error = ConnectionResetError(104, 'Connection reset by peer')
        self._changed()

    def _write(self, data):
        """Sends what there is room for now."""
        self._take_error()
        if self._talk is not None:
            now = last = _deadline_after(0)
            chunks, closes = self._talk.feed(data)
            for delay, part in chunks:
                last = _deadline_after(delay)
                self._chunks.append((last, part))
            if chunks:
                self._shown.does('waits for the first byte')
                self._eof_at = last
                if not closes:
                    self._set_idle_end(last)
                self._changed()
            return len(data)
        peer = self._peer
        if self._shut or self._broken or peer._closed and self.family == AF_UNIX:
            raise BrokenPipeError(32, 'Broken pipe')
        if peer._closed:
            self._break()
            return len(data)
        part = data[:_ROOM - len(peer._inbox)]
        peer._inbox += part
        peer._changed()
        return len(part)

    async def _send(self, data, flags=0):
        self._check_open()
        if self._talk is None and self._peer is None:
            raise BrokenPipeError(32, 'Broken pipe')
        data = bytes(data)
        await self._until(self._can_write, 'send')
        return self._write(data)

    send = _blocking(_send)

    async def _sendall(self, data, flags=0):
        data = bytes(data)
        while True:
            sent = await self._send(data)
            data = data[sent:]
            if not data:
                return

    sendall = _blocking(_sendall)

    async def _recv(self, bufsize, flags=0):
        self._check_open()
        if self._talk is None and self._peer is None:
            raise OSError(107, 'Transport endpoint is not connected')
        await self._until(self._can_read, 'recv')
        if not self._inbox:
            if not self._finished:
                self._take_error()
            return b''
        data = bytes(self._inbox[:bufsize])
        was_full = len(self._inbox) >= _ROOM
        if not flags & MSG_PEEK:
            del self._inbox[:bufsize]
            if was_full and self._peer is not None:
                self._peer._changed()
        return data

    recv = _blocking(_recv)

    async def _recv_into(self, buffer, nbytes=0, flags=0):
        data = await self._recv(nbytes or len(buffer), flags)
        buffer[:len(data)] = data
        return len(data)

    recv_into = _blocking(_recv_into)

    def makefile(self, mode='r', buffering=None, *, encoding=None, errors=None, newline=None):
        raise NotImplementedError('socket.makefile is not simulated: use recv() and sendall()')

    # The end.

    def shutdown(self, how):
        self._check_open()
        if self._talk is None and self._peer is None or self._broken:
            raise OSError(107, 'Transport endpoint is not connected')
        if how in (SHUT_WR, SHUT_RDWR) and not self._shut:
            self._shut = True
            if self._peer is not None and not self._peer._finished:
                self._peer._finished = True
                self._peer._changed()
        if how in (SHUT_RD, SHUT_RDWR):
            self._finished = True
            self._changed()

    def close(self):
        if self._closed:
            return
        self._closed = True
        del _open[self._fd]
        if isinstance(self._name, tuple) and self in _bound.get(self._name[1], ()):
            _bound[self._name[1]].remove(self)
        for waiting in self._backlog or ():
            waiting.close()
        peer = self._peer
        if self._shown is not None:
            if peer is None or peer._closed:
                self._shown.close()
            else:
                self._shown.does('is half closed')
        if peer is not None and not peer._closed:
            if self._inbox:
                # Who closes without having read everything says so.
                peer._break()
            else:
                peer._finished = True
                peer._changed()
        self._changed()

    def detach(self):
        raise NotImplementedError('socket.detach is not simulated: there are no file descriptors')

    # Settings.

    def settimeout(self, value):
        if value is not None and value < 0:
            raise ValueError('Timeout value out of range')
        self._timeout = value

    def gettimeout(self):
        return self._timeout

    def setblocking(self, flag):
        self._timeout = None if flag else 0

    def getblocking(self):
        return self._timeout != 0

    def setsockopt(self, *args):
        pass

    def getsockopt(self, level, option, *args):
        if level == SOL_SOCKET and option == SO_ERROR:
            try:
                self._finish_connecting()
            except OSError as failed:
                return failed.errno
        return 0

    def getpeername(self):
        if self._peer_name is None:
            raise OSError(107, 'Transport endpoint is not connected')
        return self._peer_name

    def getsockname(self):
        return self._name or ('0.0.0.0', 0)

    def fileno(self):
        return -1 if self._closed else self._fd


MSG_PEEK = 2
SocketType = socket


async def _create_connection(address, timeout=None, source_address=None, *, all_errors=False):
    new = socket()
    if timeout is not None:
        new.settimeout(timeout)
    try:
        await new._connect(address)
    except BaseException:
        new.close()
        raise
    return new


create_connection = _blocking(_create_connection)


def create_server(address, *, family=AF_INET, backlog=None, reuse_port=False, dualstack_ipv6=False):
    new = socket(family)
    try:
        new.bind(address)
        new.listen()
    except BaseException:
        new.close()
        raise
    return new


def socketpair(family=None, type=SOCK_STREAM, proto=0):
    one, other = socket(), socket()
    one.family = other.family = AF_UNIX
    one._peer, other._peer = other, one
    one._peer_name = other._peer_name = one._name = other._name = ''
    return one, other


__getattr__ = _world.absent('socket')
