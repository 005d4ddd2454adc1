import asyncio
# unhandled everything
async def f(n):
    await asyncio.sleep(n / 10); raise RuntimeError(f'f{n}')
async def main():
    for i in range(3): asyncio.create_task(f(i), name=f't{i}')
    loop = asyncio.get_running_loop()
    loop.call_later(0.15, lambda: {}['missing'])
    fut = loop.create_future(); fut.set_exception(TypeError('lost future')); del fut
    fut = loop.create_future(); loop.call_soon(fut.set_result, 1); loop.call_soon(fut.set_result, 2)
    await asyncio.sleep(1)
    g = asyncio.gather(f(1), f(2)); await asyncio.sleep(0.5); del g
    async def gen():
        try: yield 1
        finally: raise OSError('in finally')
    async for x in gen(): break
    await asyncio.sleep(0.1)
    class D:
        def __del__(self): raise ValueError('del')
    D()
    raise LookupError('main')
asyncio.run(main())
