"""The aiohttp client against the simulated network."""

import asyncio

import _world


class ClientError(Exception):
    pass


class ClientConnectionError(ClientError):
    pass


class ClientOSError(ClientConnectionError, OSError):
    pass


class ClientConnectorError(ClientOSError):
    def __init__(self, host, port, text):
        ClientOSError.__init__(self, text)
        self.host = host
        self.port = port
        self._text = text

    def __str__(self):
        return 'Cannot connect to host %s:%s ssl:default [%s]' % (
            self.host, self.port, self._text)


class ServerConnectionError(ClientConnectionError):
    pass


class ServerDisconnectedError(ServerConnectionError):
    pass


class ServerTimeoutError(ServerConnectionError, asyncio.TimeoutError):
    pass


class ClientPayloadError(ClientError):
    pass


class InvalidURL(ClientError, ValueError):
    pass


class ClientResponseError(ClientError):
    def __init__(self, status, message, url):
        ClientError.__init__(self, status, message, url)
        self.status = status
        self.message = message
        self.request_url = url

    def __str__(self):
        return '%s, message=%r, url=%r' % (self.status, self.message, self.request_url)


class ContentTypeError(ClientResponseError):
    pass


class ClientTimeout:
    def __init__(self, total=None, connect=None, sock_read=None, sock_connect=None):
        self.total = total
        self.connect = connect
        self.sock_read = sock_read
        self.sock_connect = sock_connect

    def limit(self):
        known = [x for x in (self.total, self.sock_read) if x is not None and x > 0]
        return min(known) if known else None

    def __repr__(self):
        return 'ClientTimeout(total=%r, connect=%r, sock_read=%r, sock_connect=%r)' % (
            self.total, self.connect, self.sock_read, self.sock_connect)


DEFAULT_TIMEOUT = ClientTimeout(total=300)


class BasicAuth:
    def __init__(self, login, password=''):
        self.login = login
        self.password = password


class FormData:
    def __init__(self, fields=()):
        self.fields = list(fields.items() if hasattr(fields, 'items') else fields)

    def add_field(self, name, value, **kwargs):
        self.fields.append((name, value))

    def items(self):
        return self.fields


class BaseConnector:
    def __init__(self, limit=100, limit_per_host=0, **kwargs):
        self.limit = limit
        self.limit_per_host = limit_per_host
        self.closed = False
        self._gates = {}

    def gates(self, host):
        """The semaphores a request to this host has to pass."""
        out = []
        if self.limit:
            if None not in self._gates:
                self._gates[None] = asyncio.Semaphore(self.limit)
            out.append(self._gates[None])
        if self.limit_per_host:
            if host not in self._gates:
                self._gates[host] = asyncio.Semaphore(self.limit_per_host)
            out.append(self._gates[host])
        return out

    async def close(self):
        self.closed = True


class TCPConnector(BaseConnector):
    pass


class Headers(dict):
    """Header names are looked up without regard to case."""

    def __getitem__(self, key):
        for have in self.keys():
            if have.lower() == key.lower():
                return dict.__getitem__(self, have)
        raise KeyError(key)

    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default

    def __contains__(self, key):
        return any(have.lower() == str(key).lower() for have in self.keys())


class URL:
    def __init__(self, text):
        self._text = text
        self.scheme, self.host, self.port, self.path, self.query_string = \
            _world.split_url(text)

    def __str__(self):
        return self._text

    def __repr__(self):
        return 'URL(%r)' % self._text

    def __eq__(self, other):
        return str(self) == str(other)

    def __hash__(self):
        return hash(self._text)


class StreamReader:
    """response.content"""

    def __init__(self, data):
        self._data = data
        self._pos = 0

    async def read(self, n=-1):
        end = len(self._data) if n < 0 else self._pos + n
        out = self._data[self._pos:end]
        self._pos += len(out)
        return out

    async def readline(self):
        end = self._data.find(b'\n', self._pos)
        end = len(self._data) if end < 0 else end + 1
        out = self._data[self._pos:end]
        self._pos = end
        return out

    async def iter_chunked(self, n):
        while True:
            part = await self.read(n)
            if not part:
                return
            yield part

    def iter_any(self):
        return self.iter_chunked(65536)

    def at_eof(self):
        return self._pos >= len(self._data)

    def __aiter__(self):
        return self

    async def __anext__(self):
        line = await self.readline()
        if not line:
            raise StopAsyncIteration
        return line


class ClientResponse:
    def __init__(self, method, reply, gates, shown):
        self.method = method
        self.status = reply.status
        self.reason = reply.reason
        self.headers = Headers(reply.headers)
        self.url = self.real_url = URL(reply.url)
        self.cookies = {}
        self.history = ()
        self.content = StreamReader(reply.body)
        self.closed = False
        self._reply = reply
        self._gates = gates
        self._shown = shown

    @property
    def ok(self):
        return self.status < 400

    @property
    def host(self):
        return self.url.host

    @property
    def content_type(self):
        return self.headers.get('Content-Type', '').split(';')[0]

    @property
    def charset(self):
        return 'utf-8' if 'charset' in self.headers.get('Content-Type', '') else None

    @property
    def content_length(self):
        return len(self._reply.body)

    async def read(self):
        self.release()
        return self._reply.body

    async def text(self, encoding=None, errors='strict'):
        self.release()
        return self._reply.body.decode(encoding or 'utf-8', errors)

    async def json(self, encoding=None, loads=None, content_type='application/json'):
        self.release()
        if self._reply.data is None:
            raise ContentTypeError(self.status, 'Attempt to decode JSON with unexpected '
                                   'mimetype: %s' % self.headers.get('Content-Type'), self.url)
        return _world.copy_data(self._reply.data)

    def raise_for_status(self):
        if not self.ok:
            self.release()
            raise ClientResponseError(self.status, self.reason, self.url)

    def release(self):
        """Give the connection back."""
        gates, self._gates = self._gates, []
        for gate in gates:
            gate.release()
        self._shown.close()

    def close(self):
        self.closed = True
        self.release()

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        self.close()

    def __repr__(self):
        return '<ClientResponse(%s) [%s %s]>' % (self.url, self.status, self.reason)


