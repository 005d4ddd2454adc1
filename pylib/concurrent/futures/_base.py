"""Futures that threads settle and wait for. No lock is needed: a thread runs until it rests."""

import threading
import _loopscope
from _threads import call as _call, deadline_after as _deadline_after

FIRST_COMPLETED = 'FIRST_COMPLETED'
FIRST_EXCEPTION = 'FIRST_EXCEPTION'
ALL_COMPLETED = 'ALL_COMPLETED'
PENDING = 'PENDING'
RUNNING = 'RUNNING'
CANCELLED = 'CANCELLED'
CANCELLED_AND_NOTIFIED = 'CANCELLED_AND_NOTIFIED'
FINISHED = 'FINISHED'
_OVER = (CANCELLED_AND_NOTIFIED, FINISHED)
_DONE = (CANCELLED, CANCELLED_AND_NOTIFIED, FINISHED)


if _loopscope.is_37():
    # asyncio had no errors of its own.
    from _loopscope import CancelledError, TimeoutError
    Error = CancelledError.__base__
else:
    class Error(Exception):
        pass

    class CancelledError(Error):
        pass

    TimeoutError = TimeoutError


class InvalidStateError(Error):
    pass


class BrokenExecutor(RuntimeError):
    pass


def _logger():
    import logging
    return logging.getLogger('concurrent.futures')


class Future:
    _created = 0

    def __init__(self):
        Future._created += 1
        # Sets of futures are in the order of creation.
        self._number = Future._created
        self._condition = threading.Condition()
        self._state = PENDING
        self._result = self._exception = None
        self._waiters = []
        self._done_callbacks = []

    def __repr__(self):
        state = {CANCELLED_AND_NOTIFIED: CANCELLED}.get(self._state, self._state).lower()
        more = ''
        if self._state == FINISHED:
            if self._exception:
                more = f' raised {type(self._exception).__name__}'
            else:
                more = f' returned {type(self._result).__name__}'
        return f'<{type(self).__name__} at {id(self):#x} state={state}{more}>'

    def cancelled(self):
        return self._state in (CANCELLED, CANCELLED_AND_NOTIFIED)

    def running(self):
        return self._state == RUNNING

    def done(self):
        return self._state in _DONE

    def _tell_waiting(self):
        waiters = self._condition._waiters
        waiters.tell(len(waiters))

    async def _invoke(self, callback):
        try:
            await _call(callback, self)
        except Exception:
            _logger().exception('exception calling callback for %r', self)

    async def _invoke_callbacks(self):
        for callback in self._done_callbacks:
            await self._invoke(callback)

    async def _cancel(self):
        if self._state in (RUNNING, FINISHED):
            return False
        if self._state in (CANCELLED, CANCELLED_AND_NOTIFIED):
            return True
        self._state = CANCELLED
        self._tell_waiting()
        await self._invoke_callbacks()
        return True

    cancel = threading.blocking(_cancel)

    async def _add_done_callback(self, fn):
        if self._state not in _DONE:
            self._done_callbacks.append(fn)
        else:
            await self._invoke(fn)

    add_done_callback = threading.blocking(_add_done_callback)

    async def _done_within(self, timeout):
        if self._state not in _DONE:
            await self._condition._waiters.wait(timeout, 'result of a job')
        if self._state in (CANCELLED, CANCELLED_AND_NOTIFIED):
            raise CancelledError()
        if self._state != FINISHED:
            raise TimeoutError()

    async def _result_steps(self, timeout=None):
        try:
            await self._done_within(timeout)
            if self._exception:
                raise self._exception
            return self._result
        finally:
            # The traceback of the exception must not keep the future that keeps it.
            self = None

    result = threading.blocking(_result_steps)

    async def _exception_steps(self, timeout=None):
        await self._done_within(timeout)
        return self._exception

    exception = threading.blocking(_exception_steps)

    # For executors.

    def set_running_or_notify_cancel(self):
        if self._state == CANCELLED:
            self._state = CANCELLED_AND_NOTIFIED
            for waiter in self._waiters:
                waiter.add_cancelled(self)
            return False
        if self._state == PENDING:
            self._state = RUNNING
            return True
        _logger().critical('Future %s in unexpected state: %s', id(self), self._state)
        raise RuntimeError('Future in unexpected state')

    def _check_unsettled(self):
        if self._state in _DONE:
            raise InvalidStateError(f'{self._state}: {self!r}')

    async def _set_result(self, result):
        self._check_unsettled()
        self._result, self._state = result, FINISHED
        for waiter in self._waiters:
            waiter.add_result(self)
        self._tell_waiting()
        await self._invoke_callbacks()

    set_result = threading.blocking(_set_result)

    async def _set_exception(self, exception):
        self._check_unsettled()
        self._exception, self._state = exception, FINISHED
        for waiter in self._waiters:
            waiter.add_exception(self)
        self._tell_waiting()
        await self._invoke_callbacks()

    set_exception = threading.blocking(_set_exception)

    def __class_getitem__(cls, item):
        import types
        return types.GenericAlias(cls, item)


