"""cycles at exit: pending tasks destroyed in wait, shield, timeout, TaskGroup"""
import asyncio, gc
async def forever(n):
    await asyncio.get_running_loop().create_future()
async def in_wait():
    await asyncio.wait([asyncio.ensure_future(forever('w'))])
async def in_shield():
    await asyncio.shield(forever('s'))
async def in_timeout():
    async with asyncio.timeout(100):
        await forever('t')
async def in_group():
    async with asyncio.TaskGroup() as tg:
        tg.create_task(forever('g'), name='child')
async def main(what):
    t = asyncio.create_task(what(), name=what.__name__)
    await asyncio.sleep(0.01)
loop = asyncio.new_event_loop()
for what in (in_wait, in_shield, in_group):
    loop.run_until_complete(main(what))
    print('collect', what.__name__)
    gc.collect()
loop.run_until_complete(main(in_timeout))
gc.collect()
print('closing')
loop.close()
del loop
gc.collect()
print('end')
