"""Runs the test cases of `__main__`, one at a time, and reports each of them.

The standard library behind our own modules is read from the directory that the command was given.
"""

import sys

import _cpython_tests as native
from _frozen_importlib import ModuleSpec


class _Text:
    """A module made from a source text."""

    def __init__(self, source, file):
        self.source, self.file = source, file

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        module.__file__ = self.file
        exec(compile(self.source, self.file, 'exec'), module.__dict__)

    def get_source(self, name):
        return self.source


class _Finder:
    def __init__(self, find):
        self.find = find

    def find_spec(self, name, path=None, target=None):
        found = self.find(name)
        if found is None:
            return None
        source, file, is_package = found
        return ModuleSpec(name, _Text(source, file), origin=file, is_package=is_package)


def install():
    import builtins
    # Tests look for `hex(id(x))` in what the interpreter itself writes about x.
    builtins.id = native.address
    # What replaces a module goes first; the directory before the finder that refuses the rest.
    sys.meta_path.insert(0, _Finder(native.replacement))
    sys.meta_path.insert(-1, _Finder(native.library))
    _name_implementations()


def _name_implementations():
    """CPython has `asyncio` twice, in C and in Python. What is here once goes by the names of both."""
    from asyncio import futures, tasks
    futures._PyFuture = futures._CFuture = futures.Future
    tasks._PyTask = tasks._CTask = tasks.Task
    for name in ('current_task', '_register_task', '_unregister_task', '_enter_task', '_leave_task'):
        function, bare = getattr(tasks, name, None), name.removeprefix('_')
        setattr(tasks, f'_py_{bare}', function)
        setattr(tasks, f'_c_{bare}', function)


def _name(test):
    return test.id().removeprefix('__main__.')


def _cases(suite):
    import unittest
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from _cases(test)
        else:
            yield test


def run_tests(module='__main__'):
    import unittest

    class Result(unittest.TestResult):
        """Tells the outcome of a test when it is known."""

        def startTest(self, test):
            super().startTest(test)
            self._before = self._counts()
            self._succeeded = False
            native.begin(_name(test))

        def stopTest(self, test):
            super().stopTest(test)
            self._report(_name(test))

        def _lists(self):
            return self.errors, self.failures, self.unexpectedSuccesses, self.skipped

        def _counts(self):
            return [len(found) for found in self._lists()]

        def _report(self, name):
            errors, failures, unexpected, skipped = (
                found[before:] for found, before in zip(self._lists(), self._before))
            self._before = None
            if errors or failures:
                native.failed(name, '\n'.join(text for _, text in errors + failures))
            elif unexpected:
                native.failed(name, 'succeeded, and was expected to fail')
            elif skipped:
                native.skipped(name, skipped[0][1])
            elif self._succeeded:
                native.passed(name)
            # Otherwise an exception is on its way out that ends the run, and with it the test.

        def addSuccess(self, test):
            self._succeeded = True

        def addExpectedFailure(self, test, err):
            self._succeeded = True

        _before = None
        _succeeded = False

        def _outside(self, test, add, *args):
            """What happens between tests, in the fixtures of a class or a module, counts as a test."""
            if self._before is not None:
                return add(test, *args)
            self._before = self._counts()
            add(test, *args)
            self._report(_name(test))

        def addError(self, test, err):
            self._outside(test, super().addError, err)

        def addSkip(self, test, reason):
            self._outside(test, super().addSkip, reason)

    suite = unittest.TestSuite()
    for test in _cases(unittest.defaultTestLoader.loadTestsFromModule(sys.modules[module])):
        name = _name(test)
        if native.is_decided(name):
            continue
        reason = native.excluded(name)
        if reason is None:
            suite.addTest(test)
        else:
            native.skipped(name, reason)
    suite.run(Result())
