import asyncio
async def child(n):
    print('child', n); await asyncio.sleep(0.1 * n)
    if n == 2: raise ValueError(n)
    return n
async def main():
    # gather cancel semantics
    g = asyncio.gather(child(1), child(2), child(3))
    try: await g
    except ValueError as e: print(repr(e), g.done(), g.exception() is e)
    outer = asyncio.gather(asyncio.gather(child(1), child(3)), child(1), return_exceptions=True)
    await asyncio.sleep(0.05); outer.cancel('msg')
    try: await outer
    except asyncio.CancelledError as e: print('outer', e.args, outer.cancelled())
    # cancel inside shield
    inner = asyncio.create_task(child(3), name='inner')
    async def shielded():
        try: return await asyncio.shield(inner)
        except asyncio.CancelledError: print('shield cancelled', inner.done()); raise
    t = asyncio.create_task(shielded()); await asyncio.sleep(0.05); t.cancel()
    print(await asyncio.gather(t, return_exceptions=True), await inner)
    s = asyncio.shield(child(2))
    await asyncio.sleep(0.01); s.cancel(); await asyncio.sleep(0.5)
    # wait_for inner swallow
    async def stubborn():
        try: await asyncio.sleep(5)
        except asyncio.CancelledError: print('no'); return 'stub'
    try: print(await asyncio.wait_for(stubborn(), 0.1))
    except TimeoutError: print('TO')
    async def slowclean():
        try: await asyncio.sleep(5)
        finally: await asyncio.sleep(0.3); print('cleaned', asyncio.get_running_loop().time())
    try: await asyncio.wait_for(slowclean(), 0.1)
    except TimeoutError: print('TO2', asyncio.get_running_loop().time())
    # cancel during wait_for
    t = asyncio.create_task(asyncio.wait_for(slowclean(), 10)); await asyncio.sleep(0.1); t.cancel()
    try: await t
    except asyncio.CancelledError as e: print('c', repr(e))
    # cancel twice
    async def twice():
        for i in range(3):
            try: await asyncio.sleep(1)
            except asyncio.CancelledError as e: print('ignored', i, e, asyncio.current_task().cancelling())
        return 'survived'
    t = asyncio.create_task(twice())
    for m in 'ab': await asyncio.sleep(0.1); t.cancel(m)
    print(await t, t.cancelling())
    # exception in done callback
    f = asyncio.get_running_loop().create_future()
    f.add_done_callback(lambda f: 1 / 0); f.add_done_callback(lambda f: print('second'))
    f.set_result(None); await asyncio.sleep(0)
    # TaskGroup with cancel from outside
    async def grp():
        async with asyncio.TaskGroup() as tg:
            tg.create_task(child(5)); tg.create_task(slowclean())
    t = asyncio.create_task(grp()); await asyncio.sleep(0.1); t.cancel('out')
    try: await t
    except asyncio.CancelledError as e: print('grp', repr(e), t.cancelling())
    async with asyncio.TaskGroup() as tg:
        a = tg.create_task(child(1)); a.cancel()
    print(a.cancelled(), tg)
    try: tg.create_task(child(0))
    except RuntimeError as e: print(e)
    try:
        async with asyncio.TaskGroup() as tg: tg.create_task(child(9)); raise KeyError('body')
    except* KeyError as eg: print(eg.exceptions)
    try:
        async with asyncio.TaskGroup() as tg: tg.create_task(child(9)); raise KeyboardInterrupt('k')
    except KeyboardInterrupt as e: print(repr(e))
asyncio.run(main())
