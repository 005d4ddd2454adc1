"""Messages about the arguments of functions that are not Python."""
import asyncio


def attempt(function, *arguments, **named):
    try:
        function(*arguments, **named)
    except Exception as error:
        print(type(error).__name__, error)


async def late():
    asyncio.get_running_loop().call_later("x", print)


attempt(print, sepp="")
attempt(print, sep=5)
attempt(open)
attempt(dict, [1])
attempt("abc".split, 1)
attempt([1].index, 2)
attempt([].append)
attempt([].append, 1, 2)
attempt(ValueError().add_note, 3)
attempt(asyncio.run, late())
