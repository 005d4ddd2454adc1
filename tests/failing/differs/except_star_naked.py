try:
    raise KeyError("naked")
except* KeyError as group:
    print(repr(group))
    raise
