# python: 3.7
# as_completed is a generator: nothing starts before it is asked
import asyncio


async def job(name, delay):
    print('start', name)
    await asyncio.sleep(delay)
    if name == 'bad':
        raise ValueError(name)
    return name


async def main():
    each = asyncio.as_completed([job('a', 0.3), job('b', 0.1), job('bad', 0.2)])
    print(type(each).__name__)
    await asyncio.sleep(0.5)
    for coroutine in each:
        try:
            print(await coroutine)
        except ValueError as error:
            print('error', error)
    for coroutine in asyncio.as_completed([job('slow', 1), job('fast', 0.1)], timeout=0.5):
        try:
            print(await coroutine)
        except asyncio.TimeoutError as error:
            print('late', repr(error))
    same = asyncio.ensure_future(job('same', 0.1))
    print([await coroutine for coroutine in asyncio.as_completed([same, same])])
    single = job('single', 0)
    try:
        list(asyncio.as_completed(single))
    except TypeError as error:
        print(error)
    single.close()


asyncio.get_event_loop().run_until_complete(main())
