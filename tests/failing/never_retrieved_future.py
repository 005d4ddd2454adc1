import asyncio


async def main():
    future = asyncio.get_running_loop().create_future()
    future.set_exception(ValueError("nobody asks"))
    del future
    future = asyncio.get_running_loop().create_future()
    try:
        raise KeyError("with a traceback")
    except KeyError as error:
        future.set_exception(error)
    del future
    await asyncio.sleep(0)
    seen = asyncio.get_running_loop().create_future()
    seen.set_exception(TypeError("asked"))
    print(repr(seen.exception()))


asyncio.run(main())
