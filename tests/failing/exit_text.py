import asyncio


async def leave():
    raise SystemExit("no more coffee ☕")


async def main():
    try:
        await asyncio.gather(leave(), asyncio.sleep(1))
    except BaseException as error:
        print("main sees", type(error).__name__)
        raise


asyncio.run(main())
