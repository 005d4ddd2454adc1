import asyncio


async def work():
    return 1


try:
    asyncio.create_task(work())
except RuntimeError as error:
    print(error)
    print("handled")
