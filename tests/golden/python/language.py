"""What the language can do, one corner a line. CPython 3.13 prints the same."""
import contextlib
import itertools
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from dataclasses import dataclass, field
from enum import Enum, Flag, auto
from functools import cached_property, lru_cache, partial, reduce, singledispatch, wraps
from typing import Generic, NamedTuple, Protocol, TypeVar


@dataclass(order=True, slots=True)
class Point:
    x: int
    y: int = 0
    tags: list[str] = field(default_factory=list, compare=False)


class Colour(Enum):
    RED = auto()
    GREEN = "g"


class Mode(Flag):
    READ = auto()
    WRITE = auto()


def describe(thing):
    match thing:
        case Point(x=0, y=y):
            return f"on the axis at {y}"
        case [first, *rest] if rest:
            return f"{first} and {len(rest)} more"
        case {"kind": str(kind), **others}:
            return f"{kind} with {sorted(others)}"
        case int() | float():
            return "a number"
        case _:
            return "something"


print(describe(Point(0, 3)), describe([1, 2, 3]), describe({"kind": "k", "a": 1}), describe(2.5), describe(None), sep="; ")
print(Point(1, 2), Point(1, 2) < Point(2), Colour.RED, Colour("g").name, Mode.READ | Mode.WRITE)
print([y for x in range(4) if (y := x * x) % 2 == 0], {k: v for k, v in zip("ab", itertools.count())}, {*"aab"} == {"a", "b"})
print(f"{3.14159:.2f} {'x':>3} {42:#x} {1_000_000:,} {'nested ' + f'{1 + 1}'!r} {Point(1)=}")


def logged(function):
    @wraps(function)
    def inner(*args, **kwargs):
        print("call", function.__name__, args, kwargs)
        return function(*args, **kwargs)
    return inner


@logged
def join(a, /, b, *, c="c"):
    return a + b + c


print(join("a", "b"), join("x", b="y", c="z"))


class Meta(type):
    def __new__(mcls, name, bases, space, **options):
        cls = super().__new__(mcls, name, bases, space)
        cls.options = options
        return cls


class Base(metaclass=Meta, answer=42):
    def __init_subclass__(cls, **kwargs):
        print("subclass", cls.__name__, kwargs)


class Derived(Base, colour="red"):
    @cached_property
    def value(self):
        print("computed")
        return 7

    def __getattr__(self, name):
        return f"no {name}"


derived = Derived()
print(derived.value, derived.value, derived.missing, Base.options)


class Box[T]:
    def __init__(self, item: T):
        self.item = item

    def map[U](self, function) -> "Box[U]":
        return Box(function(self.item))


type Pair = tuple[int, int]
print(Box(3).map(str).item, Pair.__name__, Pair.__value__)


@contextlib.contextmanager
def managed(name):
    print("enter", name)
    try:
        yield name.upper()
    except ValueError as error:
        print("swallow", error)
    finally:
        print("exit", name)


with managed("a") as a, managed("b"):
    print(a)
    raise ValueError("inside")

try:
    try:
        raise ExceptionGroup("group", [ValueError(1), TypeError(2), OSError(3)])
    except* ValueError as caught:
        print("values", caught.exceptions)
    except* TypeError as caught:
        print("types", caught.exceptions)
except ExceptionGroup as rest:
    print("rest", rest.exceptions, rest.message)


def numbers():
    total = 0
    while True:
        try:
            got = yield total
        except KeyError:
            got = 100
        if got is None:
            return "done"
        total += got


def outer():
    result = yield from numbers()
    print("inner said", result)


generator = outer()
print(next(generator), generator.send(5), generator.throw(KeyError), next(generator, "stopped"))
for number in range(3):
    if number == 5:
        break
else:
    print("no break")


@singledispatch
def kind(x):
    return "object"


@kind.register
def _(x: int):
    return "int"


@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(kind(1), kind("1"), fib(80), reduce(lambda a, b: a * b, range(1, 6)), partial(pow, 2)(10))
print(Counter("abracadabra").most_common(2), deque([1, 2, 3], maxlen=2), OrderedDict(a=1), dict(defaultdict(list, a=[1])))
Row = namedtuple("Row", "a b")
print(Row(1, 2)._replace(b=3), *map("".join, itertools.batched("abcde", 2)), 7 // -2, -7 % 3, 2 ** -1, 10 ** 20, 0.1 + 0.2)
print("%s %r %05d" % ("a", "b", 42), "a,b".split(","), "ß".upper(), "caf\u00e9".encode(), b"\xff".decode("latin-1"), ascii("é"))
first, *middle, last = range(5)
print(first, middle, last, [1, 2, 3][::-1], "abcdef"[1:5:2], {1, 2} | {3} == {1, 2, 3}, {"a": 1} | {"b": 2})


class Closing:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


closing = Closing("one")
del closing
try:
    1 / 0
except ZeroDivisionError as error:
    print(type(error).__name__, error, error.__traceback__.tb_lineno)
finally:
    print("finally")
print(eval("1 + 1"), (lambda *a, **k: (a, k))(1, z=2), [*range(2)], {**{"q": 1}})
exec("def made(): return 'made'")
print(made(), callable(made), isinstance(True, int), issubclass(bool, int), __name__)
