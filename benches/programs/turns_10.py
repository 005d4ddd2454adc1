# loopscope: limit_steps=1000000
"""1,000 tasks that give way 10 times each."""
import asyncio

TASKS = 1_000
ROUNDS = 10


async def take_turns():
    for _ in range(ROUNDS):
        await asyncio.sleep(0)


async def main():
    await asyncio.gather(*(take_turns() for _ in range(TASKS)))


asyncio.run(main())
