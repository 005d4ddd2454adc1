class ShopError(Exception):
    """Base of all."""


class OutOfStock(ShopError):
    def __init__(self, item, left=0):
        super().__init__(item, left)
        self.item = item

    def __str__(self):
        return f"{self.item!r} is out of stock"


class Multiline(ShopError):
    def __str__(self):
        return "first line\nsecond line\n  third line"


class Empty(ShopError):
    def __str__(self):
        return ""


for error in (OutOfStock("tea"), Multiline(), Empty(), ShopError(1, "two")):
    print(repr(error), "|", error)

try:
    raise Multiline
except ShopError:
    try:
        raise Empty
    except ShopError:
        raise OutOfStock("coffee", left=-1)
