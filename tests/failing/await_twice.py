import asyncio


async def work():
    return 1


async def main():
    coroutine = work()
    print(await coroutine)
    sleeping = asyncio.sleep(0, "slept")
    print(await sleeping)
    for used in (coroutine, sleeping):
        try:
            await used
        except RuntimeError as error:
            print(error)
    waiting = asyncio.sleep(0)
    task = asyncio.create_task(waiting)
    await asyncio.sleep(0)
    try:
        await waiting
    except RuntimeError as error:
        print(error)
    await task
    await coroutine


asyncio.run(main())
