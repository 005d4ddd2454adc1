import asyncio


async def stuck():
    await asyncio.get_running_loop().create_future()


async def main():
    asyncio.create_task(stuck(), name="stuck")
    await asyncio.sleep(0)
    print("main ends")


loop = asyncio.new_event_loop()
loop.run_until_complete(main())
loop.close()
print("closed")
