class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


def where(point):
    match point:
        case Point(0, 0):
            return "origin"
        case Point(x, y) if x / y > 1:
            return "flat"
        case Point(1, 2, 3):
            return "never"
        case _:
            return "elsewhere"


print(where(Point(0, 0)))
print(where(Point(4, 2)))
try:
    where(Point(1, 2))
except TypeError as error:
    print(error)
where(Point(1, 0))
