# title: Producers and consumers
# lesson: What stops a producer that is too fast?
import asyncio

async def producer(queue, items):
    for item in items:
        await asyncio.sleep(0.1)  # make one
        await queue.put(item)     # may be full
        print("made", item)

async def consumer(queue, printer):
    while True:
        item = await queue.get()  # may be empty
        async with printer:       # one at a time
            await asyncio.sleep(0.3)
            print("printed", item)
        queue.task_done()

def start(coroutine, name):
    return asyncio.create_task(coroutine, name=name)

async def main():
    queue = asyncio.Queue(maxsize=2)
    printer = asyncio.Lock()
    makers = [
        start(producer(queue, [1, 3, 5]), "maker-1"),
        start(producer(queue, [2, 4, 6]), "maker-2"),
    ]
    takers = [
        start(consumer(queue, printer), "taker-1"),
        start(consumer(queue, printer), "taker-2"),
    ]
    await asyncio.gather(*makers)
    await queue.join()
    for taker in takers:
        taker.cancel()
    print("nothing left to print")

asyncio.run(main())
