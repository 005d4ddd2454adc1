# python: 3.7
# what nobody catches, in the words of 3.7
import asyncio
import gc


async def fails(text):
    raise ValueError(text)


async def never_ends():
    await asyncio.get_event_loop().create_future()


def callback(*args):
    raise KeyError('callback')


async def forgotten():
    pass


async def main():
    loop = asyncio.get_event_loop()
    task = asyncio.ensure_future(fails('nobody looks'))
    await asyncio.sleep(0)
    del task
    gc.collect()
    loop.call_soon(callback, 1, 'two')
    loop.call_later(0.1, callback, [3])
    await asyncio.sleep(0.2)
    future = loop.create_future()
    future.add_done_callback(print)
    future.set_result('x' * 200)
    print(future)
    await asyncio.sleep(0)
    forgotten()
    task = loop.create_task(never_ends())
    await asyncio.sleep(0)
    print(task)
    task.cancel()
    loop.set_exception_handler(lambda loop, context: print('handler', sorted(context), context['message']))
    loop.call_soon(callback)
    await asyncio.sleep(0)
    loop.set_exception_handler(None)
    handle = loop.call_later(5, callback, 1)
    print(handle, handle.cancelled())
    handle.cancel()
    print(handle, handle.cancelled())
    try:
        loop.create_future().set_exception(StopIteration())
    except TypeError as error:
        print(error)


loop = asyncio.get_event_loop()
loop.run_until_complete(main())
