import asyncio
import time


import contextlib
import contextvars

where = contextvars.ContextVar('where', default='nowhere')


class Twice:
    """Waits two turns."""

    def __await__(self):
        yield
        yield
        return 'twice'


class Nap:
    """Waits through a coroutine of its own."""

    def __init__(self, delay):
        self.delay = delay

    def __await__(self):
        say('nap begins')
        yield from asyncio.sleep(self.delay).__await__()
        return 'nap %s' % self.delay


class Room:
    def __init__(self, tag, fails=False):
        self.tag, self.fails = tag, fails

    async def __aenter__(self):
        await asyncio.sleep(0)
        say('enter room', self.tag)
        return self

    async def __aexit__(self, kind, error, trace):
        say('leave room', self.tag, kind and kind.__name__)
        await asyncio.sleep(0)
        if self.fails:
            raise ValueError('room %s' % self.tag)


class Count:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.n == 0:
            raise StopAsyncIteration
        self.n -= 1
        await asyncio.sleep(0)
        return self.n


async def leave(tag):
    await asyncio.sleep(0)
    say('left', tag)


def explode(tag):
    raise LookupError('callback %s' % tag)


def handle(loop, context):
    say('handler', context.get('message'), repr(context.get('exception')))


def tell(group):
    return sorted(tell(e) if isinstance(e, BaseExceptionGroup) else repr(e) for e in group.exceptions)


counts = {}
registry = []
level = 0


def say(*words):
    task = asyncio.current_task()
    name = task.get_name() if task else 'loop'
    counts[name] = counts.get(name, 0) + 1
    print(name, counts[name], *words)


def start(coro, name):
    task = asyncio.create_task(coro, name=name)
    registry.append(task)
    return task


def fire(tag):
    say('callback', tag)


def finished(task):
    if task.cancelled():
        say('done-callback', task.get_name(), 'cancelled')
    elif task.exception() is not None:
        say('done-callback', task.get_name(), repr(task.exception()))
    else:
        say('done-callback', task.get_name(), task.result())


def settle(future, value):
    if not future.done():
        future.set_result(value)


def raise_level():
    global level
    level += 1
    return level


async def ticks(n, delay):
    try:
        for i in range(n):
            await asyncio.sleep(delay)
            yield i
    finally:
        say('ticks closed')

async def work0(n):
    say('enter work0', n)
    await asyncio.sleep(0.1)
    say('slept 1')
    try:
        flow = ticks(3, 0)
        say('first', await anext(flow))
        await anext(flow, None)
        await flow.aclose()
        say('after', await anext(flow, 'nothing'))
    except (ValueError, KeyError, LookupError, TimeoutError) as exc:
        say('guard 2', repr(exc))
    return 'work0-' + str(n)


async def work1(n):
    say('enter work1', n)
    say('mark 3')
    future = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(0.1, settle, future, 4)
    say('future', await future)
    say('custom', await Nap(0.1))
    await asyncio.to_thread(time.sleep, 0.5)
    say('thread done')
    return 'work1-' + str(n)


async def work2(n):
    say('enter work2', n)
    box = asyncio.Queue()
    box.put_nowait(0)
    for _ in range(box.qsize()):
        say('box', await box.get())
        box.task_done()
    await box.join()
    await asyncio.sleep(0.2)
    say('slept 6')
    if len(registry) > 2:
        try:
            say('outcome', registry[2].result())
        except (Exception, asyncio.CancelledError) as exc:
            say('no outcome', type(exc).__name__, exc)
    try:
        if len(registry) > 2:
            say('ask', registry[2].done(), registry[2].cancelled(), registry[2].cancelling())
        where.set('place 7')
    except asyncio.CancelledError as exc:
        say('uncancel', exc.args, asyncio.current_task().cancelling(), asyncio.current_task().uncancel())
    try:
        async with asyncio.timeout_at(asyncio.get_running_loop().time() + 0.4) as limit:
            handle = asyncio.get_running_loop().call_later(0.1, fire, 8)
            await asyncio.sleep(0)
            handle.cancel()
            limit.reschedule(asyncio.get_running_loop().time() + 0)
            say('locks', lock0, event0, sem0)
    except TimeoutError as exc:
        say('moved', repr(exc), limit.expired(), repr(exc.__cause__))
    return 'work2-' + str(n)


async def work3(n):
    say('enter work3', n)
    if len(registry) > 4:
        say('cancels', registry[4].get_name(), registry[4].cancel())
    try:
        async with asyncio.timeout(0.2):
            say('me', asyncio.current_task().cancelling(), asyncio.current_task().done())
            if counts.get(asyncio.current_task().get_name(), 0) % 2 == 0:
                raise KeyError('e9')
    except TimeoutError:
        say('timeout 10')


async def main():
    asyncio.get_running_loop().set_exception_handler(handle)
    global lock0
    lock0 = asyncio.Lock()
    global lock1
    lock1 = asyncio.Lock()
    global event0
    event0 = asyncio.Event()
    global event1
    event1 = asyncio.Event()
    global queue0
    queue0 = asyncio.LifoQueue(1)
    global cond0, sem0
    cond0 = asyncio.Condition()
    sem0 = asyncio.Semaphore(1)
    t1 = start(work2(11), 't1')
    t2 = start(work3(12), 't2')
    try:
        say('shielded', await asyncio.wait_for(asyncio.shield(t2), 0.6))
    except (TimeoutError, ValueError, KeyError) as exc:
        say('shield', repr(exc), t2.done())
    say('queues', queue0.qsize(), queue0.full(), queue0.maxsize)
    try:
        t3 = start(work1(13), 't3')
        t4 = start(work2(14), 't4')
        t5 = start(work0(15), 't5')
        done, pending = await asyncio.wait([t3, t4, t5], timeout=0.2, return_when=asyncio.FIRST_COMPLETED)
        say('wait', sorted(t.get_name() for t in done), sorted(t.get_name() for t in pending))
    except asyncio.CancelledError as exc:
        say('uncancel', exc.args, asyncio.current_task().cancelling(), asyncio.current_task().uncancel())
    async for i in ticks(2, 0.1):
        say('tick', i)
    try:
        async with asyncio.TaskGroup() as out:
            registry.append(out.create_task(work0(16), name='t6'))
            async with asyncio.TaskGroup() as inn:
                t7 = inn.create_task(work0(17), name='t7')
                registry.append(t7)
                say('cancel inner', t7.cancel('inner'))
                await asyncio.to_thread(time.sleep, 0.2)
                say('thread done')
    except* ValueError as group:
        say('values', tell(group))
    except* (KeyError, LookupError, TimeoutError) as group:
        say('others', tell(group))


try:
    with asyncio.Runner() as runner:
        runner.run(leave(0))
        runner.run(main())
finally:
    for task in registry:
        if task.done() and not task.cancelled():
            task.exception()
print('end', level, sorted(counts.items()))
