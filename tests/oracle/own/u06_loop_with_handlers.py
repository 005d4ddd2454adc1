"""exception handlers of custom loops"""
import asyncio
class Loop(asyncio.SelectorEventLoop):
    def default_exception_handler(self, context):
        print('DEFAULT', sorted(context), context['message'])
    def call_exception_handler(self, context):
        print('CALL', context.get('message'))
        super().call_exception_handler(context)
def handler(loop, context):
    print('HANDLER', type(loop).__name__, {k: v if not hasattr(v, 'cancel') else '...' for k, v in context.items()})
def bad(loop, context):
    raise RuntimeError('bad handler')
async def fails():
    raise LookupError('lost')
def cb():
    1 / 0
async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(cb)
    await asyncio.sleep(0)
    loop.set_exception_handler(handler)
    print(loop.get_exception_handler() is handler)
    loop.call_soon(cb)
    await asyncio.sleep(0)
    t = asyncio.create_task(fails(), name='t')
    await asyncio.sleep(0)
    del t
    await asyncio.sleep(0)
    f = loop.create_future()
    f.set_exception(KeyError('f'))
    del f
    loop.set_exception_handler(bad)
    loop.call_soon(cb)
    await asyncio.sleep(0)
    loop.set_exception_handler(None)
    loop.call_exception_handler({'message': 'by hand', 'extra': 5})
    try:
        loop.set_exception_handler(5)
    except TypeError as e:
        print(e)
with asyncio.Runner(loop_factory=Loop) as r:
    r.run(main())
    print(type(r.get_loop()).__name__)
asyncio.run(main())
