# python: 3.7
import asyncio, concurrent.futures
print(asyncio.CancelledError is concurrent.futures.CancelledError, asyncio.TimeoutError is concurrent.futures.TimeoutError)
print(asyncio.CancelledError, asyncio.TimeoutError, asyncio.InvalidStateError, asyncio.CancelledError.__mro__)
print(repr(asyncio.CancelledError()), asyncio.futures.Error if hasattr(asyncio.futures,'Error') else '')
async def main():
    t = asyncio.ensure_future(asyncio.sleep(5))
    await asyncio.sleep(0)
    t.cancel()
    try:
        await t
    except concurrent.futures.CancelledError as e:
        print('caught', repr(e))
    try:
        await asyncio.wait_for(asyncio.sleep(5), 0.1)
    except concurrent.futures.TimeoutError as e:
        print('caught', repr(e))
    try:
        await asyncio.wait_for(asyncio.sleep(5), 0.1)
    except TimeoutError:
        print('builtin')
    except Exception as e:
        print('other', type(e))
    loop = asyncio.get_event_loop()
    f = asyncio.run_coroutine_threadsafe(asyncio.sleep(9), loop)
    await asyncio.sleep(0)
    f.cancel()
    try:
        f.result()
    except asyncio.CancelledError as e:
        print('conc', repr(e))
    ex = concurrent.futures.ThreadPoolExecutor(1)
    def boom(): raise concurrent.futures.CancelledError('x')
    try:
        await loop.run_in_executor(ex, boom)
    except asyncio.CancelledError as e:
        print(repr(e))
    try:
        raise asyncio.InvalidStateError('a')
    except concurrent.futures._base.Error as e:
        print('Error', repr(e))
    import concurrent.futures as cf
    try:
        g = cf.Future(); g.result(0.5)
    except asyncio.TimeoutError as e:
        print('g', repr(e))
asyncio.run(main())
