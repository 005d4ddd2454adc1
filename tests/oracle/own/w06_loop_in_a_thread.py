"""An event loop in a thread; other threads give it coroutines."""
import asyncio
import threading
import time


async def work(n):
    await asyncio.sleep(0.1 * n)
    print('work', n, threading.current_thread().name)
    if n == 3:
        raise ValueError('three')
    return n * n


def run_loop(loop):
    asyncio.set_event_loop(loop)
    loop.run_forever()
    print('loop stopped')
    loop.close()


loop = asyncio.new_event_loop()
thread = threading.Thread(target=run_loop, args=(loop,), name='looper')
thread.start()
futures = [asyncio.run_coroutine_threadsafe(work(n), loop) for n in (2, 1, 3)]
for future in futures:
    try:
        print(future.result())
    except ValueError as exc:
        print('ValueError', exc)
slow = asyncio.run_coroutine_threadsafe(work(9), loop)
try:
    slow.result(timeout=0.2)
except TimeoutError:
    print('too slow', slow.cancel())
time.sleep(0.1)
loop.call_soon_threadsafe(loop.stop)
thread.join()
print(time.monotonic())
