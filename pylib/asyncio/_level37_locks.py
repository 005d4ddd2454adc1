"""Primitives as Python 3.7 had them: each belongs to a loop from the beginning, and locks know two more idioms."""

import types

import _loopscope as _native
from _loopscope import use_loop

from . import events


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
        self._loop = events.get_event_loop() if loop is None else loop


class _InWith(_Bound):
    """`with await lock` and `with (yield from lock)`."""

    def acquire(self):
        return use_loop(super().acquire(), self._loop)

    def __aenter__(self):
        return use_loop(super().__aenter__(), self._loop)

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


class Lock(_InWith, _native.Lock):
    def __init__(self, *, loop=None):
        super().__init__()
        self._bind(loop)


class Event(_Bound, _native.Event):
    def __init__(self, *, loop=None):
        super().__init__()
        self._bind(loop)

    def wait(self):
        return use_loop(super().wait(), self._loop)


class Condition(_InWith, _native.Condition):
    def __init__(self, lock=None, *, loop=None):
        self._bind(loop)
        if lock is not None and lock._loop is not self._loop:
            raise ValueError('loop argument must agree with lock')
        super().__init__(lock)

    def wait(self):
        return use_loop(super().wait(), self._loop)

    def wait_for(self, predicate):
        return use_loop(super().wait_for(predicate), self._loop)


class Semaphore(_InWith, _native.Semaphore):
    def __init__(self, value=1, *, loop=None, _bounded=False):
        super().__init__(value, _bounded=_bounded)
        self._bind(loop)


class BoundedSemaphore(Semaphore):
    def __init__(self, value=1, *, loop=None):
        super().__init__(value, loop=loop, _bounded=True)


class Queue(_Bound, _native.Queue):
    def __init__(self, maxsize=0, *, loop=None, _discipline=None):
        super().__init__(maxsize, _discipline=_discipline)
        self._bind(loop)

    def get(self):
        return use_loop(super().get(), self._loop)

    def put(self, item):
        return use_loop(super().put(item), self._loop)

    def join(self):
        return use_loop(super().join(), self._loop)


class PriorityQueue(Queue):
    def __init__(self, maxsize=0, *, loop=None):
        super().__init__(maxsize, loop=loop, _discipline='priority')


class LifoQueue(Queue):
    def __init__(self, maxsize=0, *, loop=None):
        super().__init__(maxsize, loop=loop, _discipline='lifo')


LOCKS = (Lock, Event, Condition, Semaphore, BoundedSemaphore)
QUEUES = (Queue, PriorityQueue, LifoQueue)
for _class in LOCKS:
    _class.__module__ = 'asyncio.locks'
for _class in QUEUES:
    _class.__module__ = 'asyncio.queues'
