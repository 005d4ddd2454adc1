import asyncio
import sys
import traceback


class Stop(Exception):
    pass


async def work(depth):
    if depth == 0:
        raise Stop("bottom")
    await work(depth - 1)


async def main():
    try:
        await work(3)
    except Stop as error:
        traceback.print_exc()
        traceback.print_exc(limit=1)
        traceback.print_exc(limit=-1, file=sys.stdout)
        print(traceback.format_exc().count("work"))
        print("".join(traceback.format_exception(error)), end="")
        print(traceback.format_exception_only(error))
        print([(frame.name, frame.lineno, frame.line) for frame in traceback.extract_tb(error.__traceback__)])
        traceback.print_tb(error.__traceback__, limit=1)
        traceback.print_exception(error, chain=False)
        summary = traceback.TracebackException.from_exception(error)
        print(summary.exc_type_str, summary, len(summary.stack))
    print(traceback.format_exc())
    traceback.print_stack(limit=1)
    task = asyncio.create_task(asyncio.sleep(1), name="sleeper")
    await asyncio.sleep(0)
    task.cancel()


asyncio.run(main())
