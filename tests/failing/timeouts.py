import asyncio


async def slow():
    try:
        await asyncio.sleep(10)
    finally:
        print("slow is left")


async def main():
    try:
        async with asyncio.timeout(0.01):
            await slow()
    except TimeoutError as error:
        print(repr(error), repr(error.__cause__))
    await asyncio.wait_for(slow(), timeout=0.01)


asyncio.run(main())
