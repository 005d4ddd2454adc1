def work(*names):
    return [*names]


def rest(:
    pass
