"""Futures."""

from _loopscope import Future, isfuture

__all__ = ('Future', 'wrap_future', 'isfuture')


def _get_loop(fut):
    return fut.get_loop()


def wrap_future(future, *, loop=None):
    if isfuture(future):
        return future
    raise NotImplementedError('asyncio.wrap_future is not simulated: threads do not exist here yet')
