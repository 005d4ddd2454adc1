"""contextvars across tasks, callbacks, handlers, generators"""
import asyncio, contextvars
var = contextvars.ContextVar('var', default='none')
other = contextvars.ContextVar('other')
async def child(n):
    print(n, 'sees', var.get())
    var.set(f'child{n}')
    await asyncio.sleep(0.01)
    print(n, 'has', var.get())
    return contextvars.copy_context()
def cb(*a):
    print('cb', var.get(), len(a))
    var.set('cb')
async def agen():
    for i in range(3):
        var.set(f'gen{i}')
        yield i
async def main():
    loop = asyncio.get_running_loop()
    var.set('main')
    a = asyncio.create_task(child(1))
    var.set('main2')
    b = asyncio.create_task(child(2))
    ctx = contextvars.copy_context()
    ctx.run(var.set, 'own')
    c = asyncio.create_task(child(3), context=ctx)
    rs = await asyncio.gather(a, b, c)
    print([r[var] for r in rs], var.get(), ctx[var])
    loop.call_soon(cb, context=ctx)
    loop.call_soon(cb)
    loop.call_later(0.01, cb, 1, context=ctx)
    await asyncio.sleep(0.02)
    print(ctx[var], var.get())
    f = loop.create_future()
    f.add_done_callback(cb, context=ctx)
    f.add_done_callback(cb)
    f.set_result(1)
    await f
    await asyncio.sleep(0)
    async for i in agen():
        print(i, var.get())
    tok = var.set('x')
    print(tok.old_value, tok.var is var)
    var.reset(tok)
    try:
        var.reset(tok)
    except RuntimeError as e:
        print('RuntimeError', str(e)[:40])
    try:
        other.get()
    except LookupError as e:
        print('LookupError')
    print(await asyncio.to_thread(var.get))
    async def setter():
        other.set('by setter')
    await setter()
    print(other.get())
    await asyncio.create_task(setter())
    async with asyncio.timeout(1):
        var.set('in timeout')
    print(var.get())
    if True:
        pass
    print(a.get_context()[var], c.get_context() is ctx)
    w = await asyncio.wait_for(child(4), 1)
    print(var.get())
asyncio.run(main())
with asyncio.Runner() as r:
    r.run(child(5)); r.run(child(6))
    print(var.get())
