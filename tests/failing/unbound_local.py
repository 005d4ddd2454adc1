import asyncio

counter = 0


def attempt(function):
    try:
        function()
    except NameError as error:
        print(type(error).__name__, error)


def deleted():
    value = 1
    del value
    return value


def free():
    def inner():
        return later
    inner()
    later = 1


def except_name():
    try:
        1 / 0
    except ZeroDivisionError as error:
        pass
    return error


attempt(deleted)
attempt(free)
attempt(except_name)


async def main():
    counter += 1


asyncio.run(main())
