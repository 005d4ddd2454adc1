# python: 3.7
# Task.all_tasks() tells of tasks that are done too, Task.current_task() works without a task
import asyncio


async def worker(n):
    await asyncio.sleep(n)
    return n


async def main():
    tasks = [asyncio.ensure_future(worker(n)) for n in (0.1, 0.2, 0.3)]
    await asyncio.sleep(0.15)
    print(len(asyncio.Task.all_tasks()), len(asyncio.all_tasks()))
    for task in asyncio.Task.all_tasks():
        print(task.done(), task is asyncio.Task.current_task(), task.cancel())
    try:
        await asyncio.gather(*tasks)
    except asyncio.CancelledError as error:
        print('main', repr(error))
    print(asyncio.Task.current_task() is asyncio.current_task())
    del tasks
    for task in asyncio.Task.all_tasks():
        print(task.done(), task.cancelled())


loop = asyncio.get_event_loop()
print(asyncio.Task.current_task(), asyncio.Task.all_tasks(loop=loop))
loop.run_until_complete(main())
print(asyncio.Task.current_task(loop=loop))
