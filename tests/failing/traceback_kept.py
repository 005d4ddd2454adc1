import asyncio
import traceback

error = ValueError("one object, raised twice")


async def first():
    raise error


async def second():
    raise error


async def main():
    for work in (first, second):
        try:
            await work()
        except ValueError:
            traceback.print_exc()
    raise error.with_traceback(None)


asyncio.run(main())
