"""Running a program's main coroutine, and cleaning up after it."""

from . import coroutines, events, exceptions, tasks

__all__ = ('Runner', 'run')


class Runner:
    """Runs coroutines on one loop, which it closes at the end."""

    def __init__(self, *, debug=None, loop_factory=None):
        self._debug = debug
        self._loop_factory = loop_factory
        self._loop = None
        self._context = None
        self._closed = False
        self._interrupts = 0
        self._is_current = False

    def __enter__(self):
        self._prepare()
        return self

    def __exit__(self, *error):
        self.close()

    def _prepare(self):
        if self._closed:
            raise RuntimeError('Runner is closed')
        if self._loop is not None:
            return
        if self._loop_factory is None:
            self._loop = events.new_event_loop()
            if not self._is_current:
                events.set_event_loop(self._loop)
                self._is_current = True
        else:
            self._loop = self._loop_factory()
        if self._debug is not None:
            self._loop.set_debug(self._debug)

    def get_loop(self):
        self._prepare()
        return self._loop

    def run(self, coro, *, context=None):
        if not coroutines.iscoroutine(coro):
            raise ValueError(f'a coroutine was expected, got {coro!r}')
        if events._get_running_loop() is not None:
            raise RuntimeError('Runner.run() cannot be called from a running event loop')
        self._prepare()
        import signal
        if context is None:
            context = self._shared_context()
        task = self._loop.create_task(coro, context=context)
        self._interrupts = 0
        on_interrupt = None
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            def on_interrupt(signum, frame):
                self._interrupted(task)
            signal.signal(signal.SIGINT, on_interrupt)
        try:
            return self._loop.run_until_complete(task)
        except exceptions.CancelledError:
            if self._interrupts > 0 and task.uncancel() == 0:
                raise KeyboardInterrupt()
            raise
        finally:
            if on_interrupt is not None and signal.getsignal(signal.SIGINT) is on_interrupt:
                signal.signal(signal.SIGINT, signal.default_int_handler)

    async def _run_steps(self, coro, *, context=None):
        """The same in a thread, where nobody presses Ctrl+C."""
        if not coroutines.iscoroutine(coro):
            raise ValueError(f'a coroutine was expected, got {coro!r}')
        if events._get_running_loop() is not None:
            raise RuntimeError('Runner.run() cannot be called from a running event loop')
        self._prepare()
        task = self._loop.create_task(coro, context=self._shared_context() if context is None else context)
        return await self._loop._run_until_complete_steps(task)

    run.__twin__ = _run_steps

    def _shared_context(self):
        """One context for all runs of this runner, once there are context variables."""
        import sys
        if self._context is None and 'contextvars' in sys.modules:
            self._context = sys.modules['contextvars'].copy_context()
        return self._context

    def _interrupted(self, task):
        self._interrupts += 1
        if self._interrupts == 1 and not task.done():
            task.cancel()
            # The loop may be idle: give it something to wake up for.
            self._loop.call_soon_threadsafe(lambda: None)
            return
        raise KeyboardInterrupt()

    def close(self):
        if self._loop is None or self._closed:
            return
        loop = self._loop
        try:
            _cancel_all_tasks(loop)
            _wind_down(loop)
        finally:
            if self._is_current:
                events.set_event_loop(None)
            loop.close()
            self._loop = None
            self._closed = True

    async def _close_steps(self, *error):
        if self._loop is None or self._closed:
            return
        loop = self._loop
        try:
            left = tasks.all_tasks(loop)
            if left:
                for task in left:
                    task.cancel()
                await loop._run_until_complete_steps(tasks.gather(*left, return_exceptions=True))
                _report_failures(loop, left)
            await loop._run_until_complete_steps(loop._create_hidden_task(loop.shutdown_asyncgens()))
            await loop._run_until_complete_steps(loop._create_hidden_task(loop.shutdown_default_executor()))
        finally:
            if self._is_current:
                events.set_event_loop(None)
            loop.close()
            self._loop = None
            self._closed = True

    close.__twin__ = __exit__.__twin__ = _close_steps


def run(main, *, debug=None, loop_factory=None):
    """Runs `main` to its end, cancels what is left, and closes the loop."""
    if events._get_running_loop() is not None:
        raise RuntimeError('asyncio.run() cannot be called from a running event loop')
    with Runner(debug=debug, loop_factory=loop_factory) as runner:
        return runner.run(main)


async def _run_steps(main, *, debug=None, loop_factory=None):
    if events._get_running_loop() is not None:
        raise RuntimeError('asyncio.run() cannot be called from a running event loop')
    runner = Runner(debug=debug, loop_factory=loop_factory)
    runner._prepare()
    try:
        return await runner._run_steps(main)
    finally:
        await runner._close_steps()


run.__twin__ = _run_steps


def _cancel_all_tasks(loop):
    left = tasks.all_tasks(loop)
    if not left:
        return
    for task in left:
        task.cancel()
    loop.run_until_complete(tasks.gather(*left, return_exceptions=True))
    _report_failures(loop, left)


def _report_failures(loop, left):
    for task in left:
        if not task.cancelled() and task.exception() is not None:
            loop.call_exception_handler({
                'message': 'unhandled exception during asyncio.run() shutdown',
                'exception': task.exception(), 'task': task})


def _wind_down(loop):
    """Two tasks of the loop's own. They are left out, but for their numbers, when nothing could tell."""
    if loop._asyncgens or not loop._is_idle() or loop._default_executor is not None:
        loop.run_until_complete(loop._create_hidden_task(loop.shutdown_asyncgens()))
        loop.run_until_complete(loop._create_hidden_task(loop.shutdown_default_executor()))
    else:
        loop._skip_task_number()
        loop._skip_task_number()
