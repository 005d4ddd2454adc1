import asyncio


async def patient():
    try:
        await asyncio.sleep(60)
    except asyncio.CancelledError:
        print("cancelled")
        raise


async def main():
    task = asyncio.create_task(patient())
    await asyncio.sleep(0)
    asyncio.get_running_loop().call_soon(press)
    await task


def press():
    raise KeyboardInterrupt


asyncio.run(main())
