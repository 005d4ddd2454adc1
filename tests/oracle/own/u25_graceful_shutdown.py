import asyncio, signal, sys
# graceful shutdown pattern
async def worker(n, stop):
    try:
        while not stop.is_set():
            print('work', n)
            try:
                await asyncio.wait_for(stop.wait(), 0.3 * n)
            except asyncio.TimeoutError:
                continue
    except asyncio.CancelledError:
        print('cancelled', n)
        raise
    finally:
        print('cleanup', n)
async def shutdown(sig, loop, stop):
    print('got', sig.name, sig.value)
    stop.set()
    tasks = [t for t in asyncio.all_tasks() if t is not asyncio.current_task()]
    await asyncio.sleep(0)
    [t.cancel() for t in tasks]
    r = await asyncio.gather(*tasks, return_exceptions=True)
    print(r)
    loop.stop()
loop = asyncio.new_event_loop()
stop = asyncio.Event()
for s in (signal.SIGINT, signal.SIGTERM):
    loop.add_signal_handler(s, lambda s=s: asyncio.ensure_future(shutdown(s, loop, stop)))
ts = [loop.create_task(worker(i, stop), name=f'w{i}') for i in (1, 2)]
loop.call_later(1, signal.raise_signal, signal.SIGTERM)
try:
    loop.run_forever()
finally:
    loop.close()
print(ts)
def handler(num, frame):
    print('handler', signal.Signals(num).name, frame is not None)
    sys.exit(3)
signal.signal(signal.SIGINT, handler)
async def main():
    signal.raise_signal(signal.SIGINT)
asyncio.run(main())
