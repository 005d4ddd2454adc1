"""Connections and servers of an event loop: what `BaseEventLoop` has of them."""

from ._absent import _TLS, _error


def _check_ssl(ssl, server_hostname=None):
    if ssl:
        raise _error('asyncio over ssl', _TLS)
    if server_hostname is not None:
        raise ValueError('server_hostname is only meaningful with ssl')


class NetworkMethods:
    """Makes sockets, and transports over them."""

    async def getaddrinfo(self, host, port, *, family=0, type=0, proto=0, flags=0):
        import socket
        return await self.run_in_executor(None, socket.getaddrinfo, host, port, family, type, proto, flags)

    # Connections.

    async def create_connection(self, protocol_factory, host=None, port=None, *, ssl=None, family=0, proto=0, flags=0,
                                sock=None, local_addr=None, server_hostname=None, ssl_handshake_timeout=None,
                                ssl_shutdown_timeout=None, happy_eyeballs_delay=None, interleave=None,
                                all_errors=False):
        import socket
        _check_ssl(ssl, server_hostname)
        if host is not None or port is not None:
            if sock is not None:
                raise ValueError('host/port and sock can not be specified at the same time')
            sock = socket.socket(proto=socket.IPPROTO_TCP)
            sock.setblocking(False)
            if local_addr is not None:
                sock.bind(local_addr)
            host = '127.0.0.1' if host in (None, '', 'localhost') else host
            try:
                await self.sock_connect(sock, (host, port))
            except BaseException as exc:
                sock.close()
                if all_errors and isinstance(exc, OSError):
                    raise ExceptionGroup('create_connection failed', [exc])
                raise
        elif sock is None:
            raise ValueError('host and port was not specified and no sock specified')
        return await self._create_connection_transport(sock, protocol_factory)

    async def connect_accepted_socket(self, protocol_factory, sock, *, ssl=None, ssl_handshake_timeout=None,
                                      ssl_shutdown_timeout=None):
        _check_ssl(ssl)
        return await self._create_connection_transport(sock, protocol_factory)

    async def _create_connection_transport(self, sock, protocol_factory):
        sock.setblocking(False)
        protocol = protocol_factory()
        waiter = self.create_future()
        transport = self._make_socket_transport(sock, protocol, waiter)
        try:
            await waiter
        except BaseException:
            transport.close()
            raise
        return transport, protocol

    # Servers.

    async def create_server(self, protocol_factory, host=None, port=None, *, family=0, flags=1, sock=None, backlog=100,
                            ssl=None, reuse_address=None, reuse_port=None, keep_alive=None,
                            ssl_handshake_timeout=None, ssl_shutdown_timeout=None, start_serving=True):
        import socket
        from . import tasks
        if isinstance(ssl, bool):
            raise TypeError('ssl argument must be an SSLContext or None')
        _check_ssl(ssl)
        if host is not None or port is not None:
            if sock is not None:
                raise ValueError('host/port and sock can not be specified at the same time')
            hosts = [host] if host is None or isinstance(host, str) else list(host)
            infos = await tasks.gather(*[self._create_server_getaddrinfo(host, port) for host in hosts])
            sockets = []
            try:
                for address in dict.fromkeys(infos):
                    new = socket.socket(proto=socket.IPPROTO_TCP)
                    sockets.append(new)
                    try:
                        new.bind(address)
                    except OSError as exc:
                        raise OSError(exc.errno, f'error while attempting to bind on address {address!r}: '
                                                 f'{str(exc).lower()}') from None
            except BaseException:
                for new in sockets:
                    new.close()
                raise
        else:
            if sock is None:
                raise ValueError('Neither host/port nor sock were specified')
            sockets = [sock]
        for new in sockets:
            new.setblocking(False)
        from .base_events import Server
        server = Server(self, sockets, protocol_factory, ssl, backlog, ssl_handshake_timeout,
                                    ssl_shutdown_timeout)
        if start_serving:
            server._start_serving()
            # The sockets are watched from the next turn on.
            await tasks.sleep(0)
        return server

    async def _create_server_getaddrinfo(self, host, port):
        import socket
        return ('0.0.0.0' if not host else socket.gethostbyname(host), port or 0)
