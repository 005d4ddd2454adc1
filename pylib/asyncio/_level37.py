"""asyncio as Python 3.7 had it, laid over the package when a run asks for that level.

What differs in the order of callbacks is in the scheduler; here are the names, the arguments and the texts.
"""

import sys
import types

import _loopscope as _native
from _loopscope import CancelledError, InvalidStateError, TimeoutError, use_loop

from . import (_level37_locks, base_events, base_futures, base_tasks, coroutines, events, exceptions, format_helpers,
               futures, locks, queues, runners, streams, tasks)

# Everything that `from asyncio import *` gave.
_PUBLIC = frozenset('''
ALL_COMPLETED AbstractChildWatcher AbstractEventLoop AbstractEventLoopPolicy AbstractServer BaseEventLoop BaseProtocol
BaseTransport BoundedSemaphore BufferedProtocol CancelledError Condition DatagramProtocol DatagramTransport
DefaultEventLoopPolicy Event FIRST_COMPLETED FIRST_EXCEPTION FastChildWatcher Future Handle IncompleteReadError
InvalidStateError LifoQueue LimitOverrunError Lock PriorityQueue Protocol Queue QueueEmpty QueueFull ReadTransport
SafeChildWatcher SelectorEventLoop Semaphore SendfileNotAvailableError StreamReader StreamReaderProtocol StreamWriter
SubprocessProtocol SubprocessTransport Task TimeoutError TimerHandle Transport WriteTransport _enter_task
_get_running_loop _leave_task _register_task _set_running_loop _unregister_task all_tasks as_completed coroutine
create_subprocess_exec create_subprocess_shell create_task current_task ensure_future gather get_child_watcher
get_event_loop get_event_loop_policy get_running_loop iscoroutine iscoroutinefunction isfuture new_event_loop
open_connection open_unix_connection run run_coroutine_threadsafe set_child_watcher set_event_loop
set_event_loop_policy shield sleep start_server start_unix_server wait wait_for wrap_future
'''.split())

_LATER_MODULES = ('exceptions', 'mixins', 'staggered', 'taskgroups', 'threads', 'timeouts')

# Methods that came later, by class.
_LATER = {
    _native.Future: ('__class_getitem__', '_cancel_message', '_make_cancelled_error'),
    _native.Task: ('__class_getitem__', 'cancelling', 'get_context', 'get_coro', 'get_name', 'set_name', 'uncancel'),
    _native.Handle: ('get_context',),
    _native.Queue: ('__class_getitem__', 'shutdown'),
}

# Generator-based coroutines.


@types.coroutine
def _finish(value):
    """The result of what a decorated function returned that is no generator itself."""
    if futures.isfuture(value) or isinstance(value, types.GeneratorType):
        return (yield from value)
    if hasattr(value, '__await__'):
        return (yield from value.__await__())
    return value


def coroutine(func):
    """Makes a coroutine function of a generator function, or of any other."""
    flags = getattr(getattr(func, '__code__', None), 'co_flags', 0)
    if flags & 0x80:
        return func
    if flags & 0x20:
        wrapper = types.coroutine(func)
    else:
        import functools

        @functools.wraps(func)
        @types.coroutine
        def wrapper(*args, **kwargs):
            return (yield from _finish(func(*args, **kwargs)))
    wrapper._is_coroutine = coroutines._is_coroutine
    return wrapper


# Functions that took a loop.


def _loop_or_current(loop):
    return events.get_event_loop() if loop is None else loop


def _different(awaitables, loop):
    """A future for each, once, in the order given."""
    return [ensure_future(awaitable, loop=loop) for awaitable in dict.fromkeys(awaitables)]


def _no_single(fs):
    if futures.isfuture(fs) or coroutines.iscoroutine(fs):
        raise TypeError(f'expect a list of futures, not {type(fs).__name__}')


def ensure_future(coro_or_future, *, loop=None):
    """The future itself, or a task for a coroutine."""
    if loop is not None and futures.isfuture(coro_or_future) and loop is not coro_or_future.get_loop():
        raise ValueError('loop argument must agree with Future')
    return _native.ensure_future(coro_or_future, loop=loop)


def create_task(coro):
    """A new task of the running loop."""
    return events.get_running_loop().create_task(coro)


