# loopscope: limit_steps=2000000
"""10,000 tasks that share 2,600 permits: about a million steps, for the timeline to draw."""
import asyncio

TASKS = 10_000
PERMITS = 2_600
ROUNDS = 20


async def fetch(number, gate):
    for page in range(ROUNDS):
        async with gate:
            await asyncio.sleep(0.1 + (number * 7919 + page * 104_729) % 1000 / 1000)
            await asyncio.sleep(0)
            await asyncio.sleep(0)
    if number % 10 == 0:
        print(f"fetch-{number:04} has all of its {ROUNDS} pages")


async def main():
    gate = asyncio.Semaphore(PERMITS)
    async with asyncio.TaskGroup() as group:
        for number in range(TASKS):
            group.create_task(fetch(number, gate), name=f"fetch-{number:04}")


asyncio.run(main())
