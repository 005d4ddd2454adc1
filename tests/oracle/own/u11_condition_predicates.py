"""Condition.wait_for, notify, errors, repr"""
import asyncio
async def main():
    c = asyncio.Condition()
    box = []
    async def waiter(n, k):
        async with c:
            r = await c.wait_for(lambda: len(box) >= k and box[:k])
            print(n, 'got', r, c.locked())
    ts = [asyncio.create_task(waiter(i, i)) for i in (3, 1, 2, 0)]
    for i in range(4):
        await asyncio.sleep(0.1)
        async with c:
            box.append(i)
            print('notify', i, c)
            c.notify(2)
    async with c:
        c.notify_all()
    await asyncio.gather(*ts)
    for f in (c.notify, c.notify_all, c.release):
        try:
            f()
        except RuntimeError as e:
            print(e)
    try:
        await c.wait()
    except RuntimeError as e:
        print(e)
    try:
        asyncio.Condition(lock=5)
    except Exception as e:
        print(type(e), e)
    lock = asyncio.Lock()
    c2 = asyncio.Condition(lock)
    async with lock:
        print(c2.locked(), c2, lock)
        t = asyncio.create_task(c2.acquire())
        await asyncio.sleep(0)
        print(lock)
    print(await t, c2.locked())
    async def bad():
        async with c2:
            await c2.wait_for(lambda: 1 / 0)
    c2.release()
    try:
        await bad()
    except ZeroDivisionError as e:
        print(e, c2.locked())
    async def w():
        async with c2:
            try:
                await asyncio.wait_for(c2.wait(), 0.1)
            except TimeoutError:
                print('timeout, locked', c2.locked())
    await w()
    async def w2():
        async with c2:
            try:
                await c2.wait()
            except asyncio.CancelledError as e:
                print('cancelled', e.args, c2.locked())
                raise
    t = asyncio.create_task(w2())
    await asyncio.sleep(0)
    await lock.acquire()
    t.cancel('one')
    await asyncio.sleep(0)
    t.cancel('two')
    await asyncio.sleep(0)
    lock.release()
    try:
        await t
    except asyncio.CancelledError as e:
        print(repr(e))
asyncio.run(main())
