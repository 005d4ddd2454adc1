"""What a traceback holds lives on, and what becomes of the traceback itself."""
import asyncio
import traceback
from contextlib import asynccontextmanager, contextmanager


class Tracer:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('gone:', self.name)


async def fail(name):
    await asyncio.sleep(0.1)
    raise ValueError(name)


async def group():
    tracer = Tracer('caller of a group')
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(fail('child of a group'))
    except* ValueError as caught:
        print('group', len(caught.exceptions))


@contextmanager
def translated():
    tracer = Tracer('generator that translates')
    try:
        yield
    except KeyError as error:
        raise LookupError('translated') from error


@contextmanager
def passed_on():
    tracer = Tracer('generator that passes on')
    yield


@asynccontextmanager
async def swallowed():
    tracer = Tracer('generator that swallows')
    try:
        yield
    except KeyError:
        pass


async def managers():
    try:
        with translated():
            raise KeyError('x')
    except LookupError as error:
        print(repr(error))
    try:
        with passed_on():
            raise KeyError('y')
    except KeyError as error:
        print(repr(error))
    async with swallowed():
        raise KeyError('z')
    print('managers left')


async def ticks():
    try:
        while True:
            await asyncio.sleep(0.1)
            yield 'tick'
    finally:
        print('ticks closed')


async def waits():
    flow = ticks()
    print(await anext(flow))
    await asyncio.Event().wait()


async def parent(child):
    await child


def functions_of(error):
    frames = traceback.extract_tb(error.__traceback__)
    return [frame.name for frame in frames if frame.name in ('parent', 'fail')]


async def shared():
    child = asyncio.create_task(fail('shared'))
    others = [asyncio.create_task(parent(child)) for _ in range(2)]
    results = await asyncio.gather(child, *others, return_exceptions=True)
    print([functions_of(error) for error in results], results[0] is results[2])


async def defaults():
    flow = ticks()
    waiting = asyncio.create_task(asyncio.wait_for(anext(flow, 'nothing'), 0.05))
    try:
        await waiting
    except TimeoutError:
        print('no tick', await anext(flow, 'default'))


async def main():
    await group()
    print('after the group')
    await managers()
    child = asyncio.create_task(waits())
    try:
        async with asyncio.TaskGroup() as tg:
            kept = tg.create_task(waits())
            await asyncio.sleep(0.25)
            kept.cancel()
    except BaseException as error:
        print('never', repr(error))
    print('kept', kept.cancelled())
    child.cancel()
    await asyncio.wait([child])
    print('child', child.cancelled())
    await shared()
    await defaults()
    try:
        asyncio.create_task('no coroutine')
    except TypeError as error:
        print(error)
    tasks = {asyncio.create_task(asyncio.sleep(0), name=str(n)) for n in range(6)}
    print([task.get_name() for task in tasks])


asyncio.run(main())
print('end')
