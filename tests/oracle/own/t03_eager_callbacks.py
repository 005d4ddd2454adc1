"""Eager tasks started from callbacks, with no task around them."""
import asyncio


async def child(n):
    print('child', n, asyncio.current_task().get_name())
    if n == 2:
        await asyncio.sleep(0.01)
        print('child 2 again')
    return n




async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    kept = []

    def callback():
        print('callback', asyncio.current_task())
        for n in (1, 2):
            kept.append(loop.create_task(child(n)))
            kept[-1].add_done_callback(lambda task: print('done', task.result()))
        print('callback ends', asyncio.current_task(), kept[0].done(), kept[1].done())

    loop.call_soon(callback)
    await asyncio.sleep(0.05)
    task = asyncio.create_task(child(3))
    print(task.get_coro(), task)


asyncio.run(main())
