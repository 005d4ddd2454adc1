"""warnings: never awaited, unclosed loop, resource, exception never retrieved"""
import asyncio, warnings, gc
async def c(): pass
async def boom(): raise KeyError('boom')
def f():
    c()
async def main():
    f()
    c()
    x = c()
    del x
    [c() for _ in range(2)]
    t = asyncio.create_task(boom())
    await asyncio.sleep(0)
    t = None
    asyncio.sleep(1)
    asyncio.gather
    q = asyncio.Queue()
    q.put(1)
    q.get()
    asyncio.Lock().acquire()
    asyncio.Event().wait()
    b = asyncio.Barrier(2)
    b.wait()
    b.abort()
    b.reset()
    asyncio.wait_for(c(), 1)
    asyncio.wait([1])
    asyncio.to_thread(print)
    asyncio.Condition().wait()
    asyncio.Semaphore().acquire()
    q.join()
    asyncio.Condition().wait_for(print)
    asyncio.open_connection('x', 1)
    asyncio.get_running_loop().shutdown_asyncgens()
    asyncio.get_running_loop().shutdown_default_executor()
    class A:
        async def m(self): pass
        @classmethod
        async def k(cls): pass
    A().m(); A.k()
    (lambda: c())()
    async def loc(): pass
    loc()
asyncio.run(main())
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('always')
    c()
    gc.collect()
    print([str(x.message) for x in w])
warnings.simplefilter('error')
c()
print('after error filter')
