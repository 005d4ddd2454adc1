"""requests against the simulated network; every call blocks the thread."""

import _world
from threading import blocking as _blocking


class RequestException(IOError):
    pass


class ConnectionError(RequestException):
    pass


class HTTPError(RequestException):
    def __init__(self, *args, response=None):
        RequestException.__init__(self, *args)
        self.response = response


class Timeout(RequestException):
    pass


class ConnectTimeout(ConnectionError, Timeout):
    pass


class ReadTimeout(Timeout):
    pass


class JSONDecodeError(RequestException, ValueError):
    pass


class exceptions:
    RequestException = RequestException
    ConnectionError = ConnectionError
    HTTPError = HTTPError
    Timeout = Timeout
    ConnectTimeout = ConnectTimeout
    ReadTimeout = ReadTimeout
    JSONDecodeError = JSONDecodeError


class Headers(dict):
    """Header names are looked up without regard to case."""

    def __getitem__(self, key):
        for have in self:
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


class Response:
    def __init__(self, reply):
        self._reply = reply
        self.status_code = reply.status
        self.reason = reply.reason
        self.url = reply.url
        self.headers = Headers(reply.headers)
        self.content = reply.body
        self.encoding = 'utf-8'
        self.cookies = {}
        self.history = []

    @property
    def ok(self):
        return self.status_code < 400

    def __bool__(self):
        return self.ok

    @property
    def text(self):
        return self.content.decode(self.encoding or 'utf-8', 'replace')

    @property
    def elapsed(self):
        import datetime
        return datetime.timedelta(seconds=self._reply.delay)

    def json(self):
        if self._reply.data is None:
            raise JSONDecodeError('Expecting value: line 1 column 1 (char 0)')
        return _world.copy_data(self._reply.data)

    def raise_for_status(self):
        if self.status_code >= 400:
            side = 'Client' if self.status_code < 500 else 'Server'
            raise HTTPError('%d %s Error: %s for url: %s'
                            % (self.status_code, side, self.reason, self.url), response=self)

    def iter_lines(self):
        for line in self.content.split(b'\n'):
            if line:
                yield line

    def iter_content(self, chunk_size=1):
        for i in range(0, len(self.content), chunk_size):
            yield self.content[i:i + chunk_size]

    def close(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        pass

    def __repr__(self):
        return '<Response [%d]>' % self.status_code


async def _request(method, url, params=None, data=None, json=None, headers=None, timeout=None, **kwargs):
    method = method.upper()
    reply = _world.exchange(method, _world.with_params(url, params), headers, _world.encode_body(data, json))
    limit = timeout[1] if isinstance(timeout, tuple) else timeout
    scheme, host, port = _world.split_url(url)[:3]
    shown = _world.Shown('request', f'{method} {host}', 'waits for the first byte')
    try:
        await _world.pass_time(reply.delay if limit is None else min(limit, reply.delay), f'requests.{method.lower()}')
    finally:
        shown.close()
    if limit is not None and reply.delay > limit:
        raise ReadTimeout(f"{scheme.upper()}ConnectionPool(host={host!r}, port={port}): Read timed out. (read timeout={limit})")
    if reply.error == 'dns':
        raise ConnectionError(f"Failed to resolve '{host}'")
    if reply.error == 'refused':
        raise ConnectionError(f"Connection refused by '{host}'")
    return Response(reply)


request = _blocking(_request)


def _verb(method, *names):
    """`get`, `post` …, which take the arguments `names` after the URL."""
    async def steps(url, *args, **kwargs):
        return await _request(method, url, **dict(zip(names, args)), **kwargs)
    steps.__name__ = steps.__qualname__ = method.lower()
    return _blocking(steps)


def _method(method, *names):
    async def steps(self, url, *args, **kwargs):
        return await self._request(method, url, **dict(zip(names, args)), **kwargs)
    steps.__name__ = method.lower()
    steps.__qualname__ = f'Session.{method.lower()}'
    return _blocking(steps)


get, options = _verb('GET', 'params'), _verb('OPTIONS')
post = _verb('POST', 'data', 'json')
put, patch = _verb('PUT', 'data'), _verb('PATCH', 'data')
delete, head = _verb('DELETE'), _verb('HEAD')


class Session:
    def __init__(self):
        self.headers = Headers()
        self.params = {}
        self.cookies = {}

    async def _request(self, method, url, params=None, data=None, json=None, headers=None, **kwargs):
        return await _request(method, url, {**self.params, **(params or {})}, data, json,
                              {**self.headers, **(headers or {})}, **kwargs)

    request = _blocking(_request)
    get, options = _method('GET', 'params'), _method('OPTIONS')
    post = _method('POST', 'data', 'json')
    put, patch = _method('PUT', 'data'), _method('PATCH', 'data')
    delete, head = _method('DELETE'), _method('HEAD')

    def close(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


session = Session


__getattr__ = _world.absent('requests')
