"""How handles show themselves."""

from .format_helpers import _format_callback_source


def _handle_repr(handle):
    parts = [type(handle).__name__]
    if handle._cancelled:
        parts.append('cancelled')
    if type(handle).__name__ == 'TimerHandle':
        parts.append(f'when={handle.when()}')
    if handle._callback is not None:
        parts.append(_format_callback_source(handle._callback, handle._args))
    return f'<{" ".join(parts)}>'
