import asyncio


async def fail(name, delay):
    await asyncio.sleep(delay)
    raise KeyError(name)


async def stubborn():
    try:
        await asyncio.sleep(1)
    finally:
        raise OSError(2, "cleaning failed")


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(fail("one", 0.01))
        group.create_task(stubborn())
        group.create_task(asyncio.sleep(5))


asyncio.run(main())
