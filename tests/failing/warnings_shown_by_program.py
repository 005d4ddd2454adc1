import asyncio
import warnings


def show(message, category, filename, lineno, file=None, line=None):
    print(f"[{category.__name__}] {message} in line {lineno}")


async def forgotten():
    pass


warnings.showwarning = show
forgotten()
warnings.warn("mine")


async def main():
    forgotten()
    await asyncio.sleep(0)


asyncio.run(main())
warnings.showwarning = 5
warnings.warn("nobody can show this")
