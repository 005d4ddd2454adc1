def load(name):
    try:
        return {"port": "80"}[name]
    except KeyError as error:
        raise LookupError(f"no setting {name}") from error


def start():
    try:
        load("host")
    except LookupError:
        raise RuntimeError("cannot start")


try:
    start()
except RuntimeError as error:
    print(repr(error.__context__), error.__suppress_context__)
    raise SystemError("gave up") from error
