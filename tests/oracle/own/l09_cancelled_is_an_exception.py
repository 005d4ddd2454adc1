# python: 3.7
# CancelledError is an ordinary exception: `except Exception` swallows it
import asyncio
import traceback


async def swallows():
    while True:
        try:
            await asyncio.sleep(1)
        except Exception as error:
            print('swallowed', repr(error), isinstance(error, asyncio.CancelledError))
            return 'survived'


async def leaves():
    await asyncio.sleep(1)


async def cancels_itself():
    asyncio.current_task().cancel()
    return 'never seen'


async def main():
    task = asyncio.ensure_future(swallows())
    await asyncio.sleep(0.1)
    print(task.cancel(), task)
    print(await task, task.cancelled())
    task = asyncio.ensure_future(leaves())
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        traceback.print_exc()
    try:
        task.result()
    except Exception as error:
        print(type(error), error.args)
    task = asyncio.ensure_future(cancels_itself())
    await asyncio.wait([task])
    print(task.cancelled(), task)
    print(repr(task.exception()))
    early = asyncio.ensure_future(leaves())
    early.cancel()
    print(early)
    print(await asyncio.gather(early, leaves(), return_exceptions=True))
    for error in (asyncio.CancelledError, asyncio.TimeoutError, asyncio.InvalidStateError):
        print([base.__module__ + '.' + base.__name__ for base in error.__mro__])
    try:
        asyncio.get_event_loop().create_future().result()
    except asyncio.InvalidStateError as error:
        print(error)
    try:
        early.cancel('a message')
    except TypeError:
        print('no messages')
    raise asyncio.CancelledError('at the end')


asyncio.run(main())
