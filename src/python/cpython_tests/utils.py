"""What tests of asyncio share, on our loop.

CPython's test loop takes its time from a generator. Ours has a virtual clock, so the loop of a test is an
ordinary one, and the generator is not asked.
"""

import asyncio
import contextlib
import logging
import re
import sys
import time
import unittest
from asyncio import base_events, events
from asyncio.log import logger
from unittest import mock

from _cpython_tests import restart_clock

CLOCK_RES = 0.050


class TestLoop(base_events.BaseEventLoop):
    def __init__(self, gen=None):
        super().__init__()
        restart_clock()

    def advance_time(self, advance):
        if advance:
            time.sleep(advance)

    @property
    def _ready(self):
        """Empty as long as nothing is ready; how much is ready is not told."""
        return [] if self._is_idle() else [...]


def run_briefly(loop):
    async def nothing():
        pass
    coro = nothing()
    task = loop.create_task(coro)
    task._log_destroy_pending = False
    try:
        loop.run_until_complete(task)
    finally:
        coro.close()


def run_once(loop):
    loop.call_soon(loop.stop)
    loop.run_forever()


def run_until(loop, pred, timeout=30.0):
    give_up = loop.time() + timeout
    while not pred():
        if loop.time() > give_up:
            raise TimeoutError
        loop.run_until_complete(asyncio.sleep(0.001))


def MockCallback(**kwargs):
    return mock.Mock(spec=['__call__'], **kwargs)


class MockPattern(str):
    """Equals every string that it is found in, as a regular expression."""

    def __eq__(self, other):
        return re.search(str(self), other, re.DOTALL) is not None


class MockInstanceOf:
    """Equals every instance of a class."""

    def __init__(self, type):
        self._type = type

    def __eq__(self, other):
        return isinstance(other, self._type)


def get_function_source(func):
    """File and line of a function."""
    while not hasattr(func, '__code__'):
        func = getattr(func, '__wrapped__', None) or func.func
    return func.__code__.co_filename, func.__code__.co_firstlineno


class TestCase(unittest.TestCase):
    @staticmethod
    def close_loop(loop):
        if not loop.is_closed():
            loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()

    def set_event_loop(self, loop, *, cleanup=True):
        assert loop is not None
        # Whoever needs the loop must be told which one.
        events.set_event_loop(None)
        if cleanup:
            self.addCleanup(self.close_loop, loop)

    def new_test_loop(self, gen=None):
        loop = TestLoop(gen)
        self.set_event_loop(loop)
        return loop

    def tearDown(self):
        events.set_event_loop(None)
        self.assertIsNone(sys.exception())
        self.doCleanups()


@contextlib.contextmanager
def disable_logger():
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


async def await_without_task(coro):
    """Drives a coroutine from a callback, where there is no current task."""
    raised = []

    def drive():
        try:
            for _ in coro.__await__():
                pass
        except BaseException as error:
            raised.append(error)

    asyncio.get_running_loop().call_soon(drive)
    await asyncio.sleep(0)
    if raised:
        raise raised[0]
