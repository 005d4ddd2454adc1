"""The simulated network: what hosts answer, and after how long.

An answer is a function of the request; nothing here touches a real network or the real clock. Options of the run
change latencies and let hosts fail.
"""

import json
import sys
import _environment
import _random
from _threads import deadline_after, note_blocking, rest
from urllib.parse import quote

import _sites

FAILURE_LATENCY = 0.05
IDLE_LIMIT = 5.0

REASONS = {200: 'OK', 201: 'Created', 204: 'No Content', 301: 'Moved Permanently',
           302: 'Found', 304: 'Not Modified', 400: 'Bad Request',
           401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found',
           408: 'Request Timeout', 418: "I'm a teapot", 429: 'Too Many Requests',
           500: 'Internal Server Error', 502: 'Bad Gateway',
           503: 'Service Unavailable', 504: 'Gateway Timeout'}


def fnv1a32(text):
    value = 0x811c9dc5
    for byte in text.encode('utf-8'):
        value = ((value ^ byte) * 0x01000193) & 0xffffffff
    return value


def is_ipv4(host):
    parts = host.split('.')
    return len(parts) == 4 and all(p.isdigit() and int(p) < 256 for p in parts)


def host_latency(host):
    """Seconds from a request to the first byte of the answer."""
    return _environment.latency(host.lower())


_dice = _random.Random(_environment.seed())


def trouble_of(host):
    """What goes wrong this time with a host: 'dns', 'refused', 'timeout', '500' or None."""
    host = host.lower()
    trouble, rate = _environment.trouble(host)
    if trouble is not None and (rate == 1.0 or _dice.random() < rate):
        return trouble
    if host.endswith('.invalid') or host == '':
        return 'dns'
    return 'refused' if host == 'refused.example' else None


def split_url(url):
    """(scheme, host, port, path, query) of an absolute URL."""
    rest = str(url)
    scheme = 'http'
    cut = rest.find('://')
    if cut >= 0:
        scheme, rest = rest[:cut].lower(), rest[cut + 3:]
    cut = rest.find('#')
    if cut >= 0:
        rest = rest[:cut]
    query = ''
    cut = rest.find('?')
    if cut >= 0:
        rest, query = rest[:cut], rest[cut + 1:]
    cut = rest.find('/')
    if cut >= 0:
        netloc, path = rest[:cut], rest[cut:]
    else:
        netloc, path = rest, '/'
    if '@' in netloc:
        netloc = netloc[netloc.rfind('@') + 1:]
    port = 443 if scheme == 'https' else 80
    cut = netloc.find(':')
    if cut >= 0:
        if netloc[cut + 1:].isdigit():
            port = int(netloc[cut + 1:])
        netloc = netloc[:cut]
    return scheme, netloc, port, path, query


def with_params(url, params):
    if not params:
        return str(url)
    pairs = params.items() if hasattr(params, 'items') else params
    tail = '&'.join(quote(str(key), safe='') + '=' + quote(str(value), safe='') for key, value in pairs)
    return str(url) + ('&' if '?' in str(url) else '?') + tail


def to_json(value, indent=None):
    return json.dumps(value, indent=indent, ensure_ascii=False)


def encode_body(data, value=None):
    """The bytes of a request, from its arguments `data` and `json`."""
    if value is not None:
        return to_json(value).encode()
    if data is None:
        return b''
    if isinstance(data, (bytes, bytearray)):
        return bytes(data)
    if isinstance(data, str):
        return data.encode()
    return with_params('', data)[1:].encode()


def copy_data(value):
    if isinstance(value, dict):
        return {key: copy_data(item) for key, item in value.items()}
    if isinstance(value, list):
        return [copy_data(item) for item in value]
    return value


def json_body(data):
    return (to_json(data, 2) + '\n').encode()


class Shown:
    """A server, connection or request as the trace shows it: it does one thing after another, and is closed."""

    def __init__(self, kind, name, what):
        self._number, self._what = _environment.resource(kind, name), None
        self.does(what)

    def does(self, what):
        if self._number is not None and what != self._what:
            self._what = what
            _environment.resource_does(self._number, what)

    def close(self):
        if self._number is not None:
            _environment.resource_does(self._number, None)
            self._number = None


async def pass_time(seconds, what):
    """Blocks the thread for so long, in a blocking call of a library."""
    if seconds > 0:
        note_blocking(what)
    end = None if seconds == float('inf') else deadline_after(seconds)
    while end is None or deadline_after(0) < end:
        await rest(end, what)


