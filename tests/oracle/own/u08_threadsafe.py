"""run_coroutine_threadsafe"""
import asyncio, threading, concurrent.futures
async def add(a, b):
    await asyncio.sleep(0.5)
    return a + b
async def bad():
    raise ValueError('bad')
def worker(loop):
    f = asyncio.run_coroutine_threadsafe(add(1, 2), loop)
    print(type(f).__name__, f.done())
    try:
        f.result(0.1)
    except TimeoutError as e:
        print('timeout', repr(e))
    print(f.result())
    f = asyncio.run_coroutine_threadsafe(bad(), loop)
    print(repr(f.exception()))
    f = asyncio.run_coroutine_threadsafe(asyncio.sleep(100), loop)
    print(f.cancel(), f.cancelled())
    f.add_done_callback(lambda f: print('done cb', f.cancelled()))
    try:
        f.result()
    except concurrent.futures.CancelledError as e:
        print('cancelled', repr(e))
    try:
        asyncio.run_coroutine_threadsafe(5, loop)
    except TypeError as e:
        print(e)
    loop.call_soon_threadsafe(loop.stop)
loop = asyncio.new_event_loop()
t = threading.Thread(target=worker, args=(loop,))
loop.call_soon(t.start)
loop.run_forever()
t.join()
print(loop.time(), loop)
loop.close()
def in_thread():
    try:
        asyncio.get_running_loop()
    except RuntimeError as e:
        print(e)
    try:
        asyncio.get_event_loop()
    except RuntimeError as e:
        print(e)
    print(asyncio.run(add(5, 6)))
t = threading.Thread(target=in_thread); t.start(); t.join()
