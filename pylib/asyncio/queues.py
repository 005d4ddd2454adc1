"""Queues."""

import _loopscope as _native
from _loopscope import QueueEmpty, QueueFull, QueueShutDown

__all__ = ('Queue', 'PriorityQueue', 'LifoQueue', 'QueueFull', 'QueueEmpty', 'QueueShutDown')


class _Finished:
    """The event that joiners wait for."""

    def __init__(self, queue):
        self.is_set, self.set, self.clear = queue._is_finished, queue._finish, queue._unfinish
        self.wait = queue._wait_finished


class Queue(_native.Queue):
    _discipline = 'fifo'

    def __init__(self, maxsize=0):
        super().__init__(maxsize, self._discipline)

    @property
    def _finished(self):
        return _Finished(self)


class PriorityQueue(Queue):
    _discipline = 'priority'


class LifoQueue(Queue):
    _discipline = 'lifo'
