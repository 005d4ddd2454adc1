try:
    try:
        raise ExceptionGroup("many", [ValueError("v"), TypeError("t"), OSError("o")])
    except* ValueError as group:
        print("values:", group.exceptions)
    except* TypeError:
        raise LookupError("while handling types")
    else:
        print("never")
    finally:
        print("finally")
except ExceptionGroup as group:
    print(group, [type(error).__name__ for error in group.exceptions])

try:
    raise KeyError("naked")
except* KeyError as group:
    print(repr(group))
