"""Tasks that wait for each other in a circle: cancelling one is a RecursionError."""
import asyncio
async def a():
    await tb
async def b():
    await ta
async def main():
    global ta, tb
    ta = asyncio.create_task(a()); tb = asyncio.create_task(b())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    try:
        print(ta.cancel())
    except RecursionError as e:
        print('RecursionError', e)
    await asyncio.sleep(0.1)
    print(ta.done(), tb.done())
try:
    asyncio.run(main())
except RecursionError as e:
    print('out', e)
