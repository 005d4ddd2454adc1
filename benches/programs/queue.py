# loopscope: limit_steps=1000000
"""10,000 items from a producer to a consumer, through a queue of 10."""
import asyncio

ITEMS = 10_000


async def produce(queue):
    for item in range(ITEMS):
        await queue.put(item)
    await queue.put(None)


async def consume(queue):
    total = 0
    while (item := await queue.get()) is not None:
        total += item
    return total


async def main():
    queue = asyncio.Queue(maxsize=10)
    _, total = await asyncio.gather(produce(queue), consume(queue))
    assert total == ITEMS * (ITEMS - 1) // 2


asyncio.run(main())
