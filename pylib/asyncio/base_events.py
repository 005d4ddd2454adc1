"""The event loop: what only translates. The turns themselves are in `_loopscope`."""

import sys

import _loopscope
from _threads import ident as _thread_number

from . import _absent, _network, constants, coroutines, events, format_helpers

__all__ = ('BaseEventLoop', 'Server')


def __getattr__(name):
    """The logger, which somebody may put another one in place of: logging takes long to import."""
    if name == 'logger':
        from .log import logger
        return logger
    raise AttributeError(f"module 'asyncio.base_events' has no attribute '{name}'")


def _logger():
    return globals().get('logger') or __getattr__('logger')


def _log_debug(message, *args):
    # Whoever has not imported logging does not see what is logged below warnings.
    if 'logging' in sys.modules:
        _logger().debug(message, *args)


class Server(events.AbstractServer):
    """Listens on sockets and knows its clients."""

    def __init__(self, loop, sockets, protocol_factory, ssl_context, backlog, ssl_handshake_timeout,
                 ssl_shutdown_timeout=None):
        import weakref
        self._loop = loop
        self._sockets = sockets
        self._clients = weakref.WeakSet()
        self._waiters = []
        self._protocol_factory = protocol_factory
        self._backlog = backlog
        self._ssl_context = ssl_context
        self._ssl_handshake_timeout = ssl_handshake_timeout
        self._ssl_shutdown_timeout = ssl_shutdown_timeout
        self._serving = False
        self._serving_forever_fut = None

    def __repr__(self):
        return f'<{self.__class__.__name__} sockets={self.sockets!r}>'

    def _attach(self, transport):
        if self._sockets is None:
            raise AssertionError()
        self._clients.add(transport)

    def _detach(self, transport):
        self._clients.discard(transport)
        if not self._clients and self._sockets is None:
            self._wakeup()

    def _wakeup(self):
        waiters, self._waiters = self._waiters, None
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    def _start_serving(self):
        if self._serving:
            return
        self._serving = True
        for sock in self._sockets:
            sock.listen(self._backlog)
            self._loop._start_serving(self._protocol_factory, sock, self._ssl_context, self, self._backlog,
                                      self._ssl_handshake_timeout, self._ssl_shutdown_timeout)

    def get_loop(self):
        return self._loop

    def is_serving(self):
        return self._serving

    @property
    def sockets(self):
        from .trsock import TransportSocket
        return tuple(TransportSocket(sock) for sock in self._sockets or ())

    def close(self):
        sockets, self._sockets = self._sockets, None
        if sockets is None:
            return
        for sock in sockets:
            self._loop._stop_serving(sock)
        self._serving = False
        if self._serving_forever_fut is not None and not self._serving_forever_fut.done():
            self._serving_forever_fut.cancel()
            self._serving_forever_fut = None
        if not self._clients:
            self._wakeup()

    def close_clients(self):
        for transport in self._clients.copy():
            transport.close()

    def abort_clients(self):
        for transport in self._clients.copy():
            transport.abort()

    async def start_serving(self):
        self._start_serving()
        await tasks.sleep(0)

    async def serve_forever(self):
        from .exceptions import CancelledError
        if self._serving_forever_fut is not None:
            raise RuntimeError(f'server {self!r} is already being awaited on serve_forever()')
        if self._sockets is None:
            raise RuntimeError(f'server {self!r} is closed')
        self._start_serving()
        self._serving_forever_fut = self._loop.create_future()
        try:
            await self._serving_forever_fut
        except CancelledError:
            try:
                self.close()
                await self.wait_closed()
            finally:
                raise
        finally:
            self._serving_forever_fut = None

    async def wait_closed(self):
        # `None` says that it is closed and that the last client is gone.
        if self._waiters is None:
            return
        waiter = self._loop.create_future()
        self._waiters.append(waiter)
        await waiter


