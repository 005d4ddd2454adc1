"""wait: return_when, timeouts, sets, errors"""
import asyncio
async def w(t, exc=None):
    await asyncio.sleep(t)
    if exc: raise exc
    return t
async def main():
    mk = lambda *ts: [asyncio.create_task(w(t), name=f'w{t}') for t in ts]
    d, p = await asyncio.wait(mk(0.3, 0.1, 0.2))
    print([t.get_name() for t in d], p)
    d, p = await asyncio.wait(mk(0.3, 0.1, 0.2), return_when=asyncio.FIRST_COMPLETED)
    print(sorted(t.get_name() for t in d), sorted(t.get_name() for t in p))
    d2, p2 = await asyncio.wait(p, timeout=0.15)
    print(len(d2), len(p2))
    ts = mk(0.3) + [asyncio.create_task(w(0.1, ValueError(1)))]
    d, p = await asyncio.wait(ts, return_when=asyncio.FIRST_EXCEPTION)
    print(d, p)
    for t in p: t.cancel()
    for bad in ([], None, 5, w(1), [w(1)], asyncio.sleep(0)):
        try: await asyncio.wait(bad)
        except Exception as e: print(type(e).__name__, e)
        if hasattr(bad, 'close'): bad.close()
    try: await asyncio.wait(mk(0.1), return_when='X')
    except ValueError as e: print(e)
    t, = mk(0.1)
    print(await asyncio.wait({t: 1}.keys(), timeout=0))
    t = asyncio.create_task(asyncio.wait(mk(5, 6)), name='W')
    await asyncio.sleep(0)
    print(t)
    t.cancel()
    try: await t
    except asyncio.CancelledError: print('cancelled; children:', [x.get_name() for x in asyncio.all_tasks() if not x.done()] != [])
    s = asyncio.shield(w(0.2))
    try: await asyncio.wait_for(s, 0.1)
    except TimeoutError as e: print('to', repr(e.__cause__))
    try: await asyncio.wait_for(w(0.05, KeyError('k')), 0.1)
    except KeyError as e: print(repr(e))
    print(await asyncio.wait_for(w(0.05), None))
    for tm in (0, -1):
        try: await asyncio.wait_for(w(0.05), tm)
        except TimeoutError as e: print('zero', repr(e), repr(e.__cause__))
    f = asyncio.get_running_loop().create_future(); f.set_result(3)
    print(await asyncio.wait_for(f, 0), await asyncio.shield(f))
    g = asyncio.gather(w(0.1), w(0.2, ValueError('g')), w(0.3))
    try: await g
    except ValueError as e: print(repr(e), g)
    g = asyncio.gather(w(1), w(2)); 
    await asyncio.sleep(0); print(g.cancel(), g)
    try: await g
    except asyncio.CancelledError as e: print('gc', repr(e), g.cancelled())
    print(await asyncio.gather(), await asyncio.gather(*[w(0)] * 1))
    r = await asyncio.gather(w(0.1, ValueError('a')), w(0.1), return_exceptions=True); print(r)
    a = w(0.1)
    print(await asyncio.gather(a, a))
    try: await asyncio.gather(5)
    except TypeError as e: print(e)
asyncio.run(main())
