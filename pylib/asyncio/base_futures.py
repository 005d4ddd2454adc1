"""What a future is, and how it shows itself."""

from _loopscope import isfuture

from . import format_helpers

__all__ = ()

_PENDING = 'PENDING'
_CANCELLED = 'CANCELLED'
_FINISHED = 'FINISHED'

# Futures that are being shown: one that is part of itself is cut short.
_shown = []


def _guarded(thing, parts):
    if any(other is thing for other in _shown):
        return '...'
    _shown.append(thing)
    try:
        return f'<{type(thing).__name__} {" ".join(parts(thing))}>'
    finally:
        _shown.pop()


def _future_repr(future):
    return _guarded(future, _future_repr_info)


def _future_repr_info(future):
    parts = [future._state.lower()]
    if future._state == _FINISHED:
        if future._exception is not None:
            parts.append(f'exception={future._exception!r}')
        else:
            import reprlib
            parts.append(f'result={reprlib.repr(future._result)}')
    if future._callbacks:
        parts.append(_format_callbacks(future._callbacks))
    if future._source_traceback:
        frame = future._source_traceback[-1]
        parts.append(f'created at {frame[0]}:{frame[1]}')
    return parts


def _format_callbacks(cb):
    shown = [format_helpers._format_callback_source(callback, ()) for callback, _ in cb]
    if len(shown) > 2:
        shown = [shown[0], f'<{len(shown) - 2} more>', shown[-1]]
    return f'cb=[{", ".join(shown)}]'
