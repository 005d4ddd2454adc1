"""Queues."""

from _loopscope import Queue, QueueEmpty, QueueFull, QueueShutDown

__all__ = ('Queue', 'PriorityQueue', 'LifoQueue', 'QueueFull', 'QueueEmpty', 'QueueShutDown')


class PriorityQueue(Queue):
    def __init__(self, maxsize=0):
        super().__init__(maxsize, _discipline='priority')


class LifoQueue(Queue):
    def __init__(self, maxsize=0):
        super().__init__(maxsize, _discipline='lifo')
