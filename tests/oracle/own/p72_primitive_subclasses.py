# Subclasses of the primitives, and everything that primitives say about themselves.
import asyncio, contextlib

class LoudLock(asyncio.Lock):
    def __init__(self, name):
        super().__init__()
        self.name = name
    async def acquire(self):
        print('acquire', self.name)
        r = await super().acquire()
        print('acquired', self.name, r)
        return r
    def release(self):
        print('release', self.name)
        super().release()
    def __repr__(self):
        return f'<L {self.name}>'

class CountedSemaphore(asyncio.Semaphore):
    def __init__(self, value):
        super().__init__(value)
        self.n = 0
    async def acquire(self):
        await super().acquire()
        self.n += 1
        return True
    def release(self):
        print('back')
        super().release()

class Cond(asyncio.Condition):
    async def wait(self):
        print('wait')
        return await super().wait()
    def notify(self, n=1):
        print('notify', n)
        super().notify(n)

class Ev(asyncio.Event):
    def set(self):
        print('setting')
        super().set()

class Bar(asyncio.Barrier):
    async def wait(self):
        i = await super().wait()
        print('through', i)
        return i

class TG(asyncio.TaskGroup):
    def create_task(self, coro, **kw):
        print('create', coro.__name__)
        return super().create_task(coro, **kw)
    async def __aenter__(self):
        print('enter')
        return await super().__aenter__()
    async def __aexit__(self, *a):
        print('exit', a[0])
        return await super().__aexit__(*a)

class TO(asyncio.Timeout):
    pass

async def w(l, n):
    async with l:
        print('in', n)
        await asyncio.sleep(0.01)

async def main():
    l = LoudLock('x')
    await asyncio.gather(w(l, 1), w(l, 2))
    s = CountedSemaphore(2)
    await asyncio.gather(*(w(s, i) for i in range(3)))
    print(s.n, s.locked(), s._value)
    c = Cond()
    flag = []
    async def waiter():
        async with c:
            print(await c.wait_for(lambda: flag and 'yes'))
    t = asyncio.create_task(waiter())
    await asyncio.sleep(0)
    async with c:
        flag.append(1)
        c.notify_all()
    await t
    l2 = asyncio.Lock()
    c2 = asyncio.Condition(l2)
    async with c2:
        print(l2.locked(), c2.locked(), c2)
    e = Ev()
    t = asyncio.create_task(e.wait())
    await asyncio.sleep(0)
    e.set()
    print(await t, e.is_set())
    b = Bar(2)
    async def party():
        async with b as i:
            print('inside', i, b.n_waiting, b.broken)
    await asyncio.gather(party(), party())
    async with TG() as tg:
        tg.create_task(w(asyncio.Lock(), 'tg'), name='N')
        print(str(tg).split(' at ')[0], repr(tg))
    print(repr(tg))
    try:
        tg.create_task(w(l, 3))
    except RuntimeError as ex:
        print(ex)
    t = asyncio.timeout(1)
    print(t, t.when(), t.expired())
    async with t:
        print(t, t.expired())
        t.reschedule(None)
        print(t)
        t.reschedule(asyncio.get_running_loop().time() + 0.5)
        print(t)
        try:
            async with t: pass
        except RuntimeError as ex:
            print(ex)
    print(t)
    try:
        t.reschedule(1)
    except RuntimeError as ex:
        print(ex)
    to = TO(None)
    try:
        to.reschedule(1)
    except RuntimeError as ex:
        print(ex)
    try:
        async with asyncio.timeout(0.01) as cm:
            await asyncio.sleep(1)
    except TimeoutError as ex:
        print(repr(ex), repr(ex.__cause__), cm, cm.expired())
    try:
        async with TO(asyncio.get_running_loop().time() - 1) as cm:
            await asyncio.sleep(1)
    except TimeoutError as ex:
        print(cm)
    with contextlib.suppress(TypeError):
        asyncio.timeout()
    for bad in ('x', [1]):
        try:
            async with asyncio.timeout(bad):
                pass
        except TypeError as ex:
            print(ex)
    br = asyncio.Barrier(3)
    print(br)
    async def p():
        try:
            await br.wait()
        except asyncio.BrokenBarrierError as ex:
            print('broken', ex, br)
    t1 = asyncio.create_task(p()); t2 = asyncio.create_task(p())
    await asyncio.sleep(0)
    print(br, br.n_waiting, br.parties)
    await br.reset()
    print(br)
    await asyncio.gather(t1, t2)
    t1 = asyncio.create_task(p())
    await asyncio.sleep(0)
    await br.abort()
    print(br, br.broken)
    await t1
    try:
        await br.wait()
    except asyncio.BrokenBarrierError as ex:
        print(ex)
    await br.reset()
    print(br)
    try:
        async with asyncio.TaskGroup() as g:
            async with g: pass
    except* RuntimeError as eg:
        print(eg.exceptions)
    try:
        asyncio.TaskGroup().create_task(co := asyncio.sleep(1))
    except RuntimeError as ex:
        print(ex)
    for x in (asyncio.Lock(), asyncio.Semaphore(0), asyncio.BoundedSemaphore(1), asyncio.Event(), asyncio.Condition()):
        print(x)
        try:
            x.release()
        except Exception as ex:
            print(type(ex), ex)
asyncio.run(main())
