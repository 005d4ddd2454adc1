# python: 3.7
# gather: failures, cancellation, children that are done already
import asyncio


async def job(name, delay, fail=False):
    try:
        await asyncio.sleep(delay)
    except asyncio.CancelledError:
        print(name, 'cancelled')
        raise
    if fail:
        raise ValueError(name)
    print(name, 'ends')
    return name


async def main():
    try:
        await asyncio.gather(job('a', 0.1, True), job('b', 0.2))
    except ValueError as error:
        print('first', error)
    print(await asyncio.gather(job('c', 0.1, True), job('d', 0.1), return_exceptions=True))
    done = asyncio.ensure_future(job('done', 0))
    await asyncio.sleep(0.1)
    outer = asyncio.gather(done, job('e', 0.1), done)
    print(outer.done())
    print(await outer)
    outer = asyncio.gather(job('f', 1), job('g', 1), return_exceptions=True)
    await asyncio.sleep(0.1)
    print(outer.cancel(), outer.cancelled())
    try:
        await outer
    except asyncio.CancelledError as error:
        print('outer', repr(error), outer.cancelled(), repr(outer.exception()) if not outer.cancelled() else '')
    child = asyncio.ensure_future(job('h', 1))
    outer = asyncio.gather(child, job('i', 0.2))
    await asyncio.sleep(0.1)
    child.cancel()
    try:
        await outer
    except asyncio.CancelledError as error:
        print('child', repr(error), outer.cancelled())
    await asyncio.sleep(0.5)
    print(await asyncio.gather())


asyncio.get_event_loop().run_until_complete(main())
