import asyncio

colour_of_sky = "blue"


class Car:
    wheels = 4

    def __init__(self):
        self.speed = 0

    def show(self):
        try:
            print(speed)
        except NameError as error:
            print_error(error)


def print_error(error):
    import traceback
    print(traceback.format_exception_only(error)[-1], end="")


def attempt(function):
    try:
        function()
    except Exception as error:
        print_error(error)


attempt(lambda: color_of_sky)
attempt(lambda: prnt("x"))
attempt(lambda: Car().weels)
attempt(lambda: Car().sped)
attempt(lambda: asyncio.slep)
attempt(lambda: "text".uper())
attempt(lambda: [].apend(1))
attempt(lambda: random)
attempt(lambda: sys.exit())
attempt(lambda: completely_unknown)
attempt(lambda: None.value)
attempt(lambda: (1).missing)
Car().show()


async def main():
    await asyncio.sleeep(1)


asyncio.run(main())
