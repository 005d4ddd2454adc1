"""How functions show themselves in the `repr` of whoever will call them."""

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
    code = getattr(func, '__code__', None)
    return None if code is None else (code.co_filename, code.co_firstlineno)


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


def extract_stack(f=None, limit=None):
    """Where we are, outermost first: the innermost `limit` frames."""
    import sys
    import traceback
    if f is None:
        f = sys._getframe().f_back
    if limit is None:
        limit = constants.DEBUG_STACK_DEPTH
    stack = traceback.StackSummary.extract(traceback.walk_stack(f), limit=limit, lookup_lines=False)
    stack.reverse()
    return stack
