def register(name):
    def decorate(function):
        raise TypeError(f"{name} is taken by {function.__qualname__}")
    return decorate


class Handlers:
    @register("start")
    def on_start(self):
        pass
