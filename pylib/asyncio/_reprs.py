"""How futures, tasks and handles show themselves."""

import _environment

_shown = []


def _short(value, limit=None):
    import reprlib
    return reprlib.repr(value)


def _future_repr(future):
    return _guarded(future, _future_parts)


def _task_repr(task):
    return _guarded(task, _task_parts)


def _guarded(thing, parts):
    name = type(thing).__name__
    if any(other is thing for other in _shown):
        return f'<{name} ...>'
    _shown.append(thing)
    try:
        return f'<{name} {" ".join(parts(thing))}>'
    finally:
        _shown.pop()


def _future_parts(future):
    parts = [future._state.lower()]
    if future._state == 'FINISHED':
        if future._exception is not None:
            parts.append(f'exception={future._exception!r}')
        else:
            parts.append(f'result={_short(future._result)}')
    callbacks = _format_callbacks(future._callbacks)
    if callbacks:
        parts.append(callbacks)
    return parts


def _format_callbacks(callbacks):
    if not callbacks:
        return ''
    shown = [cb if isinstance(cb, str) else _format_callback_source(cb, ()) for cb in callbacks]
    if len(shown) > 2:
        return f'cb=[{shown[0]}, <{len(shown) - 2} more>, {shown[-1]}]'
    return f'cb=[{", ".join(shown)}]'


def _task_parts(task):
    parts = _future_parts(task)
    if task.cancelling() and not task.done():
        parts[0] = 'cancelling'
    place = [f'name={task.get_name()!r}']
    if task._coro is not None:
        place.append(f'coro=<{_format_coroutine(task._coro)}>')
    if task._fut_waiter is not None:
        place.append(f'wait_for={task._fut_waiter!r}')
    parts[1:1] = place
    return parts


def _format_coroutine(coro):
    name = getattr(coro, '__qualname__', None) or getattr(coro, '__name__', None)
    name = f'{name}()' if name else f'<{type(coro).__name__} without __name__>()'
    code = getattr(coro, 'cr_code', None) or getattr(coro, 'gi_code', None)
    running = getattr(coro, 'cr_running', False) or getattr(coro, 'gi_running', False)
    if code is None:
        return f'{name} running' if running else name
    frame = getattr(coro, 'cr_frame', None) or getattr(coro, 'gi_frame', None)
    if running:
        return f'{name} running at {code.co_filename}:{frame.f_lineno if frame else code.co_firstlineno}'
    if frame is not None:
        return f'{name} running at {code.co_filename}:{frame.f_lineno}'
    return f'{name} done, defined at {code.co_filename}:{code.co_firstlineno}'


def _format_callback_source(func, args, debug=False):
    text = _format_callback(func, args, None, debug=debug)
    source = _source_of(func)
    if source:
        text += f' at {source[0]}:{source[1]}'
    return text


def _source_of(func):
    while type(func).__name__ in ('partial', 'partialmethod') and hasattr(func, 'func'):
        func = func.func
    func = getattr(func, '__wrapped__', func)
    code = getattr(func, '__code__', None)
    return None if code is None else (code.co_filename, code.co_firstlineno)


def _format_callback(func, args, kwargs, debug=False, suffix=''):
    if type(func).__name__ == 'partial':
        suffix = _format_arguments(args, kwargs, debug) + suffix
        return _format_callback(func.func, func.args, func.keywords, debug, suffix)
    name = getattr(func, '__qualname__', None) or getattr(func, '__name__', None) or repr(func)
    return name + _format_arguments(args, kwargs, debug) + suffix


def _format_arguments(args, kwargs, debug):
    """Arguments are shown in debug mode only: they may be secrets."""
    if not debug:
        return '()'
    import reprlib
    items = [reprlib.repr(arg) for arg in args or ()]
    items.extend(f'{key}={reprlib.repr(value)}' for key, value in (kwargs or {}).items())
    return f'({", ".join(items)})'


def _handle_repr(handle):
    parts = [type(handle).__name__]
    if handle._cancelled:
        parts.append('cancelled')
    if type(handle).__name__ == 'TimerHandle':
        parts.append(f'when={handle.when()}')
    if handle._callback is not None:
        parts.append(_format_callback_source(handle._callback, handle._args))
    return f'<{" ".join(parts)}>'


def _task_get_stack(task, *, limit=None):
    frames = []
    coro = task._coro
    frame = getattr(coro, 'cr_frame', None) or getattr(coro, 'gi_frame', None) or getattr(coro, 'ag_frame', None)
    if frame is not None:
        while frame is not None and (limit is None or limit > 0):
            frames.append(frame)
            frame = frame.f_back
            limit = None if limit is None else limit - 1
        frames.reverse()
    elif task._exception is not None:
        entry = task._exception.__traceback__
        while entry is not None and (limit is None or limit > 0):
            if not _environment.is_repetition(entry):
                frames.append(entry.tb_frame)
                limit = None if limit is None else limit - 1
            entry = entry.tb_next
    return frames


def _task_print_stack(task, *, limit=None, file=None):
    import linecache
    import traceback
    extracted = []
    for frame in task.get_stack(limit=limit):
        code = frame.f_code
        line = linecache.getline(code.co_filename, frame.f_lineno, frame.f_globals)
        extracted.append((code.co_filename, frame.f_lineno, code.co_name, line))
    exception = task._exception if task.done() and not task.cancelled() else None
    if not extracted:
        print(f'No stack for {task!r}', file=file)
    elif exception is not None:
        print(f'Traceback for {task!r} (most recent call last):', file=file)
    else:
        print(f'Stack for {task!r} (most recent call last):', file=file)
    traceback.print_list(extracted, file=file)
    if exception is not None:
        for line in traceback.format_exception_only(type(exception), exception):
            print(line, file=file, end='')
