def attempt(function, *arguments, **named):
    try:
        function(*arguments, **named)
    except Exception as error:
        print(type(error).__name__, error)


def none():
    pass


def two(a, b):
    pass


def three(a, b, c):
    pass


def default(a, b=1, *, key, other=2):
    pass


def only_position(a, b, /, c):
    pass


def keys(*, first, second, third):
    pass


class Point:
    def __init__(self, x, y):
        self.x = x

    def move(self, dx):
        pass

    @staticmethod
    def origin():
        pass

    @classmethod
    def build(cls, text):
        pass


class Plain:
    pass


attempt(none, 1)
attempt(none, 1, 2)
attempt(none, key=1)
attempt(two)
attempt(two, 1)
attempt(two, 1, 2, 3)
attempt(two, 1, a=1)
attempt(two, 1, c=1)
attempt(three)
attempt(three, b=1)
attempt(default)
attempt(default, 1, 2, 3)
attempt(default, 1, 2, 3, key=4)
attempt(default, 1)
attempt(only_position, a=1, b=2, c=3)
attempt(only_position, 1)
attempt(keys)
attempt(keys, first=1)
attempt(keys, 1)
attempt(Point)
attempt(Point, 1)
attempt(Point, 1, 2, 3)
attempt(Point(1, 2).move)
attempt(Point(1, 2).move, 1, 2)
attempt(Point.move, 1)
attempt(Point.origin, 1)
attempt(Point.build)
attempt(Plain, 1)
attempt(Plain, x=1)
attempt(lambda: 1, 2)
attempt(lambda x: x)
attempt(default, 1, kye=2)
attempt(two, **{"a": 1, "zz": 2})
attempt(len)
attempt(len, 1, 2)
attempt(len, 5)
attempt(int, "x")
attempt(int, "x", 16)
attempt(int, [])
attempt(float, "abc")
attempt(sorted)
attempt(sorted, [1, "a"])
attempt(range)
attempt(range, "a")
attempt(range, 1, 2, 0)
attempt(isinstance, 1, 1)
attempt(max)
attempt(max, [])
attempt(max, 5)
attempt(sum, ["a"])
attempt(sum, 5)
attempt(ord, "ab")
attempt(chr, -1)
attempt(abs, "x")
attempt(iter, 5)
attempt(next, 5)
attempt(next, iter([]))
attempt(getattr, 5)
attempt(round, "x")
attempt(enumerate)
attempt(zip, 1)
attempt(dict, 5)
attempt(dict, [(1, 2, 3)])
attempt(list, 5)
attempt(list, 1, 2)
attempt(set, [[]])
attempt("a".join, [1])
attempt("a".join, 1)
attempt("abc".index, "z")
attempt(lambda: [1].remove(2))
attempt([].insert, 1)
attempt({}.get)
attempt({}.update, 5)
attempt("{}".format)
attempt("{a}".format)
attempt("{0.x}".format, 1)
attempt("%d".__mod__, "x")
attempt(5)
attempt("text")
attempt(None)
two(*[1, 2, 3], **{"d": 4})
