"""How tasks show themselves and their stacks."""

import _environment

from . import base_futures, coroutines


def _task_repr(task):
    return base_futures._guarded(task, _task_repr_info)


def _task_repr_info(task):
    parts = base_futures._future_repr_info(task)
    if task.cancelling() and not task.done():
        parts[0] = 'cancelling'
    place = [f'name={task.get_name()!r}']
    if task._coro:
        place.append(f'coro=<{coroutines._format_coroutine(task._coro)}>')
    if task._fut_waiter is not None:
        place.append(f'wait_for={task._fut_waiter!r}')
    parts[1:1] = place
    return parts


def _task_get_stack(task, limit):
    """Frames, outermost first: the innermost of a coroutine, or the outermost of a traceback."""
    coro = task._coro
    frames = []
    for name in ('cr_frame', 'gi_frame', 'ag_frame'):
        if hasattr(coro, name):
            frame = getattr(coro, name)
            break
    else:
        frame = None
    if frame is not None:
        while frame is not None and (limit is None or len(frames) < limit):
            frames.append(frame)
            frame = frame.f_back
        frames.reverse()
    elif task._exception is not None:
        entry = task._exception.__traceback__
        while entry is not None and (limit is None or len(frames) < limit):
            if not _environment.is_repetition(entry):
                frames.append(entry.tb_frame)
            entry = entry.tb_next
    return frames


def _task_print_stack(task, limit, file):
    import linecache
    import traceback
    extracted = []
    for frame in task.get_stack(limit=limit):
        code = frame.f_code
        line = linecache.getline(code.co_filename, frame.f_lineno, frame.f_globals)
        extracted.append((code.co_filename, frame.f_lineno, code.co_name, line))
    exception = task._exception
    if not extracted:
        print(f'No stack for {task!r}', file=file)
    else:
        kind = 'Stack' if exception is None else 'Traceback'
        print(f'{kind} for {task!r} (most recent call last):', file=file)
    traceback.print_list(extracted, file=file)
    if exception is not None:
        for line in traceback.format_exception_only(type(exception), exception):
            print(line, file=file, end='')
