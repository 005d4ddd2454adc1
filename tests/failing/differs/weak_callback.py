import weakref


class Thing:
    pass


def gone(reference):
    raise LookupError("callback of a weak reference")


thing = Thing()
reference = weakref.ref(thing, gone)
thing = None
print("end")
