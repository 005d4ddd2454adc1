"""`unittest.main()` of a test module: no command line, no text, only reports to whoever runs the tests."""

from _cpython_tests_harness import run_tests


class TestProgram:
    def __init__(self, module='__main__', *args, **kwargs):
        run_tests(module)


main = TestProgram