class _Waiter:
    """Waits for several futures: for the next that ends, or for enough of them."""

    def __init__(self, missing, stop_on_exception=False):
        self.event = threading.Event()
        self.finished = []
        self._missing, self._stop_on_exception = missing, stop_on_exception

    def _add(self, future):
        self.finished.append(future)
        self._missing -= 1
        if self._missing <= 0:
            self.event.set()

    add_result = add_cancelled = _add

    def add_exception(self, future):
        if self._stop_on_exception:
            self._missing = 0
        self._add(future)


def _in_order(futures):
    return sorted(futures, key=lambda future: future._number)


class DoneAndNotDoneFutures(tuple):
    __slots__ = ()
    _fields = ('done', 'not_done')
    done = property(lambda self: self[0])
    not_done = property(lambda self: self[1])

    def __new__(cls, done, not_done):
        return super().__new__(cls, (set(_in_order(done)), set(_in_order(not_done))))

    def __repr__(self):
        return f'DoneAndNotDoneFutures(done={self.done!r}, not_done={self.not_done!r})'


async def _wait(fs, timeout=None, return_when=ALL_COMPLETED):
    fs = _in_order(dict.fromkeys(fs))
    done = [future for future in fs if future._state in _OVER]
    rest = [future for future in fs if future._state not in _OVER]
    enough = (return_when == FIRST_COMPLETED and done
              or return_when == FIRST_EXCEPTION and any(
                  not future.cancelled() and future._exception is not None for future in done))
    if enough or not rest:
        return DoneAndNotDoneFutures(done, rest)
    if return_when == FIRST_COMPLETED:
        waiter = _Waiter(1)
    elif return_when in (FIRST_EXCEPTION, ALL_COMPLETED):
        waiter = _Waiter(len(rest), return_when == FIRST_EXCEPTION)
    else:
        raise ValueError(f'Invalid return condition: {return_when!r}')
    for future in fs:
        future._waiters.append(waiter)
    try:
        await waiter.event._wait(timeout)
    finally:
        for future in fs:
            future._waiters.remove(waiter)
    done.extend(waiter.finished)
    return DoneAndNotDoneFutures(done, [future for future in fs if future not in done])


wait = threading.blocking(_wait)


class _AsCompleted:
    """The futures as they end."""

    def __init__(self, fs, timeout):
        self._end = None if timeout is None else _deadline_after(timeout)
        self._pending = _in_order(dict.fromkeys(fs))
        self._total = len(self._pending)
        self._waiter = waiter = _Waiter(1)
        for future in self._pending:
            future._waiters.append(waiter)
        # CPython takes what has ended already from the end of a list.
        self._ready = [future for future in self._pending if future._state in _OVER][::-1]

    async def next(self):
        while not self._ready:
            if not self._pending:
                return None
            left = None if self._end is None else (self._end - _deadline_after(0)) / 1e9
            if left is not None and left < 0:
                raise TimeoutError(f'{len(self._pending)} (of {self._total}) futures unfinished')
            await self._waiter.event._wait(left)
            self._ready, self._waiter.finished = self._waiter.finished, []
            self._waiter.event.clear()
            self._waiter._missing = 1
        future = self._ready.pop(0)
        self._pending.remove(future)
        future._waiters.remove(self._waiter)
        return future

    def forget(self):
        for future in self._pending:
            future._waiters.remove(self._waiter)
        self._pending = []


def as_completed(fs, timeout=None):
    completed = _AsCompleted(fs, timeout)
    try:
        while True:
            future = threading._run(completed.next())
            if future is None:
                return
            yield future
            del future
    finally:
        completed.forget()


async def _as_completed(fs, timeout=None):
    return _as_completed_items(_AsCompleted(fs, timeout))


async def _as_completed_items(completed):
    try:
        while True:
            future = await completed.next()
            if future is None:
                return
            yield future
            del future
    finally:
        completed.forget()


as_completed.__twin_iter__ = _as_completed


async def _result_or_cancel(future, end):
    left = None if end is None else (end - _deadline_after(0)) / 1e9
    try:
        return await future._result_steps(left)
    finally:
        await future._cancel()


class Executor:
    def submit(self, fn, /, *args, **kwargs):
        raise NotImplementedError()

    async def _submit_all(self, fn, iterables, timeout):
        end = None if timeout is None else _deadline_after(timeout)
        return [await _call(self.submit, fn, *args) for args in zip(*iterables)], end

    def map(self, fn, *iterables, timeout=None, chunksize=1):
        futures, end = threading._run(self._submit_all(fn, iterables, timeout))

        def result_iterator():
            try:
                while futures:
                    yield threading._run(_result_or_cancel(futures.pop(0), end))
            finally:
                for future in futures:
                    future.cancel()
        return result_iterator()

    async def _map(self, fn, *iterables, timeout=None, chunksize=1):
        futures, end = await self._submit_all(fn, iterables, timeout)

        async def result_iterator():
            try:
                while futures:
                    yield await _result_or_cancel(futures.pop(0), end)
            finally:
                for future in futures:
                    await future._cancel()
        return result_iterator()

    map.__twin_iter__ = _map

    def shutdown(self, wait=True, *, cancel_futures=False):
        pass

    def __enter__(self):
        return self

    async def _exit(self, exc_type, exc_val, exc_tb):
        await _call(self.shutdown, wait=True)
        return False

    __exit__ = threading.blocking(_exit)
