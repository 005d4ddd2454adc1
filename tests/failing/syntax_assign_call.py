def f():
    return {}


f() = 3
