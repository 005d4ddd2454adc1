import asyncio
import warnings

warnings.simplefilter("always")


async def main():
    print("running")


loop = asyncio.new_event_loop()
loop.run_until_complete(main())
print("drop it")
loop = None
print("end")
