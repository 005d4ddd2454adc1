"""The event loop and the policy that a program gets when it asks for nothing else."""

from _threads import ident as _thread_number

from . import _absent, coroutines, events
from ._absent import (AbstractChildWatcher, BaseChildWatcher, FastChildWatcher, MultiLoopChildWatcher, PidfdChildWatcher,
                      SafeChildWatcher, ThreadedChildWatcher)
from .selector_events import BaseSelectorEventLoop

__all__ = ('SelectorEventLoop', 'AbstractChildWatcher', 'SafeChildWatcher', 'FastChildWatcher', 'PidfdChildWatcher',
           'MultiLoopChildWatcher', 'ThreadedChildWatcher', 'DefaultEventLoopPolicy', 'EventLoop')


def _sighandler_noop(signum, frame):
    """What Python is told to do with a signal that loops handle."""
    if _woken_loop is not None:
        _woken_loop._handle_signal(signum)


# The loop that learns of signals: the last one that asked for any, as with the one descriptor that
# CPython writes them to.
_woken_loop = None


class _UnixSelectorEventLoop(_absent.UnixMethods, BaseSelectorEventLoop):
    """An event loop with signals."""

    def __init__(self, selector=None):
        super().__init__(selector)
        self._signal_handlers = {}

    def close(self):
        super().close()
        for sig in list(self._signal_handlers):
            self.remove_signal_handler(sig)

    def add_signal_handler(self, sig, callback, *args):
        import signal
        if coroutines.iscoroutine(callback) or coroutines.iscoroutinefunction(callback):
            raise TypeError('coroutines cannot be used with add_signal_handler()')
        self._check_signal(sig)
        self._check_closed()
        if _thread_number() != 1:
            raise RuntimeError('set_wakeup_fd only works in main thread of the main interpreter')
        global _woken_loop
        _woken_loop = self
        self._signal_handlers[sig] = events.Handle(callback, args, self, None)
        try:
            signal.signal(sig, _sighandler_noop)
        except OSError as error:
            del self._signal_handlers[sig]
            self._sleep_if_unused()
            raise _cannot_be_caught(sig, error)

    def _handle_signal(self, sig):
        handle = self._signal_handlers.get(sig)
        if handle is None:
            return
        if handle.cancelled():
            self.remove_signal_handler(sig)
        else:
            self._add_callback_signalsafe(handle)

    def remove_signal_handler(self, sig):
        import signal
        self._check_signal(sig)
        if self._signal_handlers.pop(sig, None) is None:
            return False
        try:
            signal.signal(sig, signal.default_int_handler if sig == signal.SIGINT else signal.SIG_DFL)
        except OSError as error:
            raise _cannot_be_caught(sig, error)
        self._sleep_if_unused()
        return True

    def _sleep_if_unused(self):
        global _woken_loop
        if not self._signal_handlers:
            _woken_loop = None

    def _check_signal(self, sig):
        import signal
        if not isinstance(sig, int):
            raise TypeError(f'sig must be an int, not {sig!r}')
        if sig not in signal.valid_signals():
            raise ValueError(f'invalid signal number {sig}')


def _cannot_be_caught(sig, error):
    return RuntimeError(f'sig {sig} cannot be caught') if error.errno == 22 else error


class _UnixDefaultEventLoopPolicy(_absent.PolicyMethods, events.BaseDefaultEventLoopPolicy):
    """The policy that holds when a program sets none."""

    _loop_factory = _UnixSelectorEventLoop


SelectorEventLoop = EventLoop = _UnixSelectorEventLoop
DefaultEventLoopPolicy = _UnixDefaultEventLoopPolicy
