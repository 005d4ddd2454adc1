import asyncio


async def source():
    try:
        while True:
            yield 1
            await asyncio.sleep(0)
    finally:
        raise RuntimeError("cleanup of the source")


async def main():
    async for number in source():
        print(number)
        break
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print("end of main")


asyncio.run(main())
