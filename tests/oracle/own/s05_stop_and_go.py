"""run_forever, stop, and running again; what stays ready in between."""
import asyncio


def tick(loop, n):
    print('tick', n, loop.time())
    if n < 3:
        loop.call_later(0.5, tick, loop, n + 1)
    else:
        loop.stop()
        loop.call_soon(print, 'still in this run?')


loop = asyncio.new_event_loop()
loop.call_soon(tick, loop, 0)
loop.run_forever()
print('stopped', loop.is_running(), loop.is_closed())
loop.stop()
loop.run_forever()
print('stopped before it ran')


async def slow():
    await asyncio.sleep(2)
    return 'slow'


task = loop.create_task(slow(), name='slow')
loop.call_later(1, loop.stop)
try:
    loop.run_until_complete(task)
except RuntimeError as error:
    print(error, task)
print(loop.run_until_complete(task), loop.time())
future = loop.create_future()
loop.call_soon(future.set_exception, ValueError('no'))
try:
    loop.run_until_complete(future)
except ValueError as error:
    print(repr(error))


async def leaves():
    raise SystemExit(3)


try:
    loop.run_until_complete(leaves())
except SystemExit as error:
    print('exit', error.code, loop.is_running())
loop.run_until_complete(asyncio.sleep(0.25))
print(loop.time())
loop.close()
print(loop)
