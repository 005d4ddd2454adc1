import asyncio


async def fail(number):
    await asyncio.sleep(number / 100)
    raise ValueError(number)


async def main():
    try:
        await asyncio.gather(fail(1), fail(2), fail(3))
    except ValueError as error:
        print("caught", error)
    await asyncio.sleep(0.05)
    print("main ends")


asyncio.run(main())
