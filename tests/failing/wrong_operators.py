import asyncio


def attempt(function):
    try:
        function()
    except Exception as error:
        print(type(error).__name__, error)


class Thing:
    pass


async def work():
    pass


attempt(lambda: 1 + "a")
attempt(lambda: "a" + 1)
attempt(lambda: [] + ())
attempt(lambda: () + [])
attempt(lambda: {} + {})
attempt(lambda: None + 1)
attempt(lambda: "a" - "b")
attempt(lambda: "a" * "b")
attempt(lambda: [1] * 1.5)
attempt(lambda: 1 < "a")
attempt(lambda: Thing() < Thing())
attempt(lambda: None > 0)
attempt(lambda: Thing() + 1)
attempt(lambda: -"a")
attempt(lambda: ~1.5)
attempt(lambda: not_there if False else +[])
attempt(lambda: 1 in 5)
attempt(lambda: 5 in "text")
attempt(lambda: 1 / 0)
attempt(lambda: 1 // 0)
attempt(lambda: 1 % 0)
attempt(lambda: 1.0 / 0)
attempt(lambda: 1.0 // 0)
attempt(lambda: 1.0 % 0)
attempt(lambda: 0 ** -1)
attempt(lambda: 0.0 ** -1)
attempt(lambda: divmod(1, 0))
attempt(lambda: pow(2, -1, 4))
attempt(lambda: 1 << -1)
attempt(lambda: 10.0 ** 400)
attempt(lambda: "%d" % "x")
attempt(lambda: "%s %s" % 1)
attempt(lambda: "%s" % (1, 2))
attempt(lambda: "%q" % 1)
attempt(lambda: "%(a)s" % 1)
attempt(lambda: f"{1:q}")
attempt(lambda: f"{'a':d}")
attempt(lambda: f"{Thing():>3}")
attempt(lambda: 5[0])
attempt(lambda: None[0])
attempt(lambda: Thing()[0])
attempt(lambda: [1]["a"])
attempt(lambda: "abc"["a"])
attempt(lambda: (1,)[1.0])
attempt(lambda: {}[[]])
attempt(lambda: {[]: 1})
attempt(lambda: {{}})
attempt(lambda: hash([]))
attempt(lambda: len(5))
attempt(lambda: [1][::0])
attempt(lambda: 5())
attempt(lambda: "a"())
attempt(lambda: Thing()())
attempt(lambda: [*5])
attempt(lambda: {**5})
attempt(lambda: print(*5))
attempt(lambda: print(**5))
attempt(lambda: print(**{1: 2}))
attempt(lambda: two(1))
attempt(lambda: setattr(5, "x", 1))
attempt(lambda: setattr(Thing, 5, 1))
attempt(lambda: delattr(Thing(), "x"))
attempt(lambda: Thing().x)
attempt(lambda: Thing.x)
attempt(lambda: work.x)
attempt(lambda: asyncio.x)
attempt(lambda: None.x)
attempt(lambda: [].x)
attempt(lambda: len.x)
attempt(lambda: object().x)
attempt(lambda: super().x)
attempt(lambda: type("A", (int, str), {}))
attempt(lambda: type("A", (bool,), {}))
attempt(lambda: "a".encode("nope"))
attempt(lambda: b"\xff".decode())
attempt(lambda: "é".encode("ascii"))
attempt(lambda: bytes([256]))
attempt(lambda: bytes("a"))
attempt(lambda: b"a" + "a")
attempt(lambda: int("12x"))
attempt(lambda: int(" "))
attempt(lambda: int("z", 40))
attempt(lambda: int(float("nan")))
attempt(lambda: int(float("inf")))
attempt(lambda: float(""))
attempt(lambda: complex("x"))
attempt(lambda: isinstance(1, "int"))
attempt(lambda: issubclass(1, int))


def assign_item():
    "text"[0] = "T"


def assign_tuple():
    (1, 2)[0] = 1


def delete_item():
    del [1][3]


def assign_index():
    [1][3] = 1


def assign_attribute():
    (5).x = 1


def assign_none():
    None.x = 1


def augmented():
    value = None
    value += 1


def with_number():
    with 5:
        pass


def delete_attribute():
    del Thing().x


for function in (assign_item, assign_tuple, delete_item, assign_index, assign_attribute,
                 assign_none, augmented, with_number, delete_attribute):
    attempt(function)
print(1 + 2 * "a" - 3)
