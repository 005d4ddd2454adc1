"""Queues between threads; see threading for how they block."""

from _collections import deque
from heapq import heappop, heappush
import threading
from _threads import call as _call, deadline_after as _deadline_after

__all__ = ['Empty', 'Full', 'ShutDown', 'Queue', 'PriorityQueue', 'LifoQueue', 'SimpleQueue']


class Empty(Exception):
    pass


class Full(Exception):
    pass


class ShutDown(Exception):
    pass


Empty.__module__ = '_queue'


def _left(end):
    return (end - _deadline_after(0)) / 1e9


class Queue:
    def __init__(self, maxsize=0):
        self.maxsize = maxsize
        self._init(maxsize)
        self.mutex = threading.Lock()
        self.not_empty = threading.Condition(self.mutex)
        self.not_full = threading.Condition(self.mutex)
        self.all_tasks_done = threading.Condition(self.mutex)
        self.unfinished_tasks = 0
        self.is_shutdown = False

    # What subclasses replace.

    def _init(self, maxsize):
        self.queue = deque()

    def _qsize(self):
        return len(self.queue)

    def _put(self, item):
        self.queue.append(item)

    def _get(self):
        return self.queue.popleft()

    # Sizes.

    def qsize(self):
        return self._qsize()

    def empty(self):
        return not self._qsize()

    def full(self):
        return 0 < self.maxsize <= self._qsize()

    # Items.

    async def _put_steps(self, item, block=True, timeout=None):
        await self.mutex._acquire()
        try:
            if self.is_shutdown:
                raise ShutDown
            if self.maxsize > 0:
                if not block:
                    if self._qsize() >= self.maxsize:
                        raise Full
                elif timeout is None:
                    while self._qsize() >= self.maxsize:
                        await self.not_full._wait()
                        if self.is_shutdown:
                            raise ShutDown
                elif timeout < 0:
                    raise ValueError("'timeout' must be a non-negative number")
                else:
                    end = _deadline_after(timeout)
                    while self._qsize() >= self.maxsize:
                        left = _left(end)
                        if left <= 0:
                            raise Full
                        await self.not_full._wait(left)
                        if self.is_shutdown:
                            raise ShutDown
            await _call(self._put, item)
            self.unfinished_tasks += 1
            self.not_empty.notify()
        finally:
            self.mutex.release()

    put = threading.blocking(_put_steps)

    async def _get_steps(self, block=True, timeout=None):
        await self.mutex._acquire()
        try:
            if self.is_shutdown and not self._qsize():
                raise ShutDown
            if not block:
                if not self._qsize():
                    raise Empty
            elif timeout is None:
                while not self._qsize():
                    await self.not_empty._wait()
                    if self.is_shutdown and not self._qsize():
                        raise ShutDown
            elif timeout < 0:
                raise ValueError("'timeout' must be a non-negative number")
            else:
                end = _deadline_after(timeout)
                while not self._qsize():
                    left = _left(end)
                    if left <= 0:
                        raise Empty
                    await self.not_empty._wait(left)
                    if self.is_shutdown and not self._qsize():
                        raise ShutDown
            item = await _call(self._get)
            self.not_full.notify()
            return item
        finally:
            self.mutex.release()

    get = threading.blocking(_get_steps)

    async def _put_nowait(self, item):
        return await _call(self.put, item, block=False)

    put_nowait = threading.blocking(_put_nowait)

    async def _get_nowait(self):
        return await _call(self.get, block=False)

    get_nowait = threading.blocking(_get_nowait)

    # Unfinished items.

    def task_done(self):
        unfinished = self.unfinished_tasks - 1
        if unfinished < 0:
            raise ValueError('task_done() called too many times')
        self.unfinished_tasks = unfinished
        if unfinished == 0:
            self.all_tasks_done._waiters.tell(len(self.all_tasks_done._waiters))

    async def _join(self):
        await self.mutex._acquire()
        try:
            while self.unfinished_tasks:
                await self.all_tasks_done._wait()
        finally:
            self.mutex.release()

    join = threading.blocking(_join)

    async def _shutdown_steps(self, immediate=False):
        await self.mutex._acquire()
        try:
            self.is_shutdown = True
            if immediate:
                while self._qsize():
                    self._get()
                    if self.unfinished_tasks > 0:
                        self.unfinished_tasks -= 1
                self.all_tasks_done.notify_all()
            self.not_empty.notify_all()
            self.not_full.notify_all()
        finally:
            self.mutex.release()

    shutdown = threading.blocking(_shutdown_steps)


class PriorityQueue(Queue):
    def _init(self, maxsize):
        self.queue = []

    def _put(self, item):
        heappush(self.queue, item)

    def _get(self):
        return heappop(self.queue)


class LifoQueue(Queue):
    def _init(self, maxsize):
        self.queue = []

    def _put(self, item):
        self.queue.append(item)

    def _get(self):
        return self.queue.pop()


class SimpleQueue:
    def __init__(self):
        self._queue = deque()
        self._count = threading.Semaphore(0)

    def put(self, item, block=True, timeout=None):
        self._queue.append(item)
        self._count.release()

    put_nowait = put

    async def _get(self, block=True, timeout=None):
        if timeout is not None and timeout < 0:
            raise ValueError("'timeout' must be a non-negative number")
        if not await self._count._acquire(block, timeout):
            raise Empty
        return self._queue.popleft()

    get = threading.blocking(_get)

    def get_nowait(self):
        return self.get(block=False)

    def empty(self):
        return not self._queue

    def qsize(self):
        return len(self._queue)


SimpleQueue.__module__ = '_queue'
