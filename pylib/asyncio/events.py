"""Event loops and which of them is meant."""

from _loopscope import (EventLoop as _EventLoop, Handle, TimerHandle, _get_running_loop, _set_running_loop,
                        get_running_loop)

from _threads import ident as _thread_number

from .base_events import BaseEventLoop

__all__ = ('AbstractEventLoop', 'AbstractEventLoopPolicy', 'DefaultEventLoopPolicy', 'Handle', 'TimerHandle',
           'SelectorEventLoop', 'EventLoop', 'get_event_loop_policy', 'set_event_loop_policy', 'get_event_loop',
           'set_event_loop', 'new_event_loop', '_set_running_loop', 'get_running_loop', '_get_running_loop')

AbstractEventLoop = _EventLoop


class _UnixSelectorEventLoop(BaseEventLoop):
    pass


SelectorEventLoop = EventLoop = _UnixSelectorEventLoop


class AbstractEventLoopPolicy:
    def get_event_loop(self):
        raise NotImplementedError

    def set_event_loop(self, loop):
        raise NotImplementedError

    def new_event_loop(self):
        raise NotImplementedError


class _UnixDefaultEventLoopPolicy(AbstractEventLoopPolicy):
    def __init__(self):
        # What was set in each thread, by its number.
        self._loops = {}

    def get_event_loop(self):
        thread = _thread_number()
        if thread == 1 and thread not in self._loops:
            import sys
            import warnings
            # The warning belongs to whoever called asyncio, not to asyncio.
            frame, level = sys._getframe(), 1
            while frame is not None and frame.f_code.co_filename.startswith('<frozen'):
                frame, level = frame.f_back, level + 1
            warnings.warn('There is no current event loop', DeprecationWarning, stacklevel=level)
            self.set_event_loop(self.new_event_loop())
        loop = self._loops.get(thread)
        if loop is None:
            name = 'MainThread'
            if thread != 1:
                import threading
                name = threading.current_thread().name
            raise RuntimeError(f'There is no current event loop in thread {name!r}.')
        return loop

    def set_event_loop(self, loop):
        if loop is not None and not isinstance(loop, _EventLoop):
            raise TypeError(f"loop must be an instance of AbstractEventLoop or None, not '{type(loop).__name__}'")
        self._loops[_thread_number()] = loop

    def new_event_loop(self):
        return _UnixSelectorEventLoop()


DefaultEventLoopPolicy = _UnixDefaultEventLoopPolicy
_policy = _UnixDefaultEventLoopPolicy()


def get_event_loop_policy():
    return _policy


def set_event_loop_policy(policy):
    global _policy
    if policy is not None and not isinstance(policy, AbstractEventLoopPolicy):
        raise TypeError(
            f"policy must be an instance of AbstractEventLoopPolicy or None, not '{type(policy).__name__}'")
    _policy = _UnixDefaultEventLoopPolicy() if policy is None else policy


def get_event_loop():
    running = _get_running_loop()
    return _policy.get_event_loop() if running is None else running


def set_event_loop(loop):
    _policy.set_event_loop(loop)


def new_event_loop():
    return _policy.new_event_loop()
