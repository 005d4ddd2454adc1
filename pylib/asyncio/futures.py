"""Futures."""

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
    if isfuture(future):
        return future
    raise NotImplementedError('asyncio.wrap_future is not simulated: threads do not exist here yet')
