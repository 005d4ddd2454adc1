"""Everything that a function may contain, run by a thread."""
import contextlib
import functools
import threading
import time


def pause(value, seconds=0.01):
    time.sleep(seconds)
    return value


def gen(n):
    for i in range(n):
        yield pause(i)


class Box:
    def __init__(self, value):
        self.value = pause(value)

    def __enter__(self):
        pause(None)
        print('enter', self.value)
        return self

    def __exit__(self, *error):
        pause(None)
        print('exit', error[0])
        return error[0] is KeyError

    def __call__(self, x):
        return pause(self.value + x)

    @property
    def name(self):
        return 'box'

    @classmethod
    def make(cls, value):
        return cls(value)

    @staticmethod
    def static(x):
        return pause(x)


def deco(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        print('calling', f.__name__)
        return f(*args, **kwargs)
    return wrapper


@deco
def decorated(a, /, b, *args, c=pause(3), **kwargs):
    def nested():
        nonlocal b
        b = pause(b + 1)
        return a + b
    return nested(), args, c, kwargs


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def everything():
    print([pause(i) for i in range(3)], {pause(i) for i in (1, 2)}, {pause(i): pause(-i) for i in [4, 5]})
    print([x * y for x in map(int, '12') for y in gen(2) if pause(x)])
    print(sum(gen(3)), list(gen(2)))
    for i, x in enumerate(gen(5)):
        if i == 1:
            continue
        if i == 3:
            break
        print('item', x)
    else:
        print('never')
    for x in gen(1):
        pass
    else:
        print('else', x)
    with Box(1) as one, Box.make(2) as two:
        print(one(10), two(20), one.name, Box.static(5))
        raise KeyError('swallowed')
    try:
        with Box('a'):
            pause(1 / 0)
    except ZeroDivisionError as exc:
        print('caught', exc)
    finally:
        print('finally', pause('f'))
    print(decorated(1, 2, 3, c=4, d=5), decorated(1, 2))
    print((lambda x: pause(x) + 1)(2), functools.partial(pause, seconds=0.02)('p'))
    print(f'{pause("in f-string")!r:>20}', pause('a') if pause(False) else pause('b'), pause(0) or pause('or'))
    while pause(x := x + 1) < 3:
        print('while', x)
    match pause({'k': [1, 2]}):
        case {'k': [a, *rest]} if pause(a):
            print('match', a, rest)
    print(sorted([3, 1, 2], key=lambda v: -v), max('abc', key=ord), fib(10))
    with contextlib.suppress(ValueError):
        raise ValueError
    assert pause(True), pause('no')
    del one, two
    print(round(time.monotonic(), 3))


t = threading.Thread(target=everything)
t.start()
t.join()
print(round(time.monotonic(), 3))
