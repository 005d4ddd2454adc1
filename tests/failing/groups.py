def failure(error):
    try:
        raise error
    except Exception as caught:
        return caught


def inner():
    errors = [failure(ValueError("a")), failure(KeyError("b"))]
    raise ExceptionGroup("inner", errors)


try:
    inner()
except ExceptionGroup as group:
    group.add_note("note of the group")
    outer = ExceptionGroup("outer", [group, failure(OSError("disk")), TypeError("never raised")])
    outer.exceptions[1].add_note("note of a member")
    print(outer.subgroup(OSError))
    print(repr(outer.split(ValueError)))
    raise outer from failure(RuntimeError("the cause"))
