"""Primitives that tasks wait for."""

from _loopscope import Barrier, Condition, Event, Lock, Semaphore

__all__ = ('Lock', 'Event', 'Condition', 'Semaphore', 'BoundedSemaphore', 'Barrier')


class BoundedSemaphore(Semaphore):
    def __init__(self, value=1):
        super().__init__(value, _bounded=True)
