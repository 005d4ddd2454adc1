"""The part of test.support that tests of asyncio use."""

import unittest

SHORT_TIMEOUT = 30.0
LONG_TIMEOUT = 300.0
LOOPBACK_TIMEOUT = 5.0
verbose = 0


def gc_collect():
    import gc
    for _ in range(3):
        gc.collect()


def cpython_only(test):
    return unittest.skip('is about CPython as an implementation')(test)


def refcount_test(test):
    return unittest.skip('counts references as CPython does')(test)


def requires_resource(resource):
    def decorate(test):
        return test
    return decorate


def get_attribute(obj, name):
    try:
        return getattr(obj, name)
    except AttributeError:
        raise unittest.SkipTest(f'{obj!r} has no attribute {name!r}') from None


def maybe_get_event_loop_policy():
    import asyncio.events
    return asyncio.events._event_loop_policy


def reap_children():
    pass
