"""except* with TaskGroup, notes, nested groups"""
import asyncio, traceback
class Boom(Exception): pass
async def fail(t, exc):
    await asyncio.sleep(t)
    exc.add_note(f'after {t}')
    raise exc
async def slow():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print('slow cancelled')
        raise Boom('in cleanup')
async def main():
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(fail(0.1, ValueError('v')))
            tg.create_task(fail(0.1, KeyError('k')))
            tg.create_task(slow(), name='slow')
            print(tg)
    except* ValueError as eg:
        print('values', eg.exceptions, eg.exceptions[0].__notes__)
    except* KeyError as eg:
        print('keys', repr(eg))
    except* Boom as eg:
        print('boom', eg.message, len(eg.exceptions))
    try:
        async with asyncio.TaskGroup() as tg:
            t = tg.create_task(fail(0.1, TypeError('t')))
            try:
                await asyncio.sleep(1)
            except asyncio.CancelledError as e:
                print('body cancelled', e.args, asyncio.current_task().cancelling())
                raise
    except* TypeError as eg:
        print(eg.subgroup(lambda e: True), asyncio.current_task().cancelling())
        traceback.print_exception(eg)
    try:
        async with asyncio.TaskGroup() as outer:
            async with asyncio.TaskGroup() as inner:
                inner.create_task(fail(0.1, OSError('deep')))
            print('unreachable')
    except BaseException as e:
        print(type(e), e, e.exceptions, e.exceptions[0].exceptions)
        e.add_note('top note')
        traceback.print_exc()
    try:
        try:
            raise ExceptionGroup('one', [ValueError(1), ExceptionGroup('two', [KeyError(2), ValueError(3)])])
        except* ValueError as eg:
            print(eg)
            raise RuntimeError('from handler') from eg
    except BaseException as e:
        traceback.print_exception(e)
    try:
        try:
            raise KeyError('naked')
        except* KeyError as eg:
            print(repr(eg))
            raise
    except ExceptionGroup as e:
        print('re', repr(e))
    return 'ok'
print(asyncio.run(main()))
