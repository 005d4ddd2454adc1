def numbers():
    yield 1
    raise StopIteration("early")


generator = numbers()
print(next(generator))
try:
    next(generator)
except RuntimeError as error:
    print(error, "<-", repr(error.__cause__))


def echo():
    try:
        received = yield "ready"
    except ValueError as error:
        raise KeyError("translated") from error


generator = echo()
print(next(generator))
generator.throw(ValueError("thrown in"))
