# python: 3.7
# the course: a loop by hand, callbacks, call_later, stop, futures, old and new coroutines
import asyncio
import functools


@asyncio.coroutine
def old(n):
    print('old', n)
    yield from asyncio.sleep(n)
    return 'old %s' % n


async def new(n):
    print('new', n)
    await old(n)
    return 'new %s' % n


def told(label, future):
    print(label, future.result())


def tick(loop, left):
    print('tick', left, loop.time())
    if left:
        loop.call_later(0.1, tick, loop, left - 1)
    else:
        loop.stop()


loop = asyncio.get_event_loop()
print(loop.is_running(), loop.is_closed(), loop is asyncio.get_event_loop())
task = loop.create_task(new(0.1))
task.add_done_callback(functools.partial(told, 'done:'))
loop.run_until_complete(asyncio.wait([task, old(0.2)]))
loop.call_soon(tick, loop, 3)
loop.run_forever()
tasks = [asyncio.ensure_future(old(n)) for n in (0.3, 0.1, 0.2)]
loop.run_until_complete(asyncio.wait(tasks))
for task in tasks:
    print(task.result(), task)
group = asyncio.gather(new(0.1), old(0.2))
print(loop.run_until_complete(group))


async def main():
    for future in asyncio.as_completed([new(0.2), old(0.1)]):
        print('completed', await future)
    try:
        await asyncio.wait_for(old(1), timeout=0.5)
    except asyncio.TimeoutError:
        print('timeout')
    with await asyncio.Lock() as nothing:
        print(nothing)


loop.run_until_complete(main())
loop.run_until_complete(loop.shutdown_asyncgens())
loop.close()
try:
    loop.run_until_complete(main)
except RuntimeError as error:
    print(error)
