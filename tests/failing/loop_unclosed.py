import asyncio


async def main():
    print("running")


loop = asyncio.new_event_loop()
loop.run_until_complete(main())
print(loop.is_closed())