def sleep(delay, result=None, *, loop=None):
    """Waits for `delay` seconds."""
    slept = _native.sleep(delay, result)
    return slept if loop is None else use_loop(slept, loop)


async def wait(fs, *, loop=None, timeout=None, return_when=tasks.ALL_COMPLETED):
    """Waits for futures and coroutines; gives those that are done and those that are not."""
    _no_single(fs)
    if not fs:
        raise ValueError('Set of coroutines/Futures is empty.')
    if return_when not in (tasks.FIRST_COMPLETED, tasks.FIRST_EXCEPTION, tasks.ALL_COMPLETED):
        raise ValueError(f'Invalid return_when value: {return_when}')
    loop = _loop_or_current(loop)
    waiting = _native.wait(_different(fs, loop), timeout=timeout, return_when=return_when)
    return await use_loop(waiting, loop)


async def wait_for(fut, timeout, *, loop=None):
    """Waits for `fut` at most `timeout` seconds, then cancels it and raises TimeoutError."""
    loop = _loop_or_current(loop)
    if timeout is None:
        return await fut
    return await use_loop(_native.wait_for_37(fut, timeout), loop)


def as_completed(fs, *, loop=None, timeout=None):
    """Coroutines that give the results in the order in which they come."""
    _no_single(fs)
    loop = _loop_or_current(loop)
    futures = _different(fs, loop)
    ended = _native.AsCompleted(loop, futures, timeout)
    for _ in futures:
        ended.ask()
        yield ended.next_result()


def gather(*coros_or_futures, loop=None, return_exceptions=False):
    """A future for the results of all."""
    if loop is None:
        return _native.gather(*coros_or_futures, return_exceptions=return_exceptions)
    if not coros_or_futures:
        outer = loop.create_future()
        outer.set_result([])
        return outer
    children = {}
    for given in coros_or_futures:
        if given not in children:
            children[given] = child = ensure_future(given, loop=loop)
            if child is not given:
                child._log_destroy_pending = False
    return _native.gather(*[children[given] for given in coros_or_futures], return_exceptions=return_exceptions)


def shield(arg, *, loop=None):
    """A future for `arg` that can be cancelled without cancelling that."""
    return _native.shield(ensure_future(arg, loop=loop))


async def open_connection(host=None, port=None, *, loop=None, limit=streams._DEFAULT_LIMIT, **kwds):
    """A reader and a writer to somebody who serves."""
    return await _open_connection(host, port, limit=limit, **kwds)


async def start_server(client_connected_cb, host=None, port=None, *, loop=None, limit=streams._DEFAULT_LIMIT, **kwds):
    """Serves streams."""
    return await _start_server(client_connected_cb, host, port, limit=limit, **kwds)


_open_connection, _start_server = streams.open_connection, streams.start_server


def _begin(main, debug):
    if events._get_running_loop() is not None:
        raise RuntimeError('asyncio.run() cannot be called from a running event loop')
    if not coroutines.iscoroutine(main):
        raise ValueError(f'a coroutine was expected, got {main!r}')
    loop = events.new_event_loop()
    events.set_event_loop(loop)
    loop.set_debug(debug)
    return loop


def _end(loop):
    events.set_event_loop(None)
    loop.close()


def run(main, *, debug=False):
    """Runs `main` on a new loop to its end, cancels what is left, and closes the loop."""
    loop = _begin(main, debug)
    try:
        return loop.run_until_complete(main)
    finally:
        try:
            runners._cancel_all_tasks(loop)
            # The loop's own task is left out, but for its number, when nothing could tell.
            if loop._asyncgens or not loop._is_idle():
                loop.run_until_complete(loop._create_hidden_task(loop.shutdown_asyncgens()))
            else:
                loop._skip_task_number()
        finally:
            _end(loop)


async def _run_steps(main, *, debug=False):
    loop = _begin(main, debug)
    try:
        return await loop._run_until_complete_steps(main)
    finally:
        try:
            left = tasks.all_tasks(loop)
            if left:
                for task in left:
                    task.cancel()
                await loop._run_until_complete_steps(tasks.gather(*left, return_exceptions=True))
                runners._report_failures(loop, left)
            await loop._run_until_complete_steps(loop._create_hidden_task(loop.shutdown_asyncgens()))
        finally:
            _end(loop)


