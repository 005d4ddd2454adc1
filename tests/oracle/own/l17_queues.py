# python: 3.7
# queues: producers and consumers, join, cancelled getters
import asyncio


async def producer(queue, name, n):
    for i in range(n):
        await queue.put((name, i))
        print('put', name, i, queue.qsize())


async def consumer(queue, name):
    while True:
        item = await queue.get()
        print('got', name, item)
        await asyncio.sleep(0.1)
        queue.task_done()


async def main():
    queue = asyncio.Queue(maxsize=2)
    consumers = [asyncio.ensure_future(consumer(queue, n)) for n in 'xy']
    await asyncio.gather(producer(queue, 'a', 3), producer(queue, 'b', 3))
    print(queue)
    await queue.join()
    for task in consumers:
        task.cancel()
    print(await asyncio.gather(*consumers, return_exceptions=True))
    getters = [asyncio.ensure_future(queue.get()) for _ in range(3)]
    await asyncio.sleep(0)
    print(queue)
    getters[0].cancel()
    queue.put_nowait(1)
    await asyncio.sleep(0)
    queue.put_nowait(2)
    print(await asyncio.gather(*getters, return_exceptions=True))
    try:
        queue.task_done()
        queue.task_done()
        queue.task_done()
    except ValueError as error:
        print(error)
    try:
        await asyncio.wait_for(queue.get(), 0.1)
    except asyncio.TimeoutError:
        print('empty')


asyncio.get_event_loop().run_until_complete(main())
