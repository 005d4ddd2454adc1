# python: 3.7
# wait_for runs a coroutine in a task of its own
import asyncio


async def job(name, delay, stubborn=False):
    try:
        await asyncio.sleep(delay)
    except asyncio.CancelledError:
        print(name, 'asked to stop')
        if stubborn:
            await asyncio.sleep(0.5)
            print(name, 'goes at last')
        raise
    return name


async def fails(delay):
    await asyncio.sleep(delay)
    raise RuntimeError('inside')


async def attempt(what, timeout):
    try:
        print('got', await asyncio.wait_for(what, timeout))
    except Exception as error:
        print('error', type(error).__name__, error.args)


async def main():
    await attempt(job('in time', 0.1), 0.2)
    await attempt(job('late', 0.3), 0.2)
    await attempt(job('stubborn', 0.3, True), 0.2)
    await attempt(job('no limit', 0.1), None)
    await attempt(fails(0.1), 0.2)
    await attempt(job('zero', 0.1), 0)
    await attempt(job('less', 0.1), -1)
    ready = asyncio.get_event_loop().create_future()
    ready.set_result('ready')
    await attempt(ready, 0)
    await attempt(ready, 1)
    tie = asyncio.ensure_future(job('tie', 0.25))
    await attempt(tie, 0.25)
    outer = asyncio.ensure_future(attempt(job('cancelled outside', 1), 2))
    await asyncio.sleep(0.1)
    outer.cancel()
    await asyncio.sleep(0.1)
    print(outer.done(), outer.cancelled())
    shielded = asyncio.ensure_future(job('shielded', 0.4))
    await attempt(asyncio.shield(shielded), 0.1)
    print(await shielded)


asyncio.run(main())
