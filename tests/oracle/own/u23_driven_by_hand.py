import asyncio
# generator based, hand driven
def gen():
    try:
        x = yield 1
        print('got', x)
        y = yield x * 2
        print('got', y)
    except ValueError as e:
        print('caught', e); yield 'handled'
    finally:
        print('fin')
    return 'ret'
def outer():
    r = yield from gen()
    print('r', r)
    return r
g = outer(); print(next(g), g.send(5))
try: g.send(6)
except StopIteration as e: print('stop', e.value)
g = outer(); next(g); print(g.throw(ValueError('v')))
g.close()
g = gen(); next(g); g.close()
print(g.gi_frame, g.gi_running)
async def co():
    await asyncio.sleep(0); return 5
c = co()
print(c.send(None))
try: c.send(None)
except StopIteration as e: print(e.value)
class Loop:
    def __init__(self): self.q = []
    def run(self):
        while self.q:
            t = self.q.pop(0)
            try: r = t.send(None); print('yielded', r); self.q.append(t)
            except StopIteration as e: print('done', e.value)
import types
@types.coroutine
def sw(n): 
    r = yield n
    return n
async def task(n):
    for i in range(2): print(n, await sw(i))
    return n
l = Loop(); l.q = [task('a'), task('b')]; l.run()
def w():
    try:
        while True: yield
    except GeneratorExit: print('exit'); raise
x = w(); next(x); del x
def bad():
    yield 1
    raise StopIteration
try: list(bad())
except RuntimeError as e: print(repr(e), repr(e.__cause__))
async def agen():
    yield 1
    raise StopAsyncIteration
async def m():
    try:
        async for _ in agen(): pass
    except RuntimeError as e: print(repr(e))
    try:
        for _ in agen(): pass
    except TypeError as e: print(e)
    try:
        async for _ in [1]: pass
    except TypeError as e: print(e)
    try:
        async with open: pass
    except TypeError as e: print(e)
    try: await None
    except TypeError as e: print(e)
    try: await 5 .real
    except TypeError as e: print(e)
asyncio.run(m())
