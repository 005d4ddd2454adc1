"""What is a coroutine, and what makes one."""

import types

from _loopscope import iscoroutine

__all__ = ('iscoroutinefunction', 'iscoroutine')

_is_coroutine = object()
_CO_COROUTINE = 0x80


def iscoroutinefunction(func):
    """Whether calling `func` gives a coroutine."""
    plain = func
    while type(plain).__name__ == 'partial' and hasattr(plain, 'func'):
        plain = plain.func
    plain = getattr(plain, '__func__', plain)
    if isinstance(plain, types.FunctionType) and plain.__code__.co_flags & _CO_COROUTINE:
        return True
    return getattr(func, '_is_coroutine', None) is _is_coroutine
