"""What is a coroutine, and what makes one."""

import types

from _loopscope import iscoroutine

__all__ = ('iscoroutinefunction', 'iscoroutine')

_is_coroutine = object()
_CO_COROUTINE = 0x80


def _is_debug_mode():
    """Whether loops begin in debug mode: a program that wants this by its environment has set it itself."""
    import sys
    os = sys.modules.get('os')
    return os is not None and bool(os.environ.get('PYTHONASYNCIODEBUG'))


# Functions of the library that are not written in Python and give coroutines.
_LIBRARY = frozenset((
    'sleep', 'wait', 'Lock.acquire', 'Lock.__aenter__', 'Lock.__aexit__', 'Event.wait', 'Condition.acquire',
    'Condition.wait', 'Condition.wait_for', 'Condition.__aenter__', 'Condition.__aexit__', 'Semaphore.acquire',
    'Semaphore.__aenter__', 'Semaphore.__aexit__', 'Barrier.wait', 'Barrier.reset', 'Barrier.abort',
    'Barrier.__aenter__', 'Barrier.__aexit__', 'Queue.get', 'Queue.put', 'Queue.join', 'Timeout.__aenter__',
    'Timeout.__aexit__', 'TaskGroup.__aenter__', 'TaskGroup.__aexit__'))


def iscoroutinefunction(func):
    """Whether calling `func` gives a coroutine."""
    if not hasattr(func, '__code__') and getattr(func, '__qualname__', None) in _LIBRARY:
        return type(func).__module__ == 'builtins' and getattr(func, '__module__', None) in (None, 'asyncio.tasks')
    plain = func
    while type(plain).__name__ == 'partial' and hasattr(plain, 'func'):
        plain = plain.func
    plain = getattr(plain, '__func__', plain)
    if isinstance(plain, types.FunctionType) and plain.__code__.co_flags & _CO_COROUTINE:
        return True
    import sys
    inspect = sys.modules.get('inspect')
    if inspect is not None and inspect.iscoroutinefunction(func):
        return True
    return getattr(func, '_is_coroutine', None) is _is_coroutine


def _format_coroutine(coro):
    """What `repr` of a task says about its coroutine."""
    name = getattr(coro, '__qualname__', None) or getattr(coro, '__name__', None)
    name = f'{name}()' if name else f'<{type(coro).__name__} without __name__>()'
    running = getattr(coro, 'cr_running', None)
    if running is None:
        running = getattr(coro, 'gi_running', False)
    code = getattr(coro, 'cr_code', None) or getattr(coro, 'gi_code', None)
    if hasattr(coro, '_is_done'):
        # One of the library's own, which has no place in a file.
        return f'{name} done' if coro._is_done else f'{name} running'
    if not code:
        return f'{name} running' if running else name
    file = code.co_filename or '<empty co_filename>'
    frame = getattr(coro, 'gi_frame', None) or getattr(coro, 'cr_frame', None)
    if frame is not None:
        return f'{name} running at {file}:{frame.f_lineno}'
    if running:
        # The frame of a coroutine that runs is not handed out everywhere.
        return f'{name} running at {file}:{code.co_firstlineno}'
    return f'{name} done, defined at {file}:{code.co_firstlineno}'
