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
    async with lock0:
        say('holds lock0')
        async with cond0:
            raise_level()
            cond0.notify_all()
            await asyncio.sleep(0.2)
    try:
        async with Room(1, False):
            say('queues', queue0.qsize(), queue0.full(), queue0.maxsize)
            await asyncio.to_thread(time.sleep, 0.2)
            say('thread done')
    except (ValueError, KeyError, LookupError, TimeoutError) as exc:
        say('guard 2', repr(exc))
    return 'work0-' + str(n)


async def work1(n):
    say('enter work1', n)
    try:
        async with sem0:
            say('inside sem')
            await asyncio.sleep(0.1)
        future = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().call_later(0, settle, future, 3)
        say('future', await future)
        await event0.wait()
        say('passed event0')
    except (ValueError, KeyError) as exc:
        say('caught', repr(exc))
    say('custom', await Nap(0.3))
    await asyncio.to_thread(time.sleep, 0.2)
    say('thread done')
    t1 = start(work0(5), 't1')
    done, pending = await asyncio.wait([t1], return_when=asyncio.FIRST_COMPLETED)
    say('wait', sorted(t.get_name() for t in done), sorted(t.get_name() for t in pending))
    for t in [t1]:
        if t in pending:
            say('cancel pending', t.cancel())
    return 'work1-' + str(n)


async def work2(n):
    say('enter work2', n)
    box = asyncio.PriorityQueue()
    box.put_nowait(2)
    box.put_nowait(3)
    box.put_nowait(4)
    for _ in range(box.qsize()):
        say('box', await box.get())
        box.task_done()
    await box.join()
    both = asyncio.gather(work0(7), asyncio.gather(work1(8)), return_exceptions=True)
    try:
        say('both', await both)
    except asyncio.CancelledError as exc:
        say('both cancelled', both.done(), asyncio.current_task().cancelling())
        if asyncio.current_task().cancelling():
            raise
    except (ValueError, KeyError, LookupError, TimeoutError) as exc:
        say('both failed', repr(exc))
    try:
        async with asyncio.timeout(0.3):
            say('mark 9')
            await asyncio.sleep(0)
    except TimeoutError:
        say('timeout 10')
    try:
        say('mark 11')
        say('custom', await Twice())
    except asyncio.CancelledError as exc:
        say('uncancel', exc.args, asyncio.current_task().cancelling(), asyncio.current_task().uncancel())
    say('mark 12')


async def main():
    global lock0
    lock0 = asyncio.Lock()
    global lock1
    lock1 = asyncio.Lock()
    global event0
    event0 = asyncio.Event()
    global event1
    event1 = asyncio.Event()
    global queue0
    queue0 = asyncio.Queue(3)
    global cond0, sem0
    cond0 = asyncio.Condition()
    sem0 = asyncio.Semaphore(1)
    try:
        async with asyncio.timeout(1):
            t2 = start(work2(13), 't2')
            for i in range(2):
                say('turn', i)
                box = asyncio.PriorityQueue()
                box.put_nowait(3)
                box.put_nowait(4)
                box.put_nowait(5)
                for _ in range(box.qsize()):
                    say('box', await box.get())
                    box.task_done()
                await box.join()
                asyncio.get_running_loop().call_later(0.2, event1.set)
            t3 = start(work0(16), 't3')
            try:
                say('shielded', await asyncio.wait_for(asyncio.shield(t3), 0.6))
            except (TimeoutError, ValueError, KeyError) as exc:
                say('shield', repr(exc), t3.done())
            pipe = asyncio.Queue(1)
            t4 = start(pipe.put(1), 't4')
            asyncio.get_running_loop().call_later(0.2, pipe.shutdown)
            where.set('place 17')
            try:
                while True:
                    await pipe.put(2)
                    say('pipe', await pipe.get())
                    await asyncio.sleep(0.1)
            except asyncio.QueueShutDown as exc:
                say('shut', repr(exc))
            t4.cancel()
            await queue0.put(18)
            say('put', queue0.qsize())
            async with sem0:
                say('inside sem')
                await asyncio.sleep(0.3)
    except TimeoutError:
        say('main timeout')


try:
    asyncio.run(main())
finally:
    for task in registry:
        if task.done() and not task.cancelled():
            task.exception()
print('end', level, sorted(counts.items()))
