import asyncio


async def fetch():
    raise ConnectionResetError("line is dead")


async def fallback():
    await asyncio.sleep(0)
    raise FileNotFoundError(2, "No such file", "cache.txt")


async def main():
    try:
        await fetch()
    except ConnectionError:
        try:
            await fallback()
        finally:
            print("tried both")


asyncio.run(main())
