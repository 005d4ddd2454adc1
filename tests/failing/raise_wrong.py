def attempt(function):
    try:
        function()
    except Exception as error:
        print(type(error).__name__, error)


def raise_text():
    raise "text"


def raise_instance_of_nothing():
    raise object()


def from_text():
    raise ValueError(1) from "text"


def nothing_active():
    raise


def except_text():
    try:
        1 / 0
    except "ZeroDivisionError":
        pass


attempt(raise_text)
attempt(raise_instance_of_nothing)
attempt(from_text)
attempt(nothing_active)
attempt(except_text)
raise NotImplemented
