"""Eager tasks: nested starts, errors and cancellation before the first wait, who is current, what all_tasks sees."""
import asyncio
import contextvars

depth = contextvars.ContextVar('depth', default=0)


def who():
    return asyncio.current_task().get_name()


async def fails(n):
    print('fails', n, who())
    raise ValueError(n)


async def cancels_itself():
    asyncio.current_task().cancel('enough')
    print('asked', asyncio.current_task().cancelling(), asyncio.current_task()._must_cancel)
    await asyncio.sleep(0)
    print('never printed')


async def cancels_itself_and_returns():
    asyncio.current_task().cancel('too late')
    return 'value'


async def raises_cancelled():
    raise asyncio.CancelledError('by hand')


async def nested(n):
    depth.set(depth.get() + 1)
    print('nested', n, who(), 'depth', depth.get(), 'alive', len(asyncio.all_tasks()))
    if n:
        inner = asyncio.create_task(nested(n - 1))
        print('back in', who(), 'inner done', inner.done(), 'depth', depth.get())
    await asyncio.sleep(0.01 * n)
    print('nested', n, 'ends in', who())
    return n


async def waits_for_done(fut):
    return await fut


async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    print(loop.get_task_factory() is asyncio.eager_task_factory)
    task = asyncio.create_task(fails(1))
    print('after', who(), task.done(), repr(task.exception()), task.get_coro())
    try:
        await task
    except ValueError as exc:
        print('caught', exc)
    task = asyncio.create_task(cancels_itself(), name='c')
    print(task.done(), task.cancelling(), task.get_name())
    try:
        await task
    except asyncio.CancelledError as exc:
        print('cancelled', exc.args, task.cancelled())
    task = asyncio.create_task(cancels_itself_and_returns())
    print(task.cancelled(), task.done())
    try:
        task.result()
    except asyncio.CancelledError as exc:
        print('cancelled', exc.args)
    task = asyncio.create_task(raises_cancelled())
    print(task.cancelled())
    task = loop.create_task(nested(3))
    print('depth outside', depth.get(), task.done())
    print(await task)
    await asyncio.sleep(0.1)
    done = loop.create_future()
    done.set_result('ready')
    task = asyncio.create_task(waits_for_done(done))
    print(task.done(), task.result(), repr(task))
    print(await asyncio.gather(waits_for_done(done), waits_for_done(done)))
    outer = asyncio.gather(waits_for_done(done), fails(2), return_exceptions=True)
    print(outer.done(), outer)
    async with asyncio.TaskGroup() as group:
        a = group.create_task(waits_for_done(done), name='in group')
        b = group.create_task(nested(0))
        print(a.done(), b.done())
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fails(3))
            print('still here')
            await asyncio.sleep(1)
    except* ValueError as group:
        print(repr(group))
    async with asyncio.timeout(1):
        async for finished in asyncio.as_completed([nested(1), nested(0), waits_for_done(done)]):
            print('completed', await finished)
    print(await asyncio.wait_for(nested(0), 1))
    print(await asyncio.shield(waits_for_done(done)))
    lazy = asyncio.Task(waits_for_done(done), name='lazy')
    eager = asyncio.Task(waits_for_done(done), name='eager', eager_start=True)
    print(lazy.done(), eager.done(), lazy, eager)
    await lazy

asyncio.run(main())
