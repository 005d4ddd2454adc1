import asyncio


async def main():
    asyncio.current_task().cancel()
    try:
        await asyncio.sleep(1)
    finally:
        raise ValueError("instead of the cancellation")


asyncio.run(main())
