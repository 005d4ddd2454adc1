"""The exception handler of a loop: default, own, broken, and what it is told."""
import asyncio
import contextvars

var = contextvars.ContextVar('var')


def boom(text='boom'):
    raise RuntimeError(text)


def own(loop, context):
    print('own', sorted(context), context['message'].split(' at ')[0], repr(context.get('exception')), var.get(None))


def broken(loop, context):
    raise KeyError('broken handler')


async def main():
    loop = asyncio.get_running_loop()
    print(loop.get_exception_handler())
    loop.call_soon(boom)
    await asyncio.sleep(0.1)
    loop.set_exception_handler(own)
    print(loop.get_exception_handler() is own)
    var.set('in main')
    loop.call_soon(boom, 'own')
    loop.call_later(0.1, boom, 'timer')
    ctx = contextvars.copy_context()
    ctx.run(var.set, 'given')
    loop.call_soon(boom, 'with context', context=ctx)
    await asyncio.sleep(0.2)
    future = loop.create_future()
    future.set_exception(ValueError('lost'))
    del future
    task = asyncio.create_task(fails(), name='fails')
    await asyncio.sleep(0)
    del task
    await asyncio.sleep(0)
    loop.call_exception_handler({'message': 'by hand', 'extra': 1})
    loop.set_exception_handler(broken)
    loop.call_soon(boom)
    await asyncio.sleep(0.1)
    loop.set_exception_handler(None)
    loop.call_exception_handler({'b': [1], 'a': 'text'})
    loop.default_exception_handler({'message': 'plain', 'exception': ValueError('shown')})


async def fails():
    var.set('in task')
    raise ValueError('fails')


asyncio.run(main())
