"""Running a program's main coroutine, and cleaning up after it."""

import enum
import sys

from _threads import ident as _thread_number

from . import base_events, constants, coroutines, events, exceptions, tasks

__all__ = ('Runner', 'run')


class _State(enum.Enum):
    CREATED = 'created'
    INITIALIZED = 'initialized'
    CLOSED = 'closed'


class Runner:
    """Runs coroutines on one loop, which it closes at the end."""

    def __init__(self, *, debug=None, loop_factory=None):
        self._state = _State.CREATED
        self._debug = debug
        self._loop_factory = loop_factory
        self._loop = None
        self._context = None
        self._interrupt_count = 0
        self._set_event_loop = False

    def __enter__(self):
        self._lazy_init()
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.close()

    def _lazy_init(self):
        if self._state is _State.CLOSED:
            raise RuntimeError('Runner is closed')
        if self._state is _State.INITIALIZED:
            return
        if self._loop_factory is None:
            self._loop = events.new_event_loop()
            if not self._set_event_loop:
                events.set_event_loop(self._loop)
                self._set_event_loop = True
        else:
            self._loop = self._loop_factory()
        if self._debug is not None:
            self._loop.set_debug(self._debug)
        contextvars = sys.modules.get('contextvars')
        self._context = None if contextvars is None else contextvars.copy_context()
        self._state = _State.INITIALIZED

    def get_loop(self):
        self._lazy_init()
        return self._loop

    def run(self, coro, *, context=None):
        if not coroutines.iscoroutine(coro):
            raise ValueError(f'a coroutine was expected, got {coro!r}')
        if events._get_running_loop() is not None:
            raise RuntimeError('Runner.run() cannot be called from a running event loop')
        self._lazy_init()
        if context is None:
            context = self._shared_context()
        task = self._loop.create_task(coro, context=context)
        import signal
        on_sigint = None
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            import functools
            on_sigint = functools.partial(self._on_sigint, main_task=task)
            try:
                signal.signal(signal.SIGINT, on_sigint)
            except ValueError:
                # Signals cannot be handled here.
                on_sigint = None
        self._interrupt_count = 0
        try:
            return self._loop.run_until_complete(task)
        except exceptions.CancelledError:
            if self._interrupt_count > 0:
                uncancel = getattr(task, 'uncancel', None)
                if uncancel is not None and uncancel() == 0:
                    raise KeyboardInterrupt()
            raise
        finally:
            if on_sigint is not None and signal.getsignal(signal.SIGINT) is on_sigint:
                signal.signal(signal.SIGINT, signal.default_int_handler)

    async def _run_steps(self, coro, *, context=None):
        """The same in a thread, where nobody presses Ctrl+C."""
        if not coroutines.iscoroutine(coro):
            raise ValueError(f'a coroutine was expected, got {coro!r}')
        if events._get_running_loop() is not None:
            raise RuntimeError('Runner.run() cannot be called from a running event loop')
        self._lazy_init()
        task = self._loop.create_task(coro, context=self._shared_context() if context is None else context)
        return await self._loop._run_until_complete_steps(task)

    run.__twin__ = _run_steps

    def _shared_context(self):
        """One context for all runs of this runner: a copy of what there was when it began.

        Before anybody has imported contextvars there are no variables, and no contexts.
        """
        contextvars = sys.modules.get('contextvars')
        if self._context is None and contextvars is not None:
            self._context = contextvars.Context()
        return self._context

    def _on_sigint(self, signum, frame, main_task):
        self._interrupt_count += 1
        if self._interrupt_count == 1 and not main_task.done():
            main_task.cancel()
            # The loop may be idle: give it something to wake up for.
            self._loop.call_soon_threadsafe(lambda: None)
            return
        raise KeyboardInterrupt()

    def close(self):
        if self._state is not _State.INITIALIZED:
            return
        loop = self._loop
        try:
            _cancel_all_tasks(loop)
            _wind_down(loop)
        finally:
            self._forget_loop()


    async def _close_steps(self, *error):
        if self._state is not _State.INITIALIZED:
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
            await loop._run_until_complete_steps(loop._create_hidden_task(
                loop.shutdown_default_executor(constants.THREAD_JOIN_TIMEOUT)))
        finally:
            self._forget_loop()

    close.__twin__ = __exit__.__twin__ = _close_steps

    def _forget_loop(self):
        if self._set_event_loop:
            events.set_event_loop(None)
        self._loop.close()
        self._loop = None
        self._state = _State.CLOSED


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
    runner._lazy_init()
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
    ours = isinstance(loop, base_events.BaseEventLoop)
    if not ours or loop._has_own_shutdown():
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.run_until_complete(loop.shutdown_default_executor(constants.THREAD_JOIN_TIMEOUT))
    elif loop._asyncgens or not loop._is_idle() or loop._default_executor is not None:
        loop.run_until_complete(loop._create_hidden_task(loop.shutdown_asyncgens()))
        loop.run_until_complete(loop._create_hidden_task(
            loop.shutdown_default_executor(constants.THREAD_JOIN_TIMEOUT)))
    else:
        loop._skip_task_number()
        loop._skip_task_number()
