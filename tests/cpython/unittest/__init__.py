"""As much of unittest as the harness of `test-cpython` needs, so that it can be tested without CPython's library."""

import sys
import traceback


class SkipTest(Exception):
    pass


class TestCase:
    def __init__(self, name):
        self._name = name

    def id(self):
        return f'{type(self).__module__}.{type(self).__name__}.{self._name}'

    def run(self, result):
        result.startTest(self)
        try:
            getattr(self, self._name)()
        except KeyboardInterrupt:
            raise
        except SkipTest as skip:
            result.addSkip(self, str(skip))
        except BaseException:
            result.addError(self, sys.exc_info())
        else:
            result.addSuccess(self)
        finally:
            result.stopTest(self)


class TestResult:
    def __init__(self):
        self.errors, self.failures, self.skipped, self.unexpectedSuccesses = [], [], [], []

    def startTest(self, test):
        pass

    def stopTest(self, test):
        pass

    def addError(self, test, error):
        self.errors.append((test, ''.join(traceback.format_exception(*error))))

    def addSkip(self, test, reason):
        self.skipped.append((test, reason))


class TestSuite:
    def __init__(self, tests=()):
        self._tests = list(tests)

    def __iter__(self):
        return iter(self._tests)

    def addTest(self, test):
        self._tests.append(test)

    def run(self, result):
        for test in self._tests:
            test.run(result)


class _Loader:
    def loadTestsFromModule(self, module):
        return TestSuite(
            TestSuite(case(name) for name in sorted(vars(case)) if name.startswith('test'))
            for case in vars(module).values() if isinstance(case, type) and issubclass(case, TestCase))


defaultTestLoader = _Loader()

from .main import main
