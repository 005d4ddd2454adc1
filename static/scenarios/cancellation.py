# title: Cancellation
# lesson: When does a task hear cancel()?
import asyncio

async def download(lock):
    try:
        async with lock:
            await asyncio.sleep(5)
    finally:
        print("download: tidies up first")
        await asyncio.sleep(0.1)

async def backup(lock):
    async with lock:  # never gets that far
        print("backup: begins")

async def stubborn():
    try:
        await asyncio.sleep(1)
    except asyncio.CancelledError:
        print("stubborn: not yet")
    await asyncio.sleep(0.3)
    return "finished anyway"

async def main():
    disk = asyncio.Lock()
    start = asyncio.create_task
    tasks = [
        start(download(disk), name="download"),
        start(backup(disk), name="backup"),
        start(stubborn(), name="stubborn"),
    ]
    await asyncio.sleep(0.5)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    for task in tasks:
        if task.cancelled():
            print(task.get_name(), "was cancelled")
        else:
            print(task.get_name(), task.result())

asyncio.run(main())
