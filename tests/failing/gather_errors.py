import asyncio


async def fail(name):
    await asyncio.sleep(0)
    raise NameError(f"{name} went wrong")


async def main():
    first, second = await asyncio.gather(
        fail("first"),
        fail("second"),
        return_exceptions=True,
    )
    print(repr(first), repr(second))
    await asyncio.gather(
        asyncio.sleep(0.01),
        fail("third"),
    )


asyncio.run(main())
