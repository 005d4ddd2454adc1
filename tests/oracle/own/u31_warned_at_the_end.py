"""What only the last collection finds is a warning that names no place in the program."""
import asyncio
import warnings


async def work():
    pass


class Circle:
    pass


circle = Circle()
circle.me, circle.work = circle, work()
del circle
print('end', len(warnings.filters) > 0, asyncio.iscoroutine(work))
