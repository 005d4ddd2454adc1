"""What an event loop does with sockets: watching them, the `sock_*` methods, and accepting connections.

Follows the event loop on selectors. The sockets are those in memory of module `socket`, which tell the loop when they
may have become ready; before a turn the loop looks which of them are, and schedules their callbacks.
"""

from _loopscope import look_at_sockets as _look

from . import _absent, base_events, events

__all__ = ('BaseSelectorEventLoop',)

_GIVE_UP = SystemExit, KeyboardInterrupt


class _Watch:
    """A socket that a loop watches."""

    def __init__(self, loop, sock):
        self.loop, self.sock = loop, sock
        self.reader = self.writer = self.timer = None
        sock._watchers.append(self.changed)

    def ready(self):
        """The callbacks that can run now."""
        handles = []
        if self.reader is not None and self.sock._can_read():
            handles.append(self.reader)
        if self.writer is not None and self.sock._can_write():
            handles.append(self.writer)
        return handles

    def changed(self, sock=None):
        if self.loop.is_closed() or self.sock._closed:
            return
        if self.ready():
            self.loop._ready_watches[self.sock._fd] = self
            _look(self.loop)
            return
        arrival = self.sock._next_arrival()
        if arrival is not None and (self.timer is None or self.timer.when() != arrival / 1e9):
            self.forget_timer()
            self.timer = self.loop.call_at(arrival / 1e9, self.arrived)

    def arrived(self):
        self.timer = None
        self.changed()

    def forget_timer(self):
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None

    def end(self):
        self.forget_timer()
        self.sock._watchers.remove(self.changed)
        self.loop._watches.pop(self.sock._fd, None)
        self.loop._ready_watches.pop(self.sock._fd, None)


def _socket_of(fd):
    import socket
    if isinstance(fd, int):
        found = socket._open.get(fd)
    else:
        fd = getattr(fd, '_sock', fd)
        found = fd if isinstance(fd, socket.socket) else None
    if found is None:
        raise ValueError(f'Invalid file object: {fd!r}' if not isinstance(fd, int) else f'Invalid file descriptor: {fd}')
    return found