class _RequestContextManager:
    """What session.get() gives: await it, or use it with `async with`.

    It has send, throw and close like a coroutine, so it can become a task.
    """

    def __init__(self, coro, owner=None):
        self._coro = coro
        self._resp = None
        self._owner = owner

    def send(self, value):
        return self._coro.send(value)

    def throw(self, *args):
        return self._coro.throw(*args)

    def close(self):
        return self._coro.close()

    def __await__(self):
        return self._coro.__await__()

    def __iter__(self):
        return self.__await__()

    async def __aenter__(self):
        self._resp = await self._coro
        return self._resp

    async def __aexit__(self, *exc):
        self._resp.close()
        if self._owner is not None:
            await self._owner.close()


try:
    from collections.abc import Coroutine
    Coroutine.register(_RequestContextManager)
except ImportError:
    pass


class ClientSession:
    def __init__(self, base_url=None, *, connector=None, headers=None, timeout=None,
                 raise_for_status=False, cookies=None, auth=None, loop=None, **kwargs):
        self._base_url = base_url
        self._connector = connector if connector is not None else TCPConnector()
        self._headers = dict(headers or {})
        self._timeout = to_timeout(timeout)
        self._raise_for_status = raise_for_status
        self.closed = False

    @property
    def connector(self):
        return self._connector

    @property
    def headers(self):
        return self._headers

    @property
    def timeout(self):
        return self._timeout

    async def _request(self, method, url, params=None, data=None, json=None, headers=None,
                       timeout=None, raise_for_status=None, **kwargs):
        if self.closed:
            raise RuntimeError('Session is closed')
        text = str(url)
        if self._base_url and '://' not in text:
            text = str(self._base_url).rstrip('/') + '/' + text.lstrip('/')
        if '://' not in text:
            raise InvalidURL(text)
        merged = dict(self._headers)
        merged.update(headers or {})
        text = _world.with_params(text, params)
        reply = _world.exchange(method, text, merged, _world.encode_body(data, json))
        limit = self._timeout.limit() if timeout is None else to_timeout(timeout).limit()
        host, port = _world.split_url(text)[1:3]
        shown = _world.Shown('request', f'{method} {host}', 'waits for a connection')
        passed = []
        for gate in self._connector.gates(host):
            try:
                await gate.acquire()
            except BaseException:
                for have in passed:
                    have.release()
                shown.close()
                raise
            passed.append(gate)
        shown.does('waits for the first byte')
        try:
            if limit is not None and reply.delay > limit:
                await asyncio.sleep(limit)
                raise asyncio.TimeoutError()
            if reply.error == 'timeout':
                # Nobody will ever answer.
                await asyncio.get_running_loop().create_future()
            await asyncio.sleep(reply.delay)
            if reply.error == 'dns':
                raise ClientConnectorError(host, port, 'Name or service not known')
            if reply.error == 'refused':
                raise ClientConnectorError(host, port, 'Connection refused')
        except BaseException:
            for gate in passed:
                gate.release()
            shown.close()
            raise
        shown.does('transfers')
        response = ClientResponse(method, reply, passed, shown)
        strict = self._raise_for_status if raise_for_status is None else raise_for_status
        if strict:
            response.raise_for_status()
        return response

    def request(self, method, url, **kwargs):
        return _RequestContextManager(self._request(method.upper(), url, **kwargs))

    def get(self, url, **kwargs):
        return self.request('GET', url, **kwargs)

    def post(self, url, **kwargs):
        return self.request('POST', url, **kwargs)

    def put(self, url, **kwargs):
        return self.request('PUT', url, **kwargs)

    def patch(self, url, **kwargs):
        return self.request('PATCH', url, **kwargs)

    def delete(self, url, **kwargs):
        return self.request('DELETE', url, **kwargs)

    def head(self, url, **kwargs):
        return self.request('HEAD', url, **kwargs)

    def options(self, url, **kwargs):
        return self.request('OPTIONS', url, **kwargs)

    async def close(self):
        self.closed = True
        await self._connector.close()

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        await self.close()

    def __enter__(self):
        raise TypeError('Use async with instead')

    def __exit__(self, *exc):
        pass


def to_timeout(value):
    if value is None:
        return DEFAULT_TIMEOUT
    if isinstance(value, ClientTimeout):
        return value
    return ClientTimeout(total=value)


def request(method, url, **kwargs):
    """A request on a session of its own."""
    session = ClientSession()
    return _RequestContextManager(session._request(method.upper(), url, **kwargs), session)


__getattr__ = _world.absent('aiohttp')
