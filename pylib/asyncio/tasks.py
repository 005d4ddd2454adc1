"""Tasks, and waiting for several of them."""

import _loopscope as _native
from _loopscope import (Task, _enter_task, _GatheringFuture, _leave_task, _register_eager_task, _register_task,
                        _swap_current_task, _unregister_eager_task, _unregister_task, all_tasks, current_task,
                        ensure_future, gather, shield, sleep)

from . import coroutines, events, timeouts

# Both of CPython's makes are this one.
_PyTask = _CTask = Task
_py_current_task = _c_current_task = current_task
_py_register_task = _c_register_task = _register_task
_py_register_eager_task = _c_register_eager_task = _register_eager_task
_py_unregister_task = _c_unregister_task = _unregister_task
_py_unregister_eager_task = _c_unregister_eager_task = _unregister_eager_task
_py_enter_task = _c_enter_task = _enter_task
_py_leave_task = _c_leave_task = _leave_task
_py_swap_current_task = _c_swap_current_task = _swap_current_task

FIRST_COMPLETED = 'FIRST_COMPLETED'
FIRST_EXCEPTION = 'FIRST_EXCEPTION'
ALL_COMPLETED = 'ALL_COMPLETED'

__all__ = ('Task', 'create_task', 'FIRST_COMPLETED', 'FIRST_EXCEPTION', 'ALL_COMPLETED', 'wait', 'wait_for',
           'as_completed', 'sleep', 'gather', 'shield', 'ensure_future', 'current_task', 'all_tasks',
           'create_eager_task_factory', 'eager_task_factory', 'run_coroutine_threadsafe')


async def wait(fs, *, timeout=None, return_when=ALL_COMPLETED):
    """Waits until enough of them are done."""
    # A frame of its own keeps what it was given for as long as an exception keeps the frame.
    return await _native.wait(fs, timeout=timeout, return_when=return_when)


def create_task(coro, *, name=None, context=None):
    """Lets the running loop make a task of `coro`."""
    loop = events.get_running_loop()
    if context is None:
        return loop.create_task(coro, name=name)
    return loop.create_task(coro, name=name, context=context)


def create_eager_task_factory(custom_task_constructor):
    """A task factory whose tasks run their first step inside `create_task`."""
    def factory(loop, coro, *, name=None, context=None):
        return custom_task_constructor(coro, loop=loop, name=name, context=context, eager_start=True)
    return factory


eager_task_factory = create_eager_task_factory(Task)


async def _wrap_awaitable(awaitable):
    return await awaitable


async def wait_for(fut, timeout):
    """Waits for `fut` at most `timeout` seconds, then cancels it and raises TimeoutError."""
    if timeout is not None and timeout <= 0:
        return await _native.wait_for_no_time(ensure_future(fut))
    async with timeouts.timeout(timeout):
        return await fut


class _AsCompletedIterator:
    """Gives the awaitables in the order in which they end, by `for` and by `async for`."""

    def __init__(self, aws, timeout):
        loop = events.get_event_loop()
        # Each once, in the order given: bare coroutines become tasks in that order.
        futures = [ensure_future(aw, loop=loop) for aw in dict.fromkeys(aws)]
        self._ended = _native.AsCompleted(loop, futures, timeout)

    def __iter__(self):
        return self

    def __aiter__(self):
        return self

    def __next__(self):
        if not self._ended.ask():
            raise StopIteration
        return self._ended.next_result()

    async def __anext__(self):
        if not self._ended.ask():
            raise StopAsyncIteration
        return await self._ended.next_done()


def as_completed(fs, *, timeout=None):
    """An iterator over `fs` in the order in which they end."""
    if coroutines.iscoroutine(fs) or _native.isfuture(fs) or hasattr(fs, '__await__'):
        raise TypeError(f'expects an iterable of awaitables, not {type(fs).__name__}')
    return _AsCompletedIterator(fs, timeout)


def run_coroutine_threadsafe(coro, loop):
    """Lets a loop in another thread run `coro`; the future is that of threads."""
    if not coroutines.iscoroutine(coro):
        raise TypeError('A coroutine object is required')
    from concurrent.futures import Future
    from .futures import _chain_future
    future = Future()

    def callback():
        try:
            _chain_future(ensure_future(coro, loop=loop), future)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            if future.set_running_or_notify_cancel():
                future.set_exception(exc)
            raise

    loop.call_soon_threadsafe(callback)
    return future
