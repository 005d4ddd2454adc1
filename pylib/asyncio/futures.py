"""Futures."""

import _loopscope as _native
from _loopscope import Future

from . import base_futures
from .base_futures import _CANCELLED, _FINISHED, _PENDING, isfuture

__all__ = ('Future', 'wrap_future', 'isfuture')


# Both of CPython's makes are this one.
_PyFuture = _CFuture = Future


def _get_loop(fut):
    """The loop of a future of any make."""
    try:
        get_loop = fut.get_loop
    except AttributeError:
        return fut._loop
    return get_loop()


def _set_result_unless_cancelled(fut, result):
    if not fut.cancelled():
        fut.set_result(result)


def wrap_future(future, *, loop=None):
    """The asyncio future of a future that threads settle."""
    if isfuture(future):
        return future
    from concurrent.futures import Future as ThreadFuture
    assert isinstance(future, ThreadFuture), f'concurrent.futures.Future is expected, got {future!r}'
    if loop is None:
        from .events import get_event_loop
        loop = get_event_loop()
    wrapped = _native._executor_future(loop, getattr(future, '_pool', 0))
    _chain_future(future, wrapped)
    return wrapped


def _convert_future_exc(exc):
    """The class of the same name on this side."""
    from concurrent import futures
    from . import exceptions
    for name in ('CancelledError', 'InvalidStateError'):
        there, here = getattr(futures, name), getattr(exceptions, name)
        if type(exc) is there and there is not here:
            return here(*exc.args).with_traceback(exc.__traceback__)
    return exc


def _set_concurrent_future_state(destination, source):
    """Settles a future of threads as `source` is settled."""
    if source.cancelled():
        destination.cancel()
    if not destination.set_running_or_notify_cancel():
        return
    exception = source.exception()
    if exception is not None:
        destination.set_exception(_convert_future_exc(exception))
    else:
        destination.set_result(source.result())


def _copy_future_state(source, destination):
    """Settles a future of a loop as `source`, of any kind, is settled."""
    if destination.cancelled():
        return
    if source.cancelled():
        destination.cancel()
        return
    exception = source.exception()
    if exception is not None:
        destination.set_exception(_convert_future_exc(exception))
    else:
        destination.set_result(source.result())


def _chain_future(source, destination):
    """What settles the source settles the destination; cancelling that one cancels the source."""
    source_loop = source.get_loop() if isfuture(source) else None
    loop = destination.get_loop() if isfuture(destination) else None

    def _set_state(destination, source):
        if loop is None:
            _set_concurrent_future_state(destination, source)
        else:
            _copy_future_state(source, destination)

    def _call_check_cancel(destination):
        if destination.cancelled():
            if source_loop is None or source_loop is loop:
                source.cancel()
            else:
                source_loop.call_soon_threadsafe(source.cancel)

    def _call_set_state(source):
        if loop is None or loop is source_loop:
            _set_state(destination, source)
        elif not loop.is_closed():
            loop.call_soon_threadsafe(_set_state, destination, source)

    destination.add_done_callback(_call_check_cancel)
    source.add_done_callback(_call_set_state)
