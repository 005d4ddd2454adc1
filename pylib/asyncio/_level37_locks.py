"""Primitives as Python 3.7 had them: each belongs to a loop from the beginning, and locks know two more idioms."""

import types

from _loopscope import use_loop

from . import events, locks, queues


class _Held:
    """A lock that was waited for, for a plain `with`."""

    def __init__(self, lock):
        self._lock = lock

    def __enter__(self):
        return None

    def __exit__(self, *error):
        try:
            self._lock.release()
        finally:
            self._lock = None


def _deprecated(idiom):
    import warnings
    warnings.warn(f"'{idiom}' is deprecated use 'async with lock' instead", DeprecationWarning, stacklevel=3)


class _Bound:
    """What belongs to a loop."""

    def _bind(self, loop):
        # What is native holds its loop weakly.
        self._loop = self._owner = events.get_event_loop() if loop is None else loop


class _InWith(_Bound):
    """`with await lock` and `with (yield from lock)`."""

    def acquire(self):
        return use_loop(super().acquire(), self._owner)

    def __aenter__(self):
        return use_loop(super().__aenter__(), self._owner)

    def __enter__(self):
        raise RuntimeError('"yield from" should be used as context manager expression')

    def __exit__(self, *error):
        pass

    @types.coroutine
    def __iter__(self):
        _deprecated('with (yield from lock)')
        yield from self.acquire()
        return _Held(self)

    async def _hold(self):
        await self.acquire()
        return _Held(self)

    def __await__(self):
        _deprecated('with await lock')
        return self._hold().__await__()


class Lock(_InWith, locks.Lock):
    def __init__(self, *, loop=None):
        super().__init__()
        self._bind(loop)


class Event(_Bound, locks.Event):
    def __init__(self, *, loop=None):
        super().__init__()
        self._bind(loop)

    def wait(self):
        return use_loop(super().wait(), self._owner)


class Condition(_InWith, locks.Condition):
    def __init__(self, lock=None, *, loop=None):
        loop = events.get_event_loop() if loop is None else loop
        if lock is not None and lock._loop is not loop:
            raise ValueError('loop argument must agree with lock')
        super().__init__(lock)
        self._bind(loop)

    def wait(self):
        return use_loop(super().wait(), self._owner)

    def wait_for(self, predicate):
        return use_loop(super().wait_for(predicate), self._owner)


class Semaphore(_InWith, locks.Semaphore):
    def __init__(self, value=1, *, loop=None):
        super().__init__(value)
        self._bind(loop)


class BoundedSemaphore(Semaphore):
    _bounded = True


class Queue(_Bound, queues.Queue):
    def __init__(self, maxsize=0, *, loop=None):
        super().__init__(maxsize)
        self._bind(loop)

    def get(self):
        return use_loop(super().get(), self._owner)

    def put(self, item):
        return use_loop(super().put(item), self._owner)

    def join(self):
        return use_loop(super().join(), self._owner)


class PriorityQueue(Queue):
    _discipline = 'priority'


class LifoQueue(Queue):
    _discipline = 'lifo'


LOCKS = (Lock, Event, Condition, Semaphore, BoundedSemaphore)
QUEUES = (Queue, PriorityQueue, LifoQueue)
for _class in LOCKS:
    _class.__module__ = 'asyncio.locks'
for _class in QUEUES:
    _class.__module__ = 'asyncio.queues'
