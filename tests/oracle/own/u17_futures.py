"""futures: states, callbacks, errors"""
import asyncio
async def main():
    loop = asyncio.get_running_loop()
    f = loop.create_future()
    print(f, f.done(), f.cancelled(), f.get_loop() is loop)
    for m in (f.result, f.exception):
        try: m()
        except asyncio.InvalidStateError as e: print(repr(e))
    f.add_done_callback(lambda f: print('cb1', f))
    cb = lambda f: print('cb2')
    f.add_done_callback(cb); f.add_done_callback(cb)
    print(f.remove_done_callback(cb), f)
    f.set_result([1, 2])
    print(f)
    for m in (lambda: f.set_result(1), lambda: f.set_exception(ValueError())):
        try: m()
        except asyncio.InvalidStateError as e: print(repr(e))
    print(f.cancel())
    await asyncio.sleep(0)
    g = loop.create_future()
    for x in (StopIteration(), StopIteration, 5, 'x', ValueError):
        try:
            g.set_exception(x)
            print('set', g)
            break
        except Exception as e:
            print(type(e), e)
    if g.done(): print(repr(g.exception()))
    try: await g
    except Exception as e: print(repr(e), repr(e.__cause__))
    h = loop.create_future()
    h.cancel('why')
    print(h, h.cancelled())
    try: h.result()
    except asyncio.CancelledError as e: print(repr(e))
    try: await h
    except asyncio.CancelledError as e: print(repr(e))
    try: h.exception()
    except asyncio.CancelledError as e: print(repr(e))
    k = loop.create_future()
    async def awaiter():
        return await k
    ts = [asyncio.create_task(awaiter(), name=f'a{i}') for i in range(3)]
    await asyncio.sleep(0)
    ts[1].cancel('msg')
    k2 = loop.create_future()
    await asyncio.sleep(0)
    print(k, ts)
    r = await asyncio.gather(*ts, return_exceptions=True)
    print(r)
    try: loop.create_future(5)
    except TypeError as e: print(e)
    print(asyncio.isfuture(k), asyncio.isfuture(ts[0]), asyncio.isfuture(5))
    w = asyncio.wrap_future(k)
    print(w is k)
    import concurrent.futures
    cf = concurrent.futures.Future()
    w = asyncio.wrap_future(cf)
    cf.set_result('cf')
    print(w, cf)
    print(await w)
    it = iter(k2)
    print(next(it) is k2)
    k2.set_result(5)
    try: next(it)
    except StopIteration as e: print(e.value)
    class F(asyncio.Future): pass
    print(F())
    f = F(); f.set_result('z' * 200); print(f)
    class R:
        def __repr__(self): return 'R!'
    f = F(); f.set_result({'a': [R()] * 10}); print(f)
asyncio.run(main())
