def attempt(function):
    try:
        function()
    except LookupError as error:
        print(type(error).__name__, error)


settings = {"name": "x", 3: [1, 2]}
attempt(lambda: settings["nmae"])
attempt(lambda: settings[4])
attempt(lambda: settings[None])
attempt(lambda: settings[("a", 1)])
attempt(lambda: settings[3][2])
attempt(lambda: "abc"[5])
attempt(lambda: (1, 2)[2])
attempt(lambda: [].pop())
attempt(lambda: {}.popitem())
attempt(lambda: set().pop())
attempt(lambda: settings.pop("gone"))
attempt(lambda: range(3)[9])
attempt(lambda: {1}.remove(2))
attempt(lambda: [1].pop(4))
print(settings[3][0]["x"]["y"])
