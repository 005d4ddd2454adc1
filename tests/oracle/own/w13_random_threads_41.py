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
    if len(registry) > 0:
        say('task', repr(registry[0]))
    async with cond0:
        await cond0.wait_for(lambda: level >= 3)
        say('level', level)


async def work1(n):
    say('enter work1', n)
    context = contextvars.copy_context()
    context.run(where.set, 'other 1')
    say('where', where.get(), context[where])
    t1 = start(work0(2), 't1')
    t2 = start(work0(3), 't2')
    t3 = start(work0(4), 't3')
    try:
        async for t in asyncio.as_completed([t1, t2, t3]):
            say('completed', t.get_name())
    except TimeoutError:
        say('as_completed timeout')
    async with asyncio.timeout(0.4):
        await asyncio.sleep(0.2)
        say('slept 5')


async def work2(n):
    say('enter work2', n)
    t4 = start(work1(6), 't4')
    t5 = start(work0(7), 't5')
    t6 = start(work0(8), 't6')
    for item in asyncio.as_completed([t4, t5, t6]):
        try:
            say('completed', await item)
        except (ValueError, KeyError, TimeoutError) as exc:
            say('completed with', repr(exc))
    try:
        handle_ = asyncio.get_running_loop().call_soon(fire, 9)
        handle_.cancel()
        say('handle', handle_.cancelled())
        if len(registry) > 2:
            say('cancels', registry[2].get_name(), registry[2].cancel())
        t7 = start(work0(10), 't7')
        await asyncio.sleep(0.1)
        say('slept 11')
        try:
            say('joined', await t7)
        except (ValueError, KeyError, TimeoutError) as exc:
            say('join failed', repr(exc))
    except asyncio.CancelledError as exc:
        say('cancelled 12', exc.args)
    await queue0.put(13)
    say('put', queue0.qsize())
    await asyncio.to_thread(time.sleep, 0.5)
    say('thread done')
    say('counted', [i async for i in Count(0) if i != 1])


async def work3(n):
    say('enter work3', n)
    try:
        say('in time', await asyncio.wait_for(work2(14), 0.3))
    except (TimeoutError, ValueError, KeyError) as exc:
        say('wait_for', repr(exc))
    await asyncio.to_thread(time.sleep, 0.1)
    say('thread done')
    t8 = start(work0(15), 't8')
    try:
        say('shielded', await asyncio.wait_for(asyncio.shield(t8), 0.3))
    except (TimeoutError, ValueError, KeyError) as exc:
        say('shield', repr(exc), t8.done())
    t9 = start(work1(16), 't9')
    try:
        say('shielded', await asyncio.wait_for(asyncio.shield(t9), 0.4))
    except (TimeoutError, ValueError, KeyError) as exc:
        say('shield', repr(exc), t9.done())
    return 'work3-' + str(n)


async def work4(n):
    say('enter work4', n)
    future = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(0.2, settle, future, 17)
    say('future', await future)
    say('mark 18')
    return 'work4-' + str(n)


async def main():
    global lock0
    lock0 = asyncio.Lock()
    global lock1
    lock1 = asyncio.Lock()
    global event0
    event0 = asyncio.Event()
    global queue0
    queue0 = asyncio.Queue(2)
    global cond0, sem0
    cond0 = asyncio.Condition()
    sem0 = asyncio.Semaphore(1)
    try:
        async with asyncio.timeout(3):
            t10 = start(work1(19), 't10')
            t11 = start(work1(20), 't11')
            try:
                async with asyncio.timeout(0.4):
                    where.set('place 21')
                    t12 = start(work0(22), 't12')
                    t13 = start(work1(23), 't13')
                    for item in asyncio.as_completed([t12, t13]):
                        try:
                            say('completed', await item)
                        except (ValueError, KeyError, TimeoutError) as exc:
                            say('completed with', repr(exc))
                    async with cond0:
                        raise_level()
                        cond0.notify(1)
                        say('notified')
            except TimeoutError:
                say('timeout 24')
            try:
                say('in time', await asyncio.wait_for(work3(25), 0.4))
            except (TimeoutError, ValueError, KeyError) as exc:
                say('wait_for', repr(exc))
            asyncio.get_running_loop().call_later(0.5, fire, 26)
            try:
                async with Room(27, False):
                    for i in range(3):
                        say('turn', i)
                        try:
                            queue0.put_nowait(28)
                        except asyncio.QueueFull:
                            say('full')
            except (ValueError, KeyError, LookupError, TimeoutError) as exc:
                say('guard 29', repr(exc))
            barrier = asyncio.Barrier(2)
            t14 = start(barrier.wait(), 't14')
            try:
                async with asyncio.timeout(0.3):
                    say('barrier', await barrier.wait())
            except (TimeoutError, asyncio.BrokenBarrierError) as exc:
                say('no barrier', repr(exc), barrier.n_waiting, barrier.broken)
            t14.cancel()
    except TimeoutError:
        say('main timeout')


try:
    asyncio.run(main())
finally:
    for task in registry:
        if task.done() and not task.cancelled():
            task.exception()
print('end', level, sorted(counts.items()))
