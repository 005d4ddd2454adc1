"""The event loop: what only translates. The turns themselves are in `_loopscope`."""

import sys

from _loopscope import EventLoop

__all__ = ('BaseEventLoop',)


class BaseEventLoop(EventLoop):
    def __init__(self):
        super().__init__()
        self._exception_handler = None
        # Asynchronous generators that were started and not finished, oldest first.
        self._asyncgens = {}
        self._asyncgens_closed = False
        self._signal_handlers = {}
        self._default_executor = None
        self._executor_shutdown_called = False

    def __repr__(self):
        return (f'<{self.__class__.__name__} running={self.is_running()} closed={self.is_closed()} '
                f'debug={self.get_debug()}>')

    # Running.

    def _started(self):
        """Watches asynchronous generators; tells what to undo."""
        outside = sys.get_asyncgen_hooks()
        sys.set_asyncgen_hooks(firstiter=self._asyncgen_first_iterated, finalizer=self._asyncgen_finalized)
        return outside

    def run_forever(self):
        outside = self._started()
        try:
            self._run_forever()
        finally:
            sys.set_asyncgen_hooks(*outside)

    def run_until_complete(self, future):
        outside = self._started()
        try:
            return self._run_until_complete(future)
        finally:
            sys.set_asyncgen_hooks(*outside)

    # The same for a thread, which can be suspended.

    async def _run_forever_steps(self):
        await self._loop_run(self._asyncgen_first_iterated, self._asyncgen_finalized)

    async def _run_until_complete_steps(self, future):
        self._check_closed()
        is_new = not futures.isfuture(future)
        future = tasks.ensure_future(future, loop=self)
        if is_new:
            future._log_destroy_pending = False

        def stop(future):
            if future.cancelled() or not isinstance(future.exception(), (SystemExit, KeyboardInterrupt)):
                self.stop()
        future.add_done_callback(stop)
        try:
            await self._run_forever_steps()
        finally:
            future.remove_done_callback(stop)
        if not future.done():
            raise RuntimeError('Event loop stopped before Future completed.')
        return future.result()

    run_forever.__twin__ = _run_forever_steps
    run_until_complete.__twin__ = _run_until_complete_steps

    def close(self):
        self._close()
        self._signal_handlers.clear()
        self._executor_shutdown_called = True
        executor, self._default_executor = self._default_executor, None
        if executor is not None:
            executor.shutdown(wait=False)

    # Futures and tasks. Written here so that an error leaves the coroutine in a frame, as it does in CPython.

    def create_future(self):
        return futures.Future(loop=self)

    def create_task(self, coro, *, name=None, context=None):
        self._check_closed()
        factory = self.get_task_factory()
        if factory is None:
            task = tasks.Task(coro, loop=self, name=name, context=context)
            if task._source_traceback:
                del task._source_traceback[-1]
            return task
        if context is None:
            task = factory(self, coro)
        else:
            task = factory(self, coro, context=context)
        # CPython 3.13.0 sets the name even when none was given: the task is then called "None".
        task.set_name(name)
        return task

    # Asynchronous generators.

    def _asyncgen_first_iterated(self, agen):
        import weakref
        if self._asyncgens_closed:
            import warnings
            warnings.warn(f'asynchronous generator {agen!r} was scheduled after loop.shutdown_asyncgens() call',
                          ResourceWarning, source=self)
        key = id(agen)
        self._asyncgens[key] = weakref.ref(agen, lambda _: self._asyncgens.pop(key, None))

    def _asyncgen_finalized(self, agen):
        self._asyncgens.pop(id(agen), None)
        if not self.is_closed():
            self.call_soon_threadsafe(self.create_task, agen.aclose())

    async def shutdown_asyncgens(self):
        self._asyncgens_closed = True
        agens = [agen for agen in (ref() for ref in list(self._asyncgens.values())) if agen is not None]
        self._asyncgens.clear()
        if not agens:
            return
        from .tasks import gather
        results = await gather(*[agen.aclose() for agen in agens], return_exceptions=True)
        for result, agen in zip(results, agens):
            if isinstance(result, Exception):
                self.call_exception_handler({
                    'message': f'an error occurred during closing of asynchronous generator {agen!r}',
                    'exception': result, 'asyncgen': agen})

    # Threads.

    def run_in_executor(self, executor, func, *args):
        self._check_closed()
        if executor is None:
            executor = self._default_executor
            if self._executor_shutdown_called:
                raise RuntimeError('Executor shutdown has been called')
            if executor is None:
                from concurrent.futures import ThreadPoolExecutor
                executor = self._default_executor = ThreadPoolExecutor(thread_name_prefix='asyncio')
        from .futures import wrap_future
        return wrap_future(executor.submit(func, *args), loop=self)

    def set_default_executor(self, executor):
        from concurrent.futures import ThreadPoolExecutor
        if not isinstance(executor, ThreadPoolExecutor):
            raise TypeError('executor must be ThreadPoolExecutor instance')
        self._default_executor = executor

    async def shutdown_default_executor(self, timeout=None):
        self._executor_shutdown_called = True
        if self._default_executor is None:
            return
        import threading
        from . import timeouts
        future = self.create_future()
        thread = threading.Thread(target=self._do_shutdown, args=(future,))
        thread.start()
        try:
            async with timeouts.timeout(timeout):
                await future
        except TimeoutError:
            import warnings
            warnings.warn(f'The executor did not finishing joining its threads within {timeout} seconds.',
                          RuntimeWarning, stacklevel=2)
            self._default_executor.shutdown(wait=False)
        else:
            thread.join()

    async def _do_shutdown_steps(self, future):
        try:
            await self._default_executor._shutdown_steps(wait=True)
            if not self.is_closed():
                self.call_soon_threadsafe(lambda: future.cancelled() or future.set_result(None))
        except Exception as exc:
            if not self.is_closed() and not future.cancelled():
                self.call_soon_threadsafe(future.set_exception, exc)

    def _do_shutdown(self, future):
        """Only ever run by a thread, which awaits the steps."""

    _do_shutdown.__twin__ = _do_shutdown_steps

    # Errors that nobody can catch.

    def get_exception_handler(self):
        return self._exception_handler

    def set_exception_handler(self, handler):
        if handler is not None and not callable(handler):
            raise TypeError(f'A callable object or None is expected, got {handler!r}')
        self._exception_handler = handler

    def default_exception_handler(self, context):
        message = context.get('message') or 'Unhandled exception in event loop'
        exception = context.get('exception')
        lines = [message]
        for key in sorted(context):
            if key in ('message', 'exception'):
                continue
            value = context[key]
            if key in ('source_traceback', 'handle_traceback'):
                import traceback
                value = 'Object created at (most recent call last):\n' + ''.join(traceback.format_list(value)).rstrip()
            else:
                value = repr(value)
            lines.append(f'{key}: {value}')
        from .log import logger
        logger.error('\n'.join(lines), exc_info=exception if exception is not None else False)

    def call_exception_handler(self, context):
        if self._exception_handler is None:
            try:
                self.default_exception_handler(context)
            except (SystemExit, KeyboardInterrupt):
                raise
            except Exception:
                from .log import logger
                logger.error('Exception in default exception handler', exc_info=True)
            return
        try:
            self._exception_handler(self, context)
        except (SystemExit, KeyboardInterrupt):
            raise
        except Exception as exc:
            try:
                self.default_exception_handler({
                    'message': 'Unhandled error in exception handler', 'exception': exc, 'context': context})
            except (SystemExit, KeyboardInterrupt):
                raise
            except Exception:
                from .log import logger
                logger.error('Exception in default exception handler while handling an unexpected error in custom '
                             'exception handler', exc_info=True)

    # Signals.

    def add_signal_handler(self, sig, callback, *args):
        import signal
        self._check_closed()
        self._signal_handlers[sig] = (callback, args)
        signal.signal(sig, self._handle_signal)

    def _handle_signal(self, sig, frame):
        callback, args = self._signal_handlers[sig]
        self.call_soon_threadsafe(callback, *args)

    def remove_signal_handler(self, sig):
        import signal
        if self._signal_handlers.pop(sig, None) is None:
            return False
        signal.signal(sig, signal.default_int_handler if sig == signal.SIGINT else signal.SIG_DFL)
        return True


# Last, because tasks need events, and those need what is above.
from . import futures, tasks
