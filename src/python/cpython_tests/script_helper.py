"""test.support.script_helper: there are no other processes."""

import unittest


def assert_python_ok(*args, **env_vars):
    raise unittest.SkipTest('runs another interpreter in a process of its own')


assert_python_failure = assert_python_ok
