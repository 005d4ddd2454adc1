import asyncio


def handler(loop, context):
    print("handler:", context["message"])
    print("  keys:", sorted(context))
    print("  error:", repr(context["exception"]))


async def fail():
    raise ValueError("task")


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(handler)
    loop.call_soon(int, "x")
    task = asyncio.create_task(fail(), name="failing")
    await asyncio.sleep(0)
    task = None
    await asyncio.sleep(0)
    loop.call_exception_handler({"message": "of my own", "exception": None, "extra": 1})


asyncio.run(main())
