"""Debug mode reports steps and callbacks that take long."""
import asyncio
import time


def slow_callback(seconds):
    time.sleep(seconds)


class Thing:
    def method(self):
        time.sleep(0.2)


async def step(name, seconds):
    time.sleep(seconds)
    await asyncio.sleep(0.01)
    return name


async def main():
    loop = asyncio.get_running_loop()
    await asyncio.gather(step('quick', 0.05), step('slow', 0.3))
    loop.call_soon(slow_callback, 0.1)
    loop.call_later(0.1, slow_callback, 0.099)
    loop.call_later(0.1, Thing().method)
    task = asyncio.create_task(step('named', 0.125), name='named')
    await task
    await asyncio.sleep(1)
    loop.slow_callback_duration = 0.5
    time.sleep(0.4)
    await asyncio.sleep(0)
    time.sleep(0.6)
    await asyncio.sleep(0)
    loop.set_debug(False)
    time.sleep(0.7)
    await asyncio.sleep(0)
    print('end', loop.get_debug(), round(loop.time(), 3))


asyncio.run(main(), debug=True)
