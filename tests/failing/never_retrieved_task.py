import asyncio


async def fail(number):
    await asyncio.sleep(0)
    raise ValueError(f"unseen {number}")


async def main():
    asyncio.create_task(fail(1), name="first")
    await asyncio.sleep(0.01)
    task = asyncio.create_task(fail(2), name="second")
    await asyncio.sleep(0.01)
    print("drop it")
    task = None
    print("dropped")
    kept = asyncio.create_task(fail(3), name="third")
    await asyncio.sleep(0.01)
    return kept


asyncio.run(main())
print("end")
