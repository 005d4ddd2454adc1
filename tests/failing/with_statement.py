from contextlib import contextmanager, suppress


class Resource:
    def __init__(self, name):
        self.name = name

    def __enter__(self):
        print("open", self.name)
        return self

    def __exit__(self, kind, error, traceback):
        print("close", self.name, kind and kind.__name__)
        if self.name == "b":
            raise OSError(f"closing {self.name}")


@contextmanager
def section(title):
    print("begin", title)
    try:
        yield title
    except ValueError as error:
        raise RuntimeError(f"in {title}") from error
    finally:
        print("end", title)


with suppress(RuntimeError), section("suppressed"):
    raise ValueError("quiet")

with Resource("a") as a, \
        Resource("b") as b:
    with section("inner") as title:
        raise ValueError(title)
