"""Pools of threads."""

import threading
from queue import Empty, SimpleQueue
from concurrent.futures import _base
from _threads import call as _call, job_began, job_ended, job_queued, pool as _pool

# The queues of all workers, by worker: at the end of the program they are told to stop.
_queues = {}
_shutdown = False


async def _end():
    global _shutdown
    _shutdown = True
    workers = list(_queues.items())
    for _, queue in workers:
        queue.put(None)
    for worker, _ in workers:
        await worker._join()


threading._register_atexit(threading.blocking(_end))


class BrokenThreadPool(_base.BrokenExecutor):
    pass


class _WorkItem:
    def __init__(self, job, future, fn, args, kwargs):
        self.job, self.future, self.fn, self.args, self.kwargs = job, future, fn, args, kwargs

    async def run(self):
        if not self.future.set_running_or_notify_cancel():
            job_ended(self.job, 'cancelled')
            return
        job_began(self.job)
        try:
            result = await _call(self.fn, *self.args, **self.kwargs)
        except BaseException as exc:
            job_ended(self.job, 'exception')
            await self.future._set_exception(exc)
            # The traceback must not keep what keeps it.
            self = None
        else:
            job_ended(self.job, 'result')
            await self.future._set_result(result)


async def _work(reference, queue, initializer, initargs):
    if initializer is not None:
        try:
            await _call(initializer, *initargs)
        except BaseException:
            _base._logger().critical('Exception in initializer:', exc_info=True)
            executor = reference()
            if executor is not None:
                await executor._initializer_failed()
            return
    try:
        while True:
            if queue.empty():
                executor = reference()
                if executor is not None:
                    executor._idle += 1
                del executor
            item = await queue._get()
            if item is not None:
                await item.run()
                del item
                continue
            executor = reference()
            if _shutdown or executor is None or executor._shutdown:
                if executor is not None:
                    executor._shutdown = True
                # The next worker is to stop as well.
                queue.put(None)
                return
            del executor
    except BaseException:
        _base._logger().critical('Exception in worker', exc_info=True)


_worker = threading.blocking(_work)


class ThreadPoolExecutor(_base.Executor):
    _counter = 0

    def __init__(self, max_workers=None, thread_name_prefix='', initializer=None, initargs=()):
        if max_workers is None:
            # Four processors, and four more.
            max_workers = 8
        if max_workers <= 0:
            raise ValueError('max_workers must be greater than 0')
        if initializer is not None and not callable(initializer):
            raise TypeError('initializer must be a callable')
        self._max_workers = max_workers
        self._work_queue = SimpleQueue()
        # Workers that wait for a job, less those that a submit has counted on.
        self._idle = 0
        self._threads = []
        self._broken = self._shutdown = False
        if not thread_name_prefix:
            thread_name_prefix = f'ThreadPoolExecutor-{ThreadPoolExecutor._counter}'
            ThreadPoolExecutor._counter += 1
        self._thread_name_prefix = thread_name_prefix
        self._initializer, self._initargs = initializer, initargs
        self._pool = _pool(thread_name_prefix, max_workers)

    async def _submit(self, fn, /, *args, **kwargs):
        if self._broken:
            raise BrokenThreadPool(self._broken)
        if self._shutdown:
            raise RuntimeError('cannot schedule new futures after shutdown')
        if _shutdown:
            raise RuntimeError('cannot schedule new futures after interpreter shutdown')
        future = _base.Future()
        future._pool = self._pool
        job = job_queued(self._pool, fn)
        self._work_queue.put(_WorkItem(job, future, fn, args, kwargs))
        await self._adjust_thread_count()
        return future

    submit = threading.blocking(_submit)

    async def _adjust_thread_count(self):
        if self._idle > 0:
            self._idle -= 1
            return
        count = len(self._threads)
        if count < self._max_workers:
            import weakref
            queue = self._work_queue
            reference = weakref.ref(self, lambda _: queue.put(None))
            worker = threading.Thread(name=f'{self._thread_name_prefix}_{count}', target=_worker,
                                      args=(reference, queue, self._initializer, self._initargs))
            await worker._start()
            self._threads.append(worker)
            _queues[worker] = queue

    async def _initializer_failed(self):
        self._broken = 'A thread initializer failed, the thread pool is not usable anymore'
        while not self._work_queue.empty():
            item = self._work_queue.get_nowait()
            if item is not None:
                await item.future._set_exception(BrokenThreadPool(self._broken))

    async def _shutdown_steps(self, wait=True, *, cancel_futures=False):
        self._shutdown = True
        while cancel_futures and not self._work_queue.empty():
            item = self._work_queue.get_nowait()
            if item is not None:
                await item.future._cancel()
                job_ended(item.job, 'cancelled')
        self._work_queue.put(None)
        if wait:
            for worker in self._threads:
                await worker._join()

    shutdown = threading.blocking(_shutdown_steps)
