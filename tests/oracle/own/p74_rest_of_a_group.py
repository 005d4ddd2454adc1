"""What `except*` leaves over hides the context of its group."""
import asyncio


async def fail(error):
    raise error


async def group(matched):
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(fail(TypeError('child')))
            tg.create_task(fail(KeyError('child')))
            raise LookupError('body')
    except* matched as caught:
        print('caught', caught.exceptions)


async def main():
    for matched in (ValueError, KeyError, LookupError):
        try:
            await group(matched)
        except ExceptionGroup as rest:
            print(rest.exceptions, rest.__suppress_context__, repr(rest.__cause__), type(rest.__context__))
    parts = ExceptionGroup('whole', [ValueError(1)]).derive([ValueError(2)])
    print(parts.__suppress_context__)
    asyncio.create_task(group(ValueError))
    await asyncio.sleep(0.1)


asyncio.run(main())
