# python: 3.7
# loopscope: interrupt_at=0.55
# Ctrl+C leaves run_until_complete; the program cancels what is left by itself
import asyncio


async def job(n):
    try:
        while True:
            print('tick', n)
            await asyncio.sleep(n)
    except asyncio.CancelledError:
        print('cancelled', n)
        raise


loop = asyncio.get_event_loop()
both = asyncio.gather(job(0.2), job(0.3))
try:
    loop.run_until_complete(both)
except KeyboardInterrupt:
    print('interrupted')
    everything = asyncio.gather(*asyncio.Task.all_tasks(), return_exceptions=True)
    everything.cancel()
    try:
        loop.run_until_complete(everything)
    except asyncio.CancelledError:
        print('all cancelled', repr(both.exception()))
finally:
    loop.close()
    print(loop)
