"""Pools of processes: threads here, which share the memory that processes would not share."""

from concurrent.futures import _base, thread


class BrokenProcessPool(_base.BrokenExecutor):
    pass


class ProcessPoolExecutor(thread.ThreadPoolExecutor):
    def __init__(self, max_workers=None, mp_context=None, initializer=None, initargs=(), *, max_tasks_per_child=None):
        super().__init__(4 if max_workers is None else max_workers, 'ProcessPool', initializer, initargs)
