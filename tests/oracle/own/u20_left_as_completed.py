import asyncio
async def forever():
    await asyncio.get_running_loop().create_future()
async def pend():
    
    for f in asyncio.as_completed([forever()]): await f
async def main():
    t = asyncio.create_task(pend(), name='P')
    await asyncio.sleep(0.01)
loop = asyncio.new_event_loop()
loop.run_until_complete(main())
loop.close()
print('end')
