"""Primitives that tasks wait for."""

import _loopscope as _native

__all__ = ('Lock', 'Event', 'Condition', 'Semaphore', 'BoundedSemaphore', 'Barrier')


class Lock(_native.Lock):
    def __init__(self):
        super().__init__()


class Event(_native.Event):
    def __init__(self):
        super().__init__()


class Condition(_native.Condition):
    def __init__(self, lock=None):
        super().__init__(lock)


class Semaphore(_native.Semaphore):
    _bounded = False

    def __init__(self, value=1):
        super().__init__(value, self._bounded)


class BoundedSemaphore(Semaphore):
    _bounded = True

    def __init__(self, value=1):
        super().__init__(value)


class Barrier(_native.Barrier):
    def __init__(self, parties):
        super().__init__(parties)
