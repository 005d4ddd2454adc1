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
    where.set('place 1')
    asyncio.get_running_loop().call_later(0.3, event0.set)
    say('mark 3')
    return 'work0-' + str(n)


async def work1(n):
    say('enter work1', n)
    if len(registry) > 0:
        try:
            say('outcome', registry[0].exception())
        except (Exception, asyncio.CancelledError) as exc:
            say('no outcome', type(exc).__name__, exc)
    await asyncio.to_thread(time.sleep, 0.2)
    say('thread done')
    return 'work1-' + str(n)


async def work2(n):
    say('enter work2', n)
    future = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(0.2, settle, future, 4)
    say('future', await future)
    try:
        say('in time', await asyncio.wait_for(work0(5), 0.3))
    except (TimeoutError, ValueError, KeyError) as exc:
        say('wait_for', repr(exc))
    try:
        try:
            say('in time', await asyncio.wait_for(work1(6), 0.4))
        except (TimeoutError, ValueError, KeyError) as exc:
            say('wait_for', repr(exc))
        try:
            async with Room(7, False):
                event0.clear()
                t1 = start(work0(8), 't1')
                t1.add_done_callback(finished)
                try:
                    say('joined', await t1)
                except (ValueError, KeyError, TimeoutError) as exc:
                    say('join failed', repr(exc))
        except (ValueError, KeyError, LookupError, TimeoutError) as exc:
            say('guard 9', repr(exc))
    except Exception as exc:
        say('any', type(exc).__name__, exc)
    both = asyncio.gather(work0(10), asyncio.gather(work1(11), work1(12), work1(13)))
    try:
        say('both', await both)
    except asyncio.CancelledError as exc:
        say('both cancelled', both.done(), asyncio.current_task().cancelling())
    except (ValueError, KeyError, LookupError, TimeoutError) as exc:
        say('both failed', repr(exc))


async def work3(n):
    say('enter work3', n)
    try:
        async with asyncio.TaskGroup() as out:
            registry.append(out.create_task(work0(14), name='t2'))
            async with asyncio.TaskGroup() as inn:
                t3 = inn.create_task(work2(15), name='t3')
                registry.append(t3)
                t4 = inn.create_task(work1(16), name='t4')
                registry.append(t4)
                say('cancel inner', t4.cancel('inner'))
                t5 = start(work2(17), 't5')
                await asyncio.sleep(0.3)
                say('cancel t5', t5.cancel())
    except* ValueError as group:
        say('values', tell(group))
    except* (KeyError, LookupError, TimeoutError) as group:
        say('others', tell(group))
    asyncio.get_running_loop().call_soon(explode, 18)
    await asyncio.sleep(0)
    t6 = start(work1(19), 't6')
    t6.add_done_callback(finished)
    say('cancel t6', t6.cancel())
    await asyncio.sleep(0.2)
    say('slept 20')
    await asyncio.sleep(0.2)
    say('slept 21')
    return 'work3-' + str(n)


async def work4(n):
    say('enter work4', n)
    asyncio.get_running_loop().call_soon(fire, 22)
    await asyncio.sleep(0)
    say('slept 23')
    try:
        future = asyncio.get_running_loop().create_future()
        future.set_result(1)
        future.set_result(2)
    except Exception as exc:
        say('misuse', type(exc).__name__, exc)
    return 'work4-' + str(n)


async def main():
    global lock0
    lock0 = asyncio.Lock()
    global lock1
    lock1 = asyncio.Lock()
    global event0
    event0 = asyncio.Event()
    global queue0
    queue0 = asyncio.PriorityQueue(3)
    global queue1
    queue1 = asyncio.Queue(3)
    global cond0, sem0
    cond0 = asyncio.Condition()
    sem0 = asyncio.Semaphore(1)
    try:
        async with asyncio.timeout(2):
            t7 = start(work0(24), 't7')
            t8 = start(work4(25), 't8')
            t9 = start(work4(26), 't9')
            t10 = start(work3(27), 't10')
            t11 = start(work0(28), 't11')
            t12 = start(work4(29), 't12')
            done, pending = await asyncio.wait([t10, t11, t12], timeout=0.4, return_when=asyncio.FIRST_EXCEPTION)
            say('wait', sorted(t.get_name() for t in done), sorted(t.get_name() for t in pending))
            t13 = start(work4(30), 't13')
            outer = asyncio.shield(t13)
            asyncio.get_running_loop().call_later(0.2, t13.cancel)
            try:
                say('outer', await outer)
            except asyncio.CancelledError:
                say('outer cancelled', outer.cancelled(), t13.done())
            except (ValueError, KeyError, LookupError, TimeoutError) as exc:
                say('outer failed', repr(exc))
            await asyncio.to_thread(time.sleep, 0.1)
            say('thread done')
            say('custom', await Twice())
            t14 = start(work4(31), 't14')
            t15 = start(work2(32), 't15')
            done, pending = await asyncio.wait([t14, t15], return_when=asyncio.FIRST_EXCEPTION)
            say('wait', sorted(t.get_name() for t in done), sorted(t.get_name() for t in pending))
            for t in [t14, t15]:
                if t in pending:
                    say('cancel pending', t.cancel())
    except TimeoutError:
        say('main timeout')


try:
    with asyncio.Runner() as runner:
        runner.run(leave(0))
        runner.run(main())
finally:
    for task in registry:
        if task.done() and not task.cancelled():
            task.exception()
print('end', level, sorted(counts.items()))