class Reply:
    """What a host answers, and after how long."""

    def __init__(self, url, delay):
        self.url = url
        self.delay = delay
        # 'dns', 'refused', or 'timeout': then there is no answer at all.
        self.error = None
        self.status = 200
        self.headers = {}
        self.body = b''
        # The object, when the body is JSON.
        self.data = None

    @property
    def reason(self):
        return REASONS.get(self.status, 'Unknown')

    def set_html(self, text):
        self.set_bytes(text.encode(), 'text/html; charset=utf-8')

    def set_json(self, data):
        self.data = data
        self.set_bytes(json_body(data), 'application/json')

    def set_bytes(self, data, kind):
        self.body = data
        self.headers = {'Content-Type': kind, 'Content-Length': str(len(data)), 'Server': 'loopscope'}


def absent(module):
    """The `__getattr__` of a simulated module: what it does not have says so by name."""
    def __getattr__(name):
        message = f'{module}.{name} is not simulated'
        if not name.startswith('_'):
            _environment.note_unsupported(message)
        raise AttributeError(message, name=name)
    return __getattr__


def exchange(method, url, headers=None, body=b''):
    """The Reply to one request."""
    host, port = split_url(url)[1:3]
    # A program that serves has imported it; `socket` itself imports this module.
    socket = sys.modules.get('socket')
    if socket is not None and socket._server_at(host.lower(), port) is not None:
        message = f'a request to {host}:{port}, a server of the program itself, is not simulated: use asyncio.open_connection'
        _environment.note_unsupported(message)
        raise NotImplementedError(message)
    return _answer(method, url, headers, body, trouble_of(split_url(url)[1]))


def _answer(method, url, headers, body, trouble):
    scheme, host, _, path, query = split_url(url)
    host = host.lower()
    delay = host_latency(host)
    parts = [part for part in path.split('/') if part]
    if len(parts) == 2 and parts[0] == 'delay':
        try:
            delay = min(float(parts[1]), 10.0)
        except ValueError:
            pass
    reply = Reply(str(url), delay)
    if trouble == '500':
        reply.status = 500
        reply.set_html(_sites.page('500', '<h1>500</h1>'))
    elif trouble is not None:
        reply.error = trouble
        reply.delay = float('inf') if trouble == 'timeout' else FAILURE_LATENCY
        return reply
    else:
        _sites.fill(reply, scheme, host, path, query, method, headers, body)
    if method == 'HEAD':
        reply.body = b''
    return reply


class Conversation:
    """One raw connection: bytes in, pairs of delay and bytes out.

    It understands HTTP; on port 7 every chunk comes back after the latency of the host.
    """

    def __init__(self, host, port, secure=False):
        self.host = host.lower()
        self.port = port
        self.secure = secure
        self.latency = host_latency(self.host)
        self.trouble = trouble_of(self.host)
        self.error = self.trouble if self.trouble in ('dns', 'refused') else None
        self.connect_delay = FAILURE_LATENCY if self.error else self.latency / 2
        self.pending = b''

    @property
    def idle_limit(self):
        """After so many seconds without a request the host closes the connection."""
        return float('inf') if self.trouble == 'timeout' else IDLE_LIMIT

    def feed(self, data):
        """(chunks, closes): chunks is a list of (seconds from now, bytes)."""
        if self.trouble == 'timeout':
            return [], False
        if self.port == 7:
            return [(self.latency, bytes(data))], False
        self.pending += bytes(data)
        end = self.pending.find(b'\r\n\r\n')
        if end < 0:
            return [], False
        head = self.pending[:end].decode('utf-8', 'replace').split('\r\n')
        words = head[0].split(' ')
        headers = {}
        for line in head[1:]:
            key, _, value = line.partition(':')
            headers[key.strip().lower()] = value.strip()
        size = int(headers.get('content-length', '0') or 0)
        rest = self.pending[end + 4:]
        if len(rest) < size:
            return [], False
        body, self.pending = rest[:size], rest[size:]
        method, path, version = words[:3] + ['GET', '/', 'HTTP/1.0'][len(words[:3]):]
        scheme = 'https' if self.secure or self.port == 443 else 'http'
        reply = _answer(method, f'{scheme}://{self.host}{path}', None, body, self.trouble)
        closes = version != 'HTTP/1.1' or headers.get('connection', '').lower() == 'close'
        lines = [f'HTTP/1.1 {reply.status} {reply.reason}', *(f'{key}: {value}' for key, value in reply.headers.items()),
                 f'Connection: {"close" if closes else "keep-alive"}']
        top = ('\r\n'.join(lines) + '\r\n\r\n').encode('latin-1')
        after = max(reply.delay - self.connect_delay, 0.0)
        return [(after, top), (after + 0.01, reply.body)], closes
