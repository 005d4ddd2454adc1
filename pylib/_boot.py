"""What every interpreter does once, before any program."""
import codecs
import sys
import _environment


def _find_codec(name):
    # tokenize needs this one besides those that the interpreter knows.
    if name.replace('-', '_') in ('latin1', 'latin_1', 'iso8859_1', 'iso_8859_1', 'l1'):
        return codecs.CodecInfo(name='iso8859-1', encode=codecs.latin_1_encode, decode=codecs.latin_1_decode)


def finalise():
    """From here on there are no modules left to ask: tracebacks show no source, warnings are one line."""
    import linecache
    import warnings
    linecache.cache.clear()
    linecache.updatecache = lambda filename, module_globals=None: []
    warnings._showwarnmsg = _show_bare_warning


def _show_bare_warning(message):
    line = 0 if message.filename == '<sys>' else message.lineno
    sys.stderr.write(f'{message.filename}:{line}: {message.category.__name__}: {message.message}\n')


class anext_awaitable:
    """What `anext` gives when there is a default."""
    __module__ = 'builtins'

    def __init__(self, wrapped, default):
        self._wrapped = wrapped
        self._default = default

    def __await__(self):
        try:
            return (yield from self._wrapped.__await__())
        except StopAsyncIteration:
            return self._default


codecs.register(_find_codec)
sys.meta_path.append(_environment.Absent)
