import asyncio


def look(task):
    print("done:", task.get_name())
    raise RuntimeError(f"cannot digest {task.result()}")


async def work():
    return "pudding"


async def main():
    task = asyncio.create_task(work(), name="cook")
    task.add_done_callback(look)
    await task
    await asyncio.sleep(0)
    future = asyncio.get_running_loop().create_future()
    future.add_done_callback(lambda f: f.result()["key"])
    future.set_result({})
    await asyncio.sleep(0)


asyncio.run(main())
