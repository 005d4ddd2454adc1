"""Primitives that tasks wait for."""

import _loopscope as _native

__all__ = ('Lock', 'Event', 'Condition', 'Semaphore', 'BoundedSemaphore', 'Barrier')


# A method of the library does not call other methods by name. Where CPython's does, and a subclass
# replaces what is called, the subclass gets these instead.


async def _enter_by_acquire(self):
    await self.acquire()


async def _exit_by_release(self, *error):
    self.release()


async def _enter_by_wait(self):
    return await self.wait()


async def _wait_for(self, predicate):
    result = predicate()
    while not result:
        await self.wait()
        result = predicate()
    return result


def _notify_all(self):
    self.notify(len(self._waiters))


class _CallsByName:
    _calls_by_name = ()

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        for called, caller, by_name in cls._calls_by_name:
            if called in cls.__dict__ and caller not in cls.__dict__:
                setattr(cls, caller, by_name)


_ACQUIRED = ('acquire', '__aenter__', _enter_by_acquire), ('release', '__aexit__', _exit_by_release)


class Lock(_CallsByName, _native.Lock):
    _calls_by_name = _ACQUIRED

    def __init__(self):
        super().__init__()


class Event(_native.Event):
    def __init__(self):
        super().__init__()


class Condition(_CallsByName, _native.Condition):
    _calls_by_name = ('wait', 'wait_for', _wait_for), ('notify', 'notify_all', _notify_all)

    def __init__(self, lock=None):
        super().__init__(lock)


class Semaphore(_CallsByName, _native.Semaphore):
    _calls_by_name = _ACQUIRED
    _bounded = False

    def __init__(self, value=1):
        super().__init__(value, self._bounded)


class BoundedSemaphore(Semaphore):
    _bounded = True

    def __init__(self, value=1):
        super().__init__(value)


class Barrier(_CallsByName, _native.Barrier):
    _calls_by_name = ('wait', '__aenter__', _enter_by_wait),

    def __init__(self, parties):
        super().__init__(parties)
