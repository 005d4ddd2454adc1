class AppError(Exception):
    pass


def load():
    try:
        return {}["name"]
    except KeyError as error:
        raise AppError("cannot load") from error


try:
    load()
except AppError:
    assert 1 + 1 == 3, "arithmetic"
