"""Task factories: any callable, with and without a context, eager ones from a class of the program's own, and outside a running loop."""
import asyncio
import contextvars

var = contextvars.ContextVar('var', default='unset')


class Named(asyncio.Task):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        print('made', self.get_name(), sorted(kwargs))


def plain_factory(loop, coro, **kwargs):
    print('factory', coro.__qualname__, sorted(kwargs))
    return asyncio.Task(coro, loop=loop, **kwargs)


async def work(n):
    print('work', n, var.get(), asyncio.current_task().get_name())
    var.set(f'work {n}')
    await asyncio.sleep(0)
    print('work', n, var.get())
    return n


async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(plain_factory)
    a = asyncio.create_task(work(1), name='a')
    context = contextvars.copy_context()
    context.run(var.set, 'given')
    b = loop.create_task(work(2), name='b', context=context)
    print(a.get_name(), b.get_name())
    print(await asyncio.gather(a, b, work(3)))
    print(context[var], var.get())
    loop.set_task_factory(asyncio.create_eager_task_factory(Named))
    c = asyncio.create_task(work(4), name='c', context=context)
    print('c', c.done(), type(c).__name__, context[var], c.get_context() is context)
    async with asyncio.TaskGroup() as group:
        d = group.create_task(work(5), name='d')
        print(type(d).__name__)
    print(await c)
    try:
        loop.set_task_factory(7)
    except TypeError as exc:
        print(exc)
    loop.set_task_factory(None)
    print(loop.get_task_factory())
    e = asyncio.create_task(work(6))
    print(type(e).__name__, e.get_name())
    await e
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(work(7), context=contextvars.copy_context())
            loop.set_task_factory(lambda loop, coro: asyncio.Task(coro, loop=loop))
            group.create_task(work(8))
            group.create_task(work(9), context=contextvars.copy_context())
    except TypeError as exc:
        print(exc)


asyncio.run(main())

loop = asyncio.new_event_loop()
loop.set_task_factory(asyncio.eager_task_factory)
task = loop.create_task(work(10), name='before the loop runs')
print('not started', task.done())
print(loop.run_until_complete(task), task.get_name())
loop.run_until_complete(work(11))
loop.close()
