import asyncio


async def main():
    try:
        await asyncio.wait_for(asyncio.sleep(1), 0.01)
    except TimeoutError:
        print("too late")
    raise ValueError("in the same step")


asyncio.run(main())
