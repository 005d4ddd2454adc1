"""async generators: finalisation, aclose, athrow, hidden tasks"""
import asyncio, gc
async def gen(n):
    try:
        for i in range(3):
            yield i
            await asyncio.sleep(0.01)
    finally:
        print('finally', n)
        await asyncio.sleep(0.01)
        print('closed', n)
async def breaks():
    async for x in gen('a'):
        print('a', x)
        break
async def main():
    await breaks()
    print('after breaks')
    await asyncio.sleep(0.1)
    g = gen('b')
    print(await g.__anext__(), await anext(g), await anext(g), await anext(g, 'default'))
    try:
        await anext(g)
    except StopAsyncIteration as e:
        print(repr(e))
    g = gen('c')
    await g.asend(None)
    try:
        await g.athrow(ValueError('thrown'))
    except ValueError as e:
        print(repr(e))
    g = gen('d')
    await anext(g)
    t = asyncio.create_task(anext(g))
    await asyncio.sleep(0)
    try:
        await g.aclose()
    except RuntimeError as e:
        print(e)
    try:
        await anext(g)
    except RuntimeError as e:
        print(e)
    print(await t)
    await g.aclose()
    print(g.ag_running, g.ag_frame)
    g = gen('e')
    try:
        await g.asend(5)
    except TypeError as e:
        print(e)
    async def ignores():
        try:
            yield 1
        except GeneratorExit:
            yield 2
    g = ignores()
    await anext(g)
    try:
        await g.aclose()
    except RuntimeError as e:
        print(e)
    h = gen('at exit')
    await anext(h)
    globals()['keep'] = h
    k = gen('lost')
    await anext(k)
    del k
    print([x async for x in gen('f') if x], {x: y async for x, y in pairs()})
    return sum([x async for x in gen('g')])
async def pairs():
    yield 1, 2
    yield 3, 4
print(asyncio.run(main()))
print('end')
asyncio.run(breaks())
