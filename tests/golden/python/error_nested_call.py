def inner(values, index):
    return values[index]["key"].attribute


def outer():
    return inner(
        [{"key": 1}],
        0,
    )


outer()
