"""as_completed both ways with executor futures, done ones, timeouts"""
import asyncio, time
def work(n, t):
    time.sleep(t)
    return n
async def main():
    loop = asyncio.get_running_loop()
    futs = [loop.run_in_executor(None, work, i, 0.1 * (5 - i)) for i in range(5)]
    async for f in asyncio.as_completed(futs):
        print(loop.time(), f in futs, f.result(), await f)
    done = [loop.create_future() for _ in range(4)]
    for i, f in enumerate(done):
        f.set_result(i)
    for c in asyncio.as_completed(done):
        print(c.__name__, await c)
    async for f in asyncio.as_completed(done):
        print(f)
    async def coro(i):
        await asyncio.sleep(i / 10)
        if i == 2: raise ValueError(i)
        return i
    for c in asyncio.as_completed([coro(3), coro(1), coro(2)]):
        try:
            print(await c)
        except ValueError as e:
            print('E', e)
    it = asyncio.as_completed([coro(5), coro(6)], timeout=0.55)
    print(type(it).__name__)
    try:
        async for t in it:
            print(t.get_name(), t.result())
    except TimeoutError as e:
        print('timeout', repr(e))
    await asyncio.sleep(1)
    it = asyncio.as_completed([coro(5), coro(6)], timeout=0.55)
    for c in it:
        try:
            print(await c)
        except TimeoutError as e:
            print('timeout', repr(e))
    ts = [asyncio.create_task(coro(i), name=f'n{i}') for i in (4, 3)]
    it = asyncio.as_completed(ts)
    first = next(it)
    print(ts[1])
    print(ts)
    print(await first)
    rest = list(it)
    print(len(rest))
    for r in rest:
        print(await r)
    for c in asyncio.as_completed([]):
        print('none')
    async for c in asyncio.as_completed(set()):
        print('none')
asyncio.run(main())
