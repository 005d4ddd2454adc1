# python: 3.7
# what came later does not exist
import asyncio

for name in ('TaskGroup', 'timeout', 'timeout_at', 'Runner', 'Barrier', 'to_thread', 'eager_task_factory',
             'QueueShutDown', 'BrokenBarrierError', 'Timeout', 'EventLoop', 'exceptions', 'taskgroups', 'timeouts'):
    print(name, hasattr(asyncio, name))
for name in ('get_name', 'set_name', 'get_coro', 'cancelling', 'uncancel', 'get_context', 'all_tasks', 'current_task',
             'cancel', 'print_stack', 'get_stack', 'result'):
    print(name, hasattr(asyncio.Task, name))
print(hasattr(asyncio.Queue, 'shutdown'), hasattr(asyncio.BaseEventLoop, 'shutdown_default_executor'))
try:
    asyncio.TaskGroup
except AttributeError as error:
    print(error)
try:
    from asyncio import Runner
except ImportError as error:
    print(str(error)[:42])


async def nothing():
    pass


async def main():
    for make in (lambda c: asyncio.create_task(c, name='n'), lambda c: asyncio.get_event_loop().create_task(c, name='n')):
        c = nothing()
        try:
            make(c)
        except TypeError as error:
            print(error)
        c.close()
    task = asyncio.create_task(nothing())
    try:
        task.get_name()
    except AttributeError as error:
        print(error)
    await task


asyncio.run(main())
