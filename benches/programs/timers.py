# loopscope: limit_steps=1000000
"""100 tasks that sleep 100 times each, for times that differ."""
import asyncio

TASKS = 100
ROUNDS = 100


async def sleep(number):
    for turn in range(ROUNDS):
        await asyncio.sleep(0.000_001 * ((number * 7 + turn) % 13 + 1))


async def main():
    async with asyncio.TaskGroup() as group:
        for number in range(TASKS):
            group.create_task(sleep(number))


asyncio.run(main())
