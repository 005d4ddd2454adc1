import asyncio
# locks, semaphores, events
async def main():
    lock = asyncio.Lock(); print(lock, lock.locked())
    async def use(n, t):
        async with lock:
            print('in', n); await asyncio.sleep(t)
    ts = [asyncio.create_task(use(i, 0.1)) for i in range(4)]
    await asyncio.sleep(0.05); print(lock)
    ts[1].cancel(); await asyncio.sleep(0.06); print(lock)
    await asyncio.gather(*ts, return_exceptions=True)
    for bad in (lock.release,):
        try: bad()
        except RuntimeError as e: print(e)
    try:
        with lock: pass
    except TypeError as e: print(e)
    try: await lock
    except TypeError as e: print(e)
    sem = asyncio.Semaphore(2); print(sem)
    async def su(n):
        async with sem: print('sem', n, sem.locked()); await asyncio.sleep(0.1)
    ts = [asyncio.create_task(su(i)) for i in range(5)]
    await asyncio.sleep(0.01); print(sem); ts[2].cancel(); await asyncio.gather(*ts, return_exceptions=True); print(sem)
    bs = asyncio.BoundedSemaphore(1)
    try: bs.release()
    except ValueError as e: print(e)
    try: asyncio.Semaphore(-1)
    except ValueError as e: print(e)
    ev = asyncio.Event()
    ws = [asyncio.create_task(ev.wait(), name=f'e{i}') for i in range(3)]
    await asyncio.sleep(0); print(ev, ws[0]); ev.set(); ev.clear(); print(await asyncio.gather(*ws), ev.is_set())
    try: await asyncio.wait_for(ev.wait(), 0.1)
    except TimeoutError: print('to', ev)
    await sem.acquire(); await sem.acquire()
    t = asyncio.create_task(sem.acquire()); await asyncio.sleep(0)
    sem.release(); print(sem, sem.locked()); t.cancel(); 
    try: print(await t)
    except asyncio.CancelledError: print('c', sem)
    for o in (lock, sem, ev, asyncio.Condition(), asyncio.Barrier(2), asyncio.Queue(3)): print(type(o).__module__, type(o).__qualname__, bool(o))
asyncio.run(main())
