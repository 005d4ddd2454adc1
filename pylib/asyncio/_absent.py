"""What is not simulated: the one table of it in asyncio, and the one way to say so.

A name stands here with the parameters that it has in CPython, so that programs can ask for it;
whoever uses it is told what is missing, by name.
"""

import _environment

_NETWORK = 'the network'
_SOCKETS = 'raw sockets'
_TLS = 'TLS'
_PIPES = 'pipes of the system'
_PROCESSES = 'subprocesses'


def _error(name, what):
    message = f'{name} is not simulated: there is nothing like {what} here'
    _environment.note_unsupported(message)
    return NotImplementedError(message)


def _without(what, place='asyncio'):
    """Makes a function that has only its name and its parameters say that it is not simulated."""
    def refusing(function):
        name = f'{place}.{function.__name__}'
        if function.__code__.co_flags & 0x80:
            async def refused(*args, **kwargs):
                raise _error(name, what)
        else:
            def refused(*args, **kwargs):
                raise _error(name, what)
        refused.__name__, refused.__qualname__ = function.__name__, function.__qualname__
        refused.__module__, refused.__wrapped__ = function.__module__, function
        refused._not_simulated = what
        return refused
    return refusing


class LoopMethods:
    """What `BaseEventLoop` cannot do."""

    @_without(_NETWORK, 'loop')
    async def getnameinfo(self, sockaddr, flags=0): ...

    @_without(_NETWORK, 'loop')
    async def create_datagram_endpoint(self, protocol_factory, local_addr=None, remote_addr=None, *, family=0, proto=0,
                                       flags=0, reuse_port=None, allow_broadcast=None, sock=None): ...

    @_without(_NETWORK, 'loop')
    async def sendfile(self, transport, file, offset=0, count=None, *, fallback=True): ...

    @_without(_TLS, 'loop')
    async def start_tls(self, transport, protocol, sslcontext, *, server_side=False, server_hostname=None,
                        ssl_handshake_timeout=None, ssl_shutdown_timeout=None): ...

    @_without(_SOCKETS, 'loop')
    async def sock_sendfile(self, sock, file, offset=0, count=None, *, fallback=True): ...

    @_without(_PIPES, 'loop')
    async def connect_read_pipe(self, protocol_factory, pipe): ...

    @_without(_PIPES, 'loop')
    async def connect_write_pipe(self, protocol_factory, pipe): ...

    @_without(_PROCESSES, 'loop')
    async def subprocess_exec(self, protocol_factory, program, *args, stdin=-1, stdout=-1, stderr=-1,
                              universal_newlines=False, shell=False, bufsize=0, encoding=None, errors=None, text=None,
                              **kwargs): ...

    @_without(_PROCESSES, 'loop')
    async def subprocess_shell(self, protocol_factory, cmd, *, stdin=-1, stdout=-1, stderr=-1,
                               universal_newlines=False, shell=True, bufsize=0, encoding=None, errors=None, text=None,
                               **kwargs): ...


class SelectorMethods:
    """What `BaseSelectorEventLoop` adds to that."""

    @_without(_SOCKETS, 'loop')
    async def sock_recvfrom(self, sock, bufsize): ...

    @_without(_SOCKETS, 'loop')
    async def sock_recvfrom_into(self, sock, buf, nbytes=0): ...

    @_without(_SOCKETS, 'loop')
    async def sock_sendto(self, sock, data, address): ...


class UnixMethods:
    """What the event loop of Unix adds to that."""

    @_without(_NETWORK, 'loop')
    async def create_unix_connection(self, protocol_factory, path=None, *, ssl=None, sock=None, server_hostname=None,
                                     ssl_handshake_timeout=None, ssl_shutdown_timeout=None): ...

    @_without(_NETWORK, 'loop')
    async def create_unix_server(self, protocol_factory, path=None, *, sock=None, backlog=100, ssl=None,
                                 ssl_handshake_timeout=None, ssl_shutdown_timeout=None, start_serving=True,
                                 cleanup_socket=True): ...


class PolicyMethods:
    """What the event loop policy cannot do."""

    @_without(_PROCESSES, 'policy')
    def get_child_watcher(self): ...

    @_without(_PROCESSES, 'policy')
    def set_child_watcher(self, watcher): ...


@_without(_NETWORK)
async def open_unix_connection(path=None, *, limit=65536, **kwds): ...


@_without(_NETWORK)
async def start_unix_server(client_connected_cb, path=None, *, limit=65536, **kwds): ...


@_without(_PROCESSES)
async def create_subprocess_exec(program, *args, stdin=None, stdout=None, stderr=None, limit=65536, **kwds): ...


@_without(_PROCESSES)
async def create_subprocess_shell(cmd, stdin=None, stdout=None, stderr=None, limit=65536, **kwds): ...


def _cannot_be_made(cls):
    def __init__(self, *args, **kwargs):
        raise _error(f'asyncio.{cls.__qualname__}', _PROCESSES)
    if '__init__' in vars(cls):
        __init__.__wrapped__ = cls.__init__
    cls.__init__, cls._not_simulated = __init__, _PROCESSES
    return cls


@_cannot_be_made
class Process:
    """Another process."""

    def __init__(self, transport, protocol, loop): ...
    def communicate(self, input=None): ...
    def kill(self): ...
    def returncode(self): ...
    def send_signal(self, signal): ...
    def terminate(self): ...
    def wait(self): ...


@_cannot_be_made
class AbstractChildWatcher:
    """Would learn of the end of other processes."""

    def __enter__(self): ...
    def __exit__(self, a, b, c): ...
    def add_child_handler(self, pid, callback, *args): ...
    def attach_loop(self, loop): ...
    def close(self): ...
    def is_active(self): ...
    def remove_child_handler(self, pid): ...


class BaseChildWatcher(AbstractChildWatcher): ...


class SafeChildWatcher(BaseChildWatcher): ...


class FastChildWatcher(BaseChildWatcher): ...


class PidfdChildWatcher(AbstractChildWatcher): ...


class MultiLoopChildWatcher(AbstractChildWatcher): ...


class ThreadedChildWatcher(AbstractChildWatcher): ...


# Submodules without anything in them that could be used.
MODULES = {
    'base_subprocess': _PROCESSES,
    'proactor_events': 'Windows',
    'sslproto': _TLS,
    'staggered': _NETWORK,
}


def module(name):
    """The submodule `name`, which has nothing in it."""
    import sys
    what = MODULES[name]
    made = type(sys)(f'asyncio.{name}', f'Not simulated: {what}.')

    def __getattr__(attribute):
        message = f'asyncio.{name}.{attribute} is not simulated: there is nothing like {what} here'
        if not attribute.startswith('_'):
            _environment.note_unsupported(message)
        raise AttributeError(message, name=attribute, obj=made)
    made.__getattr__, made._not_simulated = __getattr__, what
    sys.modules[made.__name__] = made
    return made
