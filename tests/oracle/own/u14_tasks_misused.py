"""tasks: names, cancel, uncancel, stack, coro, misuse"""
import asyncio, sys
async def inner():
    await asyncio.sleep(1)
async def outer():
    await inner()
async def main():
    t = asyncio.create_task(outer(), name='T1')
    print(t.get_name(), t.get_coro(), t.cancelling(), t.uncancel())
    t.set_name(5); print(repr(t.get_name()))
    print(t.get_stack())
    await asyncio.sleep(0)
    for fr in t.get_stack(): print(fr.f_code.co_name, fr.f_lineno)
    t.print_stack(file=sys.stdout)
    print(t.get_stack(limit=1))
    t.cancel(); t.cancel()
    print(t.cancelling(), t)
    print(t.uncancel(), t.uncancel(), t.uncancel())
    await asyncio.wait([t])
    print(t, t.get_stack())
    try: asyncio.create_task(5)
    except TypeError as e: print(e)
    try: asyncio.create_task(inner)
    except TypeError as e: print(str(e)[:40])
    try: t.set_result(5)
    except RuntimeError as e: print(e)
    async def selfwait():
        await asyncio.current_task()
    try: await asyncio.create_task(selfwait(), name='self')
    except RuntimeError as e: print(e)
    class Bad:
        def __await__(self): yield 5
    async def bad(): await Bad()
    try: await asyncio.create_task(bad(), name='bad')
    except RuntimeError as e: print(e)
    class Y:
        def __await__(self): yield asyncio.get_running_loop().create_future()
    async def y(): await Y()
    try: await asyncio.create_task(y(), name='y')
    except RuntimeError as e: print(e)
    async def raises():
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError:
            raise ValueError('instead')
    t = asyncio.create_task(raises(), name='r'); await asyncio.sleep(0); t.cancel()
    try: await t
    except ValueError as e: print(repr(e), repr(e.__context__))
    t.print_stack(file=sys.stdout)
    async def ret():
        asyncio.current_task().cancel()
        return 5
    t = asyncio.create_task(ret())
    try: print(await t)
    except asyncio.CancelledError as e: print('cancelled at return', e.args)
    t = asyncio.create_task(inner()); t.cancel('before start')
    try: await t
    except asyncio.CancelledError as e: print(e.args)
    c = inner()
    try:
        c.send(5)
    except TypeError as e: print(e)
    c.close()
    try: await c
    except RuntimeError as e: print(e)
    print(asyncio.iscoroutine(c), asyncio.iscoroutinefunction(inner), asyncio.iscoroutinefunction(main()) if False else '')
    t = asyncio.create_task(inner())
    try:
        await asyncio.gather(t, t, return_exceptions=True) if False else None
        async with asyncio.timeout(0.1): await t
    except TimeoutError: print(t.cancelled())
    print(asyncio.Task.__module__, asyncio.Task.__qualname__, asyncio.Future.__module__, asyncio.Task[int])
    print(asyncio.current_task(), asyncio.current_task(asyncio.get_running_loop()).get_name())
asyncio.run(main())
