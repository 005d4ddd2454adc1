import asyncio


async def ready():
    return False


async def main():
    if ready():
        print("always true")
    try:
        for _ in ready():
            pass
    except TypeError as error:
        print(error)
    try:
        len(ready())
    except TypeError as error:
        print(error)
    asyncio.gather(ready())
    loop = asyncio.get_running_loop()
    loop.call_soon(ready)
    await asyncio.sleep(0)
    print("end")


asyncio.run(main())
