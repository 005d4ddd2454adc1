def work(*names):
    try:
        print(*names)
    except* ValueError:
        pass


class Work
    pass
