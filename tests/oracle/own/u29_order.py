import asyncio
async def a():
    await asyncio.sleep(0); print('a1'); await asyncio.sleep(0); print('a2')
async def b(ev):
    print('b wait'); await ev.wait(); print('b done')
async def main():
    loop = asyncio.get_running_loop(); ev = asyncio.Event()
    loop.call_soon(print, 'soon1'); t = asyncio.ensure_future(a()); loop.call_soon(print, 'soon2'); loop.call_later(0, print, 'later0'); loop.call_at(loop.time(), print, 'at now'); loop.call_later(-5, print, 'neg')
    u = asyncio.create_task(b(ev)); print('main'); await asyncio.sleep(0); print('main2'); loop.call_soon(ev.set); await asyncio.sleep(0); print('main3'); ev.clear(); await asyncio.sleep(0)
    await asyncio.wait([t, u]); f = loop.create_future(); f.add_done_callback(lambda f: print('cb')); 
    async def w(n): r = await f; print('w', n, r)
    ws = [asyncio.create_task(w(i)) for i in range(2)]; await asyncio.sleep(0); f.add_done_callback(lambda f: print('cb2')); f.set_result('R'); print('set'); await asyncio.sleep(0); print('after'); await asyncio.gather(*ws)
    for i in range(3): loop.call_soon(lambda i=i: (print('n', i), loop.call_soon(print, 'nn', i)))
    await asyncio.sleep(0); print('x'); await asyncio.sleep(0); print('y')
    h = loop.call_soon(print, 'never'); h.cancel(); await asyncio.sleep(0.01)
    ts = [loop.call_later(0.1, print, i) for i in range(3)]; ts[1].cancel(); loop.call_later(0.1 - 1e-9, print, 'eps'); await asyncio.sleep(0.1); print('slept'); await asyncio.sleep(0)
asyncio.run(main())
