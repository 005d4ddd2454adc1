"""How functions show themselves in the `repr` of whoever will call them."""

import types

from . import constants


def _get_function_source(func):
    """File and first line of the function behind partials and wrappers, or None."""
    while True:
        if type(func).__name__ in ('partial', 'partialmethod') and hasattr(func, 'func'):
            func = func.func
        elif hasattr(func, '__wrapped__'):
            func = func.__wrapped__
        else:
            break
    if not isinstance(func, types.FunctionType):
        return None
    return func.__code__.co_filename, func.__code__.co_firstlineno


def _format_callback_source(func, args, *, debug=False):
    text = _format_callback(func, args, None, debug=debug)
    source = _get_function_source(func)
    return f'{text} at {source[0]}:{source[1]}' if source else text


def _format_callback(func, args, kwargs, *, debug=False, suffix=''):
    if type(func).__name__ == 'partial':
        suffix = _format_args_and_kwargs(args, kwargs, debug=debug) + suffix
        return _format_callback(func.func, func.args, func.keywords, debug=debug, suffix=suffix)
    name = getattr(func, '__qualname__', None) or getattr(func, '__name__', None) or repr(func)
    return name + _format_args_and_kwargs(args, kwargs, debug=debug) + suffix


def _format_args_and_kwargs(args, kwargs, *, debug=False):
    """Arguments are shown in debug mode only: they may be secrets."""
    if not debug:
        return '()'
    import reprlib
    items = [reprlib.repr(arg) for arg in args or ()]
    items.extend(f'{key}={reprlib.repr(value)}' for key, value in (kwargs or {}).items())
    return f'({", ".join(items)})'


# Frames that CPython's library has between the loop and a step, where ours is not written in
# Python. They count, because only so many of the innermost frames are kept.
_FRAMES_OF_STEP = 3
# The same for the coroutines that remember where they were made: a step of a task has frames there.
_FRAMES_OF_TASK = 6


def extract_stack(f=None, limit=None):
    """The calls that led to frame `f`, outermost first; source lines are read when they are shown."""
    import sys
    import traceback
    if f is None:
        f = sys._getframe().f_back
    stack = traceback.StackSummary.extract(
        _innermost(f, constants.DEBUG_STACK_DEPTH if limit is None else limit), lookup_lines=False)
    stack.reverse()
    return stack


def _made_by_library(task):
    """The last call that led to `task` was one of the library's own, which is not written in Python."""
    import traceback
    stack = getattr(task, '_source_traceback', None)
    if stack:
        stack.append(traceback.FrameSummary('<frozen asyncio.tasks>', 1, 'ensure_future', lookup_line=False, line=''))


def _innermost(frame, limit):
    while frame is not None and limit > 0:
        yield frame, frame.f_lineno
        limit -= 1
        if frame.f_code.co_name.startswith('run_') and frame.f_globals.get('__name__') == 'asyncio.base_events':
            limit -= _FRAMES_OF_STEP
        frame = frame.f_back
