import asyncio, threading, time, concurrent.futures as cf
def block(n, t):
    time.sleep(t); return f'{n}:{threading.current_thread().name}'
def bad(): raise OSError(5, 'io')
async def main():
    loop = asyncio.get_running_loop()
    with cf.ThreadPoolExecutor(2, thread_name_prefix='P') as pool:
        rs = await asyncio.gather(*(loop.run_in_executor(pool, block, i, 0.1) for i in range(4)))
        print(rs, loop.time())
        f = pool.submit(block, 9, 1)
        print(f.running(), await asyncio.wrap_future(f), f.done())
    try: await asyncio.to_thread(bad)
    except OSError as e: print(repr(e), e.errno)
    t = asyncio.create_task(asyncio.to_thread(block, 'tt', 0.5))
    await asyncio.sleep(0.1); t.cancel()
    try: await t
    except asyncio.CancelledError: print('cancelled', loop.time())
    try: await asyncio.wait_for(asyncio.to_thread(time.sleep, 2), 0.5)
    except TimeoutError: print('timeout', loop.time())
    lock = threading.Lock(); ev = threading.Event(); q = asyncio.Queue()
    def producer():
        for i in range(3):
            time.sleep(0.1)
            loop.call_soon_threadsafe(q.put_nowait, i)
        ev.set()
    th = threading.Thread(target=producer, daemon=True); th.start()
    for _ in range(3): print('got', await q.get(), loop.time())
    print(ev.is_set(), th.is_alive())
    th.join(); print(threading.active_count() >= 1, th.name)
    loop.set_default_executor(cf.ThreadPoolExecutor(1))
    try: loop.set_default_executor(5)
    except TypeError as e: print(e)
    print(await asyncio.gather(*(asyncio.to_thread(block, i, 0.1) for i in range(2))), loop.time())
    a = [f async for f in asyncio.as_completed([loop.run_in_executor(None, block, i, 0.2 - i/10) for i in range(2)])]
    print([f.result() for f in a])
    await loop.shutdown_default_executor()
    try: await asyncio.to_thread(print)
    except RuntimeError as e: print(e)
asyncio.run(main())
