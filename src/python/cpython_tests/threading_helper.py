"""test.support.threading_helper."""


def threading_setup():
    return ()


def threading_cleanup(*original):
    pass


def requires_working_threading(*, module=False):
    return lambda test: test
