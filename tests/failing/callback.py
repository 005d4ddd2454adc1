import asyncio


def explode(what):
    raise ValueError(f"bad {what}")


async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(explode, "soon")
    loop.call_later(0.01, explode, "later")
    loop.call_soon(lambda: 1 / 0)
    await asyncio.sleep(0.02)
    print("still here")


asyncio.run(main())
