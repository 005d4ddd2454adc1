"""Debug mode says where futures, tasks and handles were made."""
import asyncio


async def fails():
    raise ValueError('fails')


async def never():
    pass


def boom():
    raise RuntimeError('boom')


def by_hand():
    asyncio.get_running_loop().call_exception_handler({'message': 'by hand'})


async def main():
    loop = asyncio.get_running_loop()
    print(loop)
    never()
    task = loop.create_task(fails(), name='direct')
    print(task)
    print(asyncio.create_task(asyncio.sleep(0), name='through the library'))
    print(asyncio.Future(), loop.create_future())
    handle = loop.call_soon(print, 'cancelled', [1, 2])
    print(handle)
    handle.cancel()
    print(handle)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    del task
    loop.call_soon(boom)
    loop.call_later(0.1, boom)
    loop.call_later(0.2, by_hand)
    await asyncio.sleep(0.5)
    loop.set_debug(False)
    print(loop.call_soon(int), loop.create_task(asyncio.sleep(0), name='quiet'))
    await asyncio.sleep(0)


asyncio.run(main(), debug=True)
