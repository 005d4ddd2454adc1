"""asyncio.run in threads, and a loop of the main thread beside it."""
import asyncio
import threading
import time


async def ticks(name, n):
    for i in range(n):
        await asyncio.sleep(0.1)
        print(name, i, asyncio.current_task().get_name(), round(time.monotonic(), 2))
    return name


def in_thread(name):
    print(asyncio.run(ticks(name, 2)))


async def main():
    loop = asyncio.get_running_loop()
    one = loop.run_in_executor(None, in_thread, 'a')
    two = asyncio.to_thread(in_thread, 'b')
    print(await asyncio.gather(one, two, ticks('main', 3)))
    loop.call_later(0.05, print, 'later')
    await asyncio.to_thread(time.sleep, 0.2)


asyncio.run(main())
t = threading.Thread(target=in_thread, args=('c',))
t.start()
t.join()
