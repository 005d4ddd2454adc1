"""Queue.shutdown, join, task_done errors, get/put after shutdown"""
import asyncio
async def consumer(q, n):
    try:
        while True:
            item = await q.get()
            print(n, item)
            await asyncio.sleep(0.1)
            q.task_done()
    except asyncio.QueueShutDown as e:
        print(n, 'shutdown', repr(e))
async def producer(q):
    try:
        for i in range(10):
            await q.put(i)
            print('put', i)
    except asyncio.QueueShutDown as e:
        print('producer shutdown', repr(e))
async def main():
    q = asyncio.Queue(2)
    cs = [asyncio.create_task(consumer(q, n)) for n in 'ab']
    p = asyncio.create_task(producer(q))
    await asyncio.sleep(0.25)
    print(q)
    q.shutdown()
    print(q, q.qsize(), q.full(), q.empty())
    try:
        q.put_nowait(1)
    except asyncio.QueueShutDown as e:
        print('nowait', repr(e))
    await asyncio.gather(*cs, p)
    await q.join()
    try:
        q.get_nowait()
    except asyncio.QueueShutDown as e:
        print('get_nowait', repr(e))
    q2 = asyncio.PriorityQueue()
    for x in (3, 1, 2):
        q2.put_nowait(x)
    j = asyncio.create_task(q2.join())
    await asyncio.sleep(0)
    print(q2)
    q2.shutdown(immediate=True)
    await asyncio.sleep(0)
    print(j.done(), q2)
    try:
        q2.task_done()
    except ValueError as e:
        print(e)
    try:
        await q2.get()
    except asyncio.QueueShutDown as e:
        print('get', type(e).__mro__)
    q3 = asyncio.LifoQueue(maxsize=1)
    q3.put_nowait('x')
    try:
        q3.put_nowait('y')
    except asyncio.QueueFull as e:
        print(repr(e))
    t = asyncio.create_task(q3.put('z'))
    await asyncio.sleep(0)
    print(q3, t)
    t.cancel()
    await asyncio.gather(t, return_exceptions=True)
    print(q3, q3.maxsize)
    print(asyncio.Queue[int])
asyncio.run(main())
