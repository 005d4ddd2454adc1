import asyncio


def handler(loop, context):
    raise RuntimeError(f"handler failed on {context['exception']!r}")


def careful(loop, context):
    print("careful:", context["message"])
    loop.default_exception_handler(context)


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(handler)
    loop.call_soon(int, "x")
    await asyncio.sleep(0)
    loop.set_exception_handler(careful)
    loop.call_soon([].pop)
    await asyncio.sleep(0)
    loop.set_exception_handler(None)
    loop.call_exception_handler({"message": "by hand", "number": 4, "task": None})
    try:
        loop.set_exception_handler("text")
    except TypeError as error:
        print(error)


asyncio.run(main())