run.__twin__ = _run_steps


# Methods of classes that are otherwise those of 3.13.


def _policy_warns_no_loop(self):
    """The main thread got its loop without a word."""


def _loop_create_task(self, coro):
    self._check_closed()
    factory = self.get_task_factory()
    if factory is not None:
        return factory(self, coro)
    task = tasks.Task(coro, loop=self)
    if task._source_traceback:
        del task._source_traceback[-1]
    return task


_loop_create_task.__name__ = _loop_create_task.__qualname__ = 'create_task'


def _task_all_tasks(cls, loop=None):
    return _native.known_tasks(_loop_or_current(loop))


def _task_current_task(cls, loop=None):
    return _native.current_task(_loop_or_current(loop))


def _without_message(cancel):
    def method(self):
        return cancel(self)
    method.__name__ = 'cancel'
    return method


def _strict_set_exception(set_exception):
    def method(self, exception):
        kind = exception if isinstance(exception, type) else type(exception)
        if kind is StopIteration and not self.done():
            raise TypeError('StopIteration interacts badly with generators and cannot be raised into a Future')
        return set_exception(self, exception)
    method.__name__ = 'set_exception'
    return method


# Texts.


def _task_repr_info(task):
    parts = base_futures._future_repr_info(task)
    if task._must_cancel:
        parts[0] = 'cancelling'
    parts.insert(1, f'coro=<{coroutines._format_coroutine(task._coro)}>')
    if task._fut_waiter is not None:
        parts.insert(2, f'wait_for={task._fut_waiter!r}')
    return parts


def _showing_arguments(format_arguments):
    def function(args, kwargs, *, debug=False):
        return format_arguments(args, kwargs, debug=True)
    return function


# Laying it over.


def _reshape(cls, name, *value):
    if value or name in cls.__dict__:
        _native.reshape(cls, name, *value)


def _change_classes():
    for cls, names in _LATER.items():
        for name in names:
            _reshape(cls, name)
    for cls in (_native.Future, _native.Task):
        _reshape(cls, 'cancel', _without_message(cls.cancel))
    _reshape(_native.Future, 'set_exception', _strict_set_exception(_native.Future.set_exception))
    _reshape(_native.Task, 'all_tasks', classmethod(_task_all_tasks))
    _reshape(_native.Task, 'current_task', classmethod(_task_current_task))
    sys.modules['asyncio'].DefaultEventLoopPolicy._warn_no_loop = _policy_warns_no_loop
    base_events.BaseEventLoop.create_task = _loop_create_task
    for cls in (base_events.BaseEventLoop, events.AbstractEventLoop):
        del cls.shutdown_default_executor


def install():
    """Makes the package what it was."""
    package = sys.modules['asyncio']
    for name in package.__all__:
        if name not in _PUBLIC:
            package.__dict__.pop(name, None)
    for name in _LATER_MODULES:
        package.__dict__.pop(name, None)
    _change_classes()
    base_tasks._task_repr_info = _task_repr_info
    format_helpers._format_args_and_kwargs = _showing_arguments(format_helpers._format_args_and_kwargs)
    exceptions.TimeoutError = TimeoutError
    replaced = {
        coroutines: (coroutine,),
        futures: (CancelledError, InvalidStateError, TimeoutError),
        locks: _level37_locks.LOCKS,
        queues: _level37_locks.QUEUES,
        runners: (run,),
        streams: (open_connection, start_server),
        tasks: (as_completed, create_task, ensure_future, gather, shield, sleep, wait, wait_for),
    }
    for module, things in replaced.items():
        for thing in things:
            name = thing.__name__
            setattr(module, name, thing)
            setattr(package, name, thing)
            thing.__module__ = module.__name__ if isinstance(thing, types.FunctionType) else thing.__module__
    for name in ('Barrier', 'QueueShutDown', 'Runner', 'timeouts'):
        for module in (locks, queues, runners, tasks):
            module.__dict__.pop(name, None)
    package.__all__ = tuple(name for name in sorted(_PUBLIC) if hasattr(package, name))
