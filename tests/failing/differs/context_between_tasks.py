import asyncio


async def first():
    await asyncio.sleep(0)
    raise ValueError("first")


async def second(task):
    try:
        await task
    except ValueError:
        await asyncio.sleep(0)
        raise KeyError("second")


async def main():
    task = asyncio.create_task(first())
    other = asyncio.create_task(second(task))
    try:
        await other
    except KeyError:
        try:
            await task
        except ValueError as error:
            raise RuntimeError("third") from error


asyncio.run(main())
