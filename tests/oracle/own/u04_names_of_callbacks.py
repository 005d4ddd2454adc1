"""reprs of tasks with callbacks of the library"""
import asyncio
async def sleeper(t):
    await asyncio.sleep(t)
async def main():
    t = asyncio.create_task(sleeper(1), name='T')
    print(t)
    w = asyncio.create_task(asyncio.wait([t]))
    await asyncio.sleep(0); await asyncio.sleep(0)
    print(t)
    w.cancel()
    await asyncio.sleep(0)
    s = asyncio.shield(t)
    print(t, s)
    g = asyncio.gather(t, return_exceptions=True)
    print(t, g)
    f = asyncio.ensure_future(asyncio.wait_for(t, 5))
    await asyncio.sleep(0.1)
    print(t)
    print(f)
    it = asyncio.as_completed([t])
    n = next(it)
    print(t)
    x = asyncio.create_task(sleeper(5), name='X')
    async def group():
        async with asyncio.TaskGroup() as tg:
            y = tg.create_task(sleeper(3), name='Y')
            print(y, tg)
    gr = asyncio.create_task(group(), name='G')
    await asyncio.sleep(0.1)
    print([t for t in asyncio.all_tasks() if t.get_name() in 'YG'])
    x.add_done_callback(print)
    x.add_done_callback(lambda t: None)
    import functools
    x.add_done_callback(functools.partial(print, 'partial', end='!\n'))
    x.add_done_callback(main)
    class C:
        def m(self, t): pass
        def __call__(self, t): pass
    x.add_done_callback(C().m)
    print(str(x)[:60])
    await x
    print(await n)
    print(x, t, f, gr)
asyncio.run(main())
