"""The order of sets, with PYTHONHASHSEED=0."""
import enum
from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    x: int
    name: str


class Colour(enum.Enum):
    RED = 1
    GREEN = 2
    BLUE = 3


class Words(set):
    pass


# Literals, constructors, comprehensions.
fruits = {"apple", "pear", "plum", "fig", "kiwi", "lime"}
print(fruits)
print(set(["apple", "pear", "plum", "fig", "kiwi", "lime"]))
print({word for word in ("apple", "pear", "plum", "fig", "kiwi", "lime")})
print(frozenset("hello world"), set(range(-3, 9)), {0.5, 2.0, 1e20, True, None, "é", "漢字", "🙂", b"bytes"})
print(set(fruits), set({"b": 1, "a": 2, "c": 3, "d": 4, "e": 5}), frozenset(fruits))
print({Point(1, "a"), Point(2, "b"), Point(3, "c")}, sorted(Colour, key=hash) == list(set(Colour)))
print({(1, "a"), (2, "b"), ("c", (3,))}, {frozenset({1, 2}), frozenset({"x"}), frozenset()})
for digit in {"one", "two", "three", "four"}:
    print(digit, end=" ")
print()

# Everything that looks into a set looks in the same order.
print(list(fruits), tuple(fruits), [*fruits], (*fruits, 1), *fruits)
print(sorted(fruits, key=len), dict.fromkeys(fruits), ",".join(fruits), max(fruits, key=len))
first, *others = fruits
print(first, others, next(iter(fruits)), [word for word in fruits])
mixed = [1]
mixed.extend(fruits)
mixed += {"x", "y", "z"}
print(mixed, dict(zip(fruits, range(9))))
print(Words(["x", "y", "z"]), [*Words("xyz")], Words("abc") | fruits)

# Sets made out of sets.
a, b = set("abcdefghij"), set("fghijklmno")
print(a | b, a & b, a - b, a ^ b, sep="\n")
print(a.union("xyz", b), a.intersection(b, "fgh"), a.difference("ab", b), a.symmetric_difference("abz"), sep="\n")
print(a.copy(), frozenset(a) | b, a - {"a"}, sep="\n")

# Sets that change.
a.update(b, "xyz")
a -= set("aeiou")
a.discard("b")
a.remove("c")
a.add("a")
print(a)
a &= set("abcdefgh")
a ^= set("hxy")
a.difference_update("h")
print(a, [a.pop() for _ in range(3)], a)
a.add("w")
a.clear()
a.update("qwerty")
print(a)
numbers = set(range(100))
for number in range(0, 100, 3):
    numbers.discard(number)
for number in range(200, 230):
    numbers.add(number)
print(numbers)
while len(numbers) > 60:
    numbers.pop()
print(numbers)
try:
    for number in numbers:
        numbers.add(-number)
except RuntimeError as error:
    print(error)
print(hash("hash"), hash(""), hash(b"hash"), hash("é"), hash((1, "a")), hash(frozenset("ab")), hash(None))