class BaseSelectorEventLoop(_absent.SelectorMethods, base_events.BaseEventLoop):
    """An event loop that watches sockets in memory; its clock says when to go on."""

    def __init__(self, selector=None):
        super().__init__()
        base_events._log_debug('Using selector: %s', 'EpollSelector' if selector is None else type(selector).__name__)
        # By number of the socket; those that may be ready in the order in which they became it.
        self._watches, self._ready_watches = {}, {}
        self._transports = {}

    def _select(self):
        for number, watch in list(self._ready_watches.items()):
            handles = watch.ready()
            if not handles:
                del self._ready_watches[number]
                watch.changed()
            for handle in handles:
                self._add_callback_signalsafe(handle)
        if self._ready_watches:
            _look(self)

    # Watching.

    def _watch_socket(self, fd):
        sock = _socket_of(fd)
        watch = self._watches.get(sock._fd)
        if watch is None:
            watch = self._watches[sock._fd] = _Watch(self, sock)
        return watch

    def _set_callback(self, fd, side, callback, args):
        self._check_closed()
        handle = events.Handle(callback, args, self, None)
        watch = self._watch_socket(fd)
        before = getattr(watch, side)
        if before is not None:
            before.cancel()
        setattr(watch, side, handle)
        watch.changed()
        return handle

    def _drop_callback(self, fd, side):
        if self.is_closed():
            return False
        number = fd if isinstance(fd, int) else fd.fileno()
        watch = self._watches.get(number)
        before = None if watch is None else getattr(watch, side)
        if before is None:
            return False
        before.cancel()
        setattr(watch, side, None)
        if watch.reader is watch.writer is None:
            watch.end()
        return True

    def _add_reader(self, fd, callback, *args):
        return self._set_callback(fd, 'reader', callback, args)

    def _add_writer(self, fd, callback, *args):
        return self._set_callback(fd, 'writer', callback, args)

    def _remove_reader(self, fd):
        return self._drop_callback(fd, 'reader')

    def _remove_writer(self, fd):
        return self._drop_callback(fd, 'writer')

    def _ensure_fd_no_transport(self, fd):
        number = fd if isinstance(fd, int) else fd.fileno()
        transport = self._transports.get(number)
        if transport is not None and not transport.is_closing():
            raise RuntimeError(f'File descriptor {fd!r} is used by transport {transport!r}')

    def add_reader(self, fd, callback, *args):
        self._ensure_fd_no_transport(fd)
        self._add_reader(fd, callback, *args)

    def remove_reader(self, fd):
        self._ensure_fd_no_transport(fd)
        return self._remove_reader(fd)

    def add_writer(self, fd, callback, *args):
        self._ensure_fd_no_transport(fd)
        self._add_writer(fd, callback, *args)

    def remove_writer(self, fd):
        self._ensure_fd_no_transport(fd)
        return self._remove_writer(fd)

    # Sockets of the program.

    async def _when_ready(self, side, sock, attempt):
        """What `attempt` gives, as soon as it would not block."""
        if self.get_debug() and sock.gettimeout() != 0:
            raise ValueError('the socket must be non-blocking')
        try:
            return attempt()
        except (BlockingIOError, InterruptedError):
            pass
        future = self.create_future()
        fd = sock.fileno()
        self._ensure_fd_no_transport(fd)

        def try_again():
            if future.done():
                return
            try:
                result = attempt()
            except (BlockingIOError, InterruptedError):
                return
            except _GIVE_UP:
                raise
            except BaseException as exc:
                future.set_exception(exc)
            else:
                future.set_result(result)
        handle = self._set_callback(fd, side, try_again, ())

        def done(future):
            if not handle.cancelled():
                self._drop_callback(fd, side)
        future.add_done_callback(done)
        return await future

    async def sock_recv(self, sock, n):
        return await self._when_ready('reader', sock, lambda: sock.recv(n))

    async def sock_recv_into(self, sock, buf):
        return await self._when_ready('reader', sock, lambda: sock.recv_into(buf))

    async def sock_sendall(self, sock, data):
        data = bytes(data)
        sent = 0

        def attempt():
            nonlocal sent
            sent += sock.send(data[sent:])
            if sent < len(data):
                raise BlockingIOError(11, 'Resource temporarily unavailable')
        await self._when_ready('writer', sock, attempt)

    async def sock_accept(self, sock):
        def attempt():
            conn, address = sock.accept()
            conn.setblocking(False)
            return conn, address
        return await self._when_ready('reader', sock, attempt)

    async def sock_connect(self, sock, address):
        if self.get_debug() and sock.gettimeout() != 0:
            raise ValueError('the socket must be non-blocking')
        future = self.create_future()
        try:
            sock.connect(address)
        except (BlockingIOError, InterruptedError):
            fd = sock.fileno()
            self._ensure_fd_no_transport(fd)
            handle = self._add_writer(fd, self._sock_connect_cb, future, sock, address)

            def done(future):
                if not handle.cancelled():
                    self._remove_writer(fd)
            future.add_done_callback(done)
        except _GIVE_UP:
            raise
        except BaseException as exc:
            future.set_exception(exc)
        else:
            future.set_result(None)
        return await future

    def _sock_connect_cb(self, future, sock, address):
        if future.done():
            return
        try:
            try:
                sock._finish_connecting()
            except ConnectionRefusedError as exc:
                raise OSError(exc.errno, f'Connect call failed {address}') from None
        except _GIVE_UP:
            raise
        except BaseException as exc:
            future.set_exception(exc)
        else:
            future.set_result(None)

    # Connections and servers.

    def _make_socket_transport(self, sock, protocol, waiter=None, *, extra=None, server=None):
        from ._socket_transport import _SelectorSocketTransport
        self._ensure_fd_no_transport(sock)
        return _SelectorSocketTransport(self, sock, protocol, waiter, extra, server)

    def _start_serving(self, protocol_factory, sock, sslcontext=None, server=None, backlog=100,
                       ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
        self._add_reader(sock.fileno(), self._accept_connection, protocol_factory, sock, server, backlog)

    def _stop_serving(self, sock):
        self._remove_reader(sock.fileno())
        sock.close()

    def _accept_connection(self, protocol_factory, sock, server, backlog):
        for _ in range(backlog):
            try:
                conn, address = sock.accept()
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                return
            conn.setblocking(False)
            self.create_task(self._accept_connection2(protocol_factory, conn, {'peername': address}, server))

    async def _accept_connection2(self, protocol_factory, conn, extra, server):
        protocol = transport = None
        try:
            protocol = protocol_factory()
            waiter = self.create_future()
            transport = self._make_socket_transport(conn, protocol, waiter, extra=extra, server=server)
            try:
                await waiter
            except BaseException:
                transport.close()
                transport = None
                raise
        except _GIVE_UP:
            raise
        except BaseException as exc:
            if self.get_debug():
                context = {'message': 'Error on transport creation for incoming connection', 'exception': exc}
                if protocol is not None:
                    context['protocol'] = protocol
                if transport is not None:
                    context['transport'] = transport
                self.call_exception_handler(context)
