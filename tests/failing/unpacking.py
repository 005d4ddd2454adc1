def attempt(function):
    try:
        function()
    except Exception as error:
        print(type(error).__name__, error)


def too_many():
    a, b = 1, 2, 3


def too_few():
    a, b, c = [1, 2]


def star():
    a, b, *c = [1]


def not_iterable():
    a, b = 5


def none():
    a, b = None


def in_loop():
    for key, value in {"long": 1}:
        pass


def text():
    a, b = "abc"


def generator():
    a, b = (n for n in range(5))


for function in (too_many, too_few, star, not_iterable, none, in_loop, text, generator):
    attempt(function)
for number, (left, right) in enumerate([(1, 2), (3, 4, 5)]):
    print(number, left, right)
