class Broken(Exception):
    def __str__(self):
        raise ValueError("no words")


class NotText(Exception):
    def __str__(self):
        return 5


class BrokenRepr(Exception):
    def __repr__(self):
        return 1 / 0


try:
    str(NotText())
except TypeError as error:
    print(error)
try:
    raise NotText
except NotText:
    try:
        raise BrokenRepr("inner")
    except BrokenRepr:
        raise Broken
