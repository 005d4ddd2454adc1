"""How handles show themselves."""

from .format_helpers import _format_callback_source


def _handle_repr(handle):
    parts = [type(handle).__name__]
    if handle._cancelled:
        parts.append('cancelled')
    if hasattr(handle, '_when'):
        parts.append(f'when={handle._when}')
    if handle._callback is not None:
        parts.append(_format_callback_source(handle._callback, handle._args, debug=handle._loop.get_debug()))
    if handle._source_traceback:
        frame = handle._source_traceback[-1]
        parts.append(f'created at {frame[0]}:{frame[1]}')
    return f'<{" ".join(parts)}>'


def _cancelled_handle_repr(handle):
    """What a handle looks like that is about to be cancelled, and will forget its callback."""
    name = type(handle).__name__
    return _handle_repr(handle).replace(name, f'{name} cancelled', 1)
