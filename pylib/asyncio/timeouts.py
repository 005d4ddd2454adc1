"""Limits on time."""

from _loopscope import Timeout, get_running_loop

__all__ = ('Timeout', 'timeout', 'timeout_at')


def timeout(delay):
    """Ends the block after `delay` seconds; `None` for no limit."""
    loop = get_running_loop()
    return Timeout(None if delay is None else loop.time() + delay)


def timeout_at(when):
    """Ends the block at `when`, in seconds of the loop's time."""
    return Timeout(when)
