import weakref


class Thing:
    pass


def gone(reference):
    raise LookupError("callback of a weak reference")


thing = Thing()
reference = weakref.ref(thing, gone)
thing = None


def generator():
    try:
        yield 1
    finally:
        raise OSError("closing the generator")


running = generator()
next(running)
del running


def ignoring():
    try:
        yield 1
    except GeneratorExit:
        yield 2


running = ignoring()
next(running)
del running
print("end")
