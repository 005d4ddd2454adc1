# python: 3.7
# wait() makes tasks of coroutines; all ways to return
import asyncio


async def job(name, delay, fail=False):
    print('start', name)
    await asyncio.sleep(delay)
    if fail:
        raise ValueError(name)
    print('end', name)
    return name


def results(tasks):
    return sorted(repr(task.exception() or task.result()) for task in tasks)


async def main():
    done, pending = await asyncio.wait([job('a', 0.2), job('b', 0.1), job('c', 0.3)])
    print(results(done), len(pending))
    done, pending = await asyncio.wait({job('d', 0.2)}, timeout=0.1)
    print(len(done), len(pending))
    done, pending = await asyncio.wait([job('e', 0.2), job('f', 0.1)], return_when=asyncio.FIRST_COMPLETED)
    print(results(done), len(pending))
    done, pending = await asyncio.wait([job('g', 0.2), job('h', 0.1, True), job('i', 0.3)],
                                       return_when=asyncio.FIRST_EXCEPTION)
    print(results(done), len(pending))
    for wrong in ([], job('single', 1), None):
        try:
            await asyncio.wait(wrong)
        except (ValueError, TypeError) as error:
            print(type(error).__name__, error)
        if hasattr(wrong, 'close'):
            wrong.close()
    try:
        await asyncio.wait([asyncio.sleep(0)], return_when='SOMETIME')
    except ValueError as error:
        print(error)


asyncio.get_event_loop().run_until_complete(main())
