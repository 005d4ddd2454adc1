import asyncio


def handler(loop, context):
    print("handler:", context["message"])
    raise SystemExit(4)


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(handler)
    loop.call_soon(int, "x")
    try:
        await asyncio.sleep(1)
    finally:
        print("main is left")


asyncio.run(main())
