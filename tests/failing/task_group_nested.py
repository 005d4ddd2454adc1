import asyncio


async def fail(error):
    raise error


async def inner(number):
    async with asyncio.TaskGroup() as group:
        group.create_task(fail(ValueError(number)))
        group.create_task(fail(TypeError(str(number))))


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(inner(1))
            group.create_task(inner(2))
    except* ValueError as found:
        print("caught", len(found.exceptions), "groups with ValueError")


asyncio.run(main())