class BaseEventLoop(_loopscope.EventLoop, _network.NetworkMethods, _absent.LoopMethods, events.AbstractEventLoop):
    """What all event loops have in common."""

    def __init__(self):
        super().__init__()
        self._exception_handler = None
        # Asynchronous generators that were started and not finished, oldest first.
        self._asyncgens = {}
        self._asyncgens_shutdown_called = False
        self._default_executor = None
        self._executor_shutdown_called = False
        self._old_agen_hooks = None
        # The thread that runs the loop.
        self._thread_id = None
        self._coroutine_origin_tracking_enabled = False
        self._coroutine_origin_tracking_saved_depth = None
        self.slow_callback_duration = 0.1
        self.set_debug(coroutines._is_debug_mode())

    def __del__(self):
        # Without the module nobody can have asked to hear about it.
        if 'warnings' in sys.modules and not self.is_closed():
            import warnings
            warnings.warn(f'unclosed event loop {self!r}', ResourceWarning, source=self)

    def __repr__(self):
        return (f'<{self.__class__.__name__} running={self.is_running()} closed={self.is_closed()} '
                f'debug={self.get_debug()}>')

    # Running.

    def _run_forever_setup(self):
        self._check_closed()
        self._check_running()
        self._watch()
        self._old_agen_hooks = sys.get_asyncgen_hooks()
        sys.set_asyncgen_hooks(firstiter=self._asyncgen_firstiter_hook, finalizer=self._asyncgen_finalizer_hook)

    def _run_forever_cleanup(self):
        self._unwatch()
        if self._old_agen_hooks is not None:
            sys.set_asyncgen_hooks(*self._old_agen_hooks)
            self._old_agen_hooks = None

    def _watch(self):
        """What debug mode looks at while the loop runs."""
        self._set_coroutine_origin_tracking(self.get_debug())
        self._thread_id = _thread_number()

    def _unwatch(self):
        self._thread_id = None
        self._set_coroutine_origin_tracking(False)

    def _check_running(self):
        if self.is_running():
            raise RuntimeError('This event loop is already running')
        if events._get_running_loop() is not None:
            raise RuntimeError('Cannot run the event loop while another loop is running')

    def run_forever(self):
        self._run_forever_setup()
        try:
            self._run_forever()
        finally:
            self._run_forever_cleanup()

    def run_until_complete(self, future):
        self._check_closed()
        self._check_running()
        is_new = not futures.isfuture(future)
        future = tasks.ensure_future(future, loop=self)
        if is_new:
            future._log_destroy_pending = False
        if not _loopscope._settles_natively(future):
            return self._run_until_done(future, is_new)
        self._run_forever_setup()
        try:
            return self._run_until_complete(future, is_new)
        finally:
            self._run_forever_cleanup()

    def _run_until_done(self, future, is_new):
        """The same for a future of another make, or one with methods of its own."""
        def stop(future):
            if future.cancelled() or not isinstance(future.exception(), (SystemExit, KeyboardInterrupt)):
                self.stop()
        future.add_done_callback(stop)
        try:
            self.run_forever()
        except:
            if is_new and future.done() and not future.cancelled():
                future.exception()
            raise
        finally:
            future.remove_done_callback(stop)
        if not future.done():
            raise RuntimeError('Event loop stopped before Future completed.')
        return future.result()

    # The same for a thread, which can be suspended.

    async def _run_forever_steps(self):
        self._check_closed()
        self._check_running()
        self._watch()
        try:
            await self._loop_run(self._asyncgen_firstiter_hook, self._asyncgen_finalizer_hook)
        finally:
            self._unwatch()

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
        if self.is_running():
            raise RuntimeError('Cannot close a running event loop')
        if self.is_closed():
            return
        if self.get_debug():
            _log_debug('Close %r', self)
        self._close()
        self._executor_shutdown_called = True
        executor, self._default_executor = self._default_executor, None
        if executor is not None:
            executor.shutdown(wait=False)

    def _timer_handle_cancelled(self, handle):
        """Cancelled timers are counted where the timers are."""

    # Debug mode.

    def set_debug(self, enabled):
        self._set_debug(enabled)
        if self.is_running():
            self.call_soon_threadsafe(self._set_coroutine_origin_tracking, enabled)

    def _set_coroutine_origin_tracking(self, enabled):
        if bool(enabled) == bool(self._coroutine_origin_tracking_enabled):
            return
        if enabled:
            self._coroutine_origin_tracking_saved_depth = sys.get_coroutine_origin_tracking_depth()
            # The loop's own frames would be among them.
            sys.set_coroutine_origin_tracking_depth(
                constants.DEBUG_STACK_DEPTH - format_helpers._FRAMES_OF_TASK)
        else:
            sys.set_coroutine_origin_tracking_depth(self._coroutine_origin_tracking_saved_depth)
        self._coroutine_origin_tracking_enabled = enabled

    def _check_callback(self, callback, method):
        if coroutines.iscoroutine(callback) or coroutines.iscoroutinefunction(callback):
            raise TypeError(f'coroutines cannot be used with {method}()')
        if not callable(callback):
            raise TypeError(f'a callable object was expected by {method}(), got {callback!r}')

    def _check_thread(self):
        if self._thread_id is not None and _thread_number() != self._thread_id:
            raise RuntimeError('Non-thread-safe operation invoked on an event loop other than the current one')

    def _was_slow(self, shown, seconds):
        """A step took long, in debug mode; `shown` is its task or its handle."""
        if seconds >= self.slow_callback_duration:
            _logger().warning('Executing %s took %.3f seconds', shown, seconds)

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

    def _asyncgen_firstiter_hook(self, agen):
        import weakref
        if self._asyncgens_shutdown_called:
            import warnings
            warnings.warn(f'asynchronous generator {agen!r} was scheduled after loop.shutdown_asyncgens() call',
                          ResourceWarning, source=self)
        key = id(agen)
        self._asyncgens[key] = weakref.ref(agen, lambda _: self._asyncgens.pop(key, None))

    def _asyncgen_finalizer_hook(self, agen):
        self._asyncgens.pop(id(agen), None)
        if not self.is_closed():
            self.call_soon_threadsafe(self.create_task, agen.aclose())

    async def shutdown_asyncgens(self):
        self._asyncgens_shutdown_called = True
        agens = [agen for agen in (ref() for ref in list(self._asyncgens.values())) if agen is not None]
        self._asyncgens.clear()
        if not agens:
            return
        results = await tasks.gather(*[agen.aclose() for agen in agens], return_exceptions=True)
        for result, agen in zip(results, agens):
            if isinstance(result, Exception):
                self.call_exception_handler({
                    'message': f'an error occurred during closing of asynchronous generator {agen!r}',
                    'exception': result, 'asyncgen': agen})

    def _has_own_shutdown(self):
        """Whether the program has replaced what `shutdown_asyncgens` or `shutdown_default_executor` does."""
        return any(getattr(getattr(self, name), '__func__', None) is not getattr(BaseEventLoop, name)
                   for name in ('shutdown_asyncgens', 'shutdown_default_executor'))

    # Threads.

    def run_in_executor(self, executor, func, *args):
        self._check_closed()
        if self.get_debug():
            self._check_callback(func, 'run_in_executor')
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
        current = self._current_handle
        if 'source_traceback' not in context and current is not None and current._source_traceback:
            context['handle_traceback'] = current._source_traceback
        lines = [message]
        for key in sorted(context):
            if key in ('message', 'exception'):
                continue
            value = context[key]
            whose = {'source_traceback': 'Object', 'handle_traceback': 'Handle'}.get(key)
            if whose is not None:
                import traceback
                places = ''.join(traceback.format_list(value)).rstrip()
                value = f'{whose} created at (most recent call last):\n{places}'
            else:
                value = repr(value)
            lines.append(f'{key}: {value}')
        exc_info = False if exception is None else (type(exception), exception, exception.__traceback__)
        _logger().error('\n'.join(lines), exc_info=exc_info)

    def call_exception_handler(self, context):
        if self._exception_handler is None:
            self._handle_by_default(context, 'Exception in default exception handler')
            return
        try:
            self._in_context_of(context, self._exception_handler)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._handle_by_default(
                {'message': 'Unhandled error in exception handler', 'exception': exc, 'context': context},
                'Exception in default exception handler while handling an unexpected error in custom '
                'exception handler')

    def _in_context_of(self, context, handler):
        """The handler runs in the context of what failed."""
        thing = next((context[key] for key in ('task', 'future', 'handle') if context.get(key) is not None), None)
        own = thing.get_context() if hasattr(thing, 'get_context') else None
        if own is not None and hasattr(own, 'run'):
            own.run(handler, self, context)
        else:
            handler(self, context)

    def _handle_by_default(self, context, failure):
        try:
            self.default_exception_handler(context)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException:
            _logger().error(failure, exc_info=True)


# Last, because tasks need events, and those need what is above.
from . import futures, tasks
