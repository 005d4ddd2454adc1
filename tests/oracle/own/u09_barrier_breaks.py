"""Barrier: break, abort, reset, wait"""
import asyncio
async def party(b, n, t):
    await asyncio.sleep(t)
    try:
        i = await b.wait()
        print(n, 'passed', i)
    except asyncio.BrokenBarrierError as e:
        print(n, 'broken', e)
    except asyncio.CancelledError:
        print(n, 'cancelled')
        raise
async def main():
    b = asyncio.Barrier(3)
    print(b, b.parties, b.n_waiting, b.broken)
    await asyncio.gather(*(party(b, i, i / 10) for i in range(3)))
    ts = [asyncio.create_task(party(b, i, 0)) for i in range(2)]
    await asyncio.sleep(0.1)
    print(b, b.n_waiting)
    ts[0].cancel()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(b, b.broken)
    ts.append(asyncio.create_task(party(b, 'x', 0)))
    ts.append(asyncio.create_task(party(b, 'y', 0)))
    await asyncio.wait(ts)
    await b.reset()
    ts = [asyncio.create_task(party(b, i, 0)) for i in range(2)]
    await asyncio.sleep(0.1)
    await b.abort()
    await asyncio.sleep(0)
    print(b)
    try:
        await b.wait()
    except asyncio.BrokenBarrierError as e:
        print(repr(e))
    await asyncio.wait(ts)
    await b.reset()
    print(b)
    ts = [asyncio.create_task(party(b, i, 0)) for i in range(2)]
    await asyncio.sleep(0.1)
    await b.reset()
    await asyncio.wait(ts)
    async with asyncio.Barrier(1) as pos:
        print('pos', pos)
    try:
        asyncio.Barrier(0)
    except ValueError as e:
        print(e)
    b.abort()
asyncio.run(main())
