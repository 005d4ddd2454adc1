"""eager tasks in many forms"""
import asyncio
async def immediate(n):
    print('im', n, asyncio.current_task().get_name())
    return n
async def blocks(n):
    print('start', n)
    await asyncio.sleep(0)
    print('mid', n)
    await asyncio.sleep(0.1)
    return n
async def fails():
    raise ValueError('eager')
async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    t = asyncio.create_task(immediate(1))
    print(t.done(), t)
    u = asyncio.create_task(blocks(2), name='blocker')
    print(u)
    f = asyncio.create_task(fails())
    print(f.done(), repr(f.exception()))
    print(await asyncio.gather(immediate(3), blocks(4), immediate(5)))
    async with asyncio.TaskGroup() as tg:
        a = tg.create_task(immediate(6))
        b = tg.create_task(blocks(7))
    print(a, b)
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(blocks(8))
            tg.create_task(fails())
            print('still here')
    except* ValueError as eg:
        print(eg.exceptions)
    print(await asyncio.wait_for(immediate(9), 1))
    async with asyncio.timeout(1):
        await asyncio.create_task(immediate(10))
    class MyTask(asyncio.Task): pass
    loop.set_task_factory(asyncio.create_eager_task_factory(MyTask))
    t = asyncio.create_task(immediate(11))
    print(type(t).__name__, t)
    loop.set_task_factory(None)
    t = asyncio.Task(immediate(12), eager_start=True, loop=loop)
    print(t.done())
    t = asyncio.Task(immediate(13), eager_start=False, loop=loop)
    print(t.done())
    await t
    def factory(loop, coro, **kw):
        print('factory', coro.__name__, kw)
        return asyncio.Task(coro, loop=loop, **kw)
    loop.set_task_factory(factory)
    t = asyncio.create_task(immediate(14), name='nm')
    print(loop.get_task_factory() is factory)
    print(await t)
    print(asyncio.all_tasks() == {asyncio.current_task()})
    async def canc():
        asyncio.current_task().cancel()
        await asyncio.sleep(0)
    loop.set_task_factory(asyncio.eager_task_factory)
    t = asyncio.create_task(canc())
    print(t, t.cancelling())
    try:
        await t
    except asyncio.CancelledError:
        print('c')
asyncio.run(main())
