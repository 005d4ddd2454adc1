import asyncio


async def wait():
    await asyncio.sleep(10)


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(wait())
        await asyncio.sleep(0)
        raise LookupError("in the body")


asyncio.run(main())
