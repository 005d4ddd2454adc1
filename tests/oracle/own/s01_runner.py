"""A Runner: several runs on one loop, what it refuses, what it closes."""
import asyncio
import contextvars

var = contextvars.ContextVar('var', default='unset')


async def keeps(value):
    old = var.get()
    var.set(value)
    return old, asyncio.get_running_loop()


async def refuses(runner, coro):
    try:
        runner.run(coro)
    except RuntimeError as error:
        print('inside:', error)
    coro.close()
    try:
        asyncio.run(coro)
    except RuntimeError as error:
        print('inside:', error)


async def tidy(name):
    try:
        await asyncio.sleep(10)
    finally:
        print(name, 'is tidied up')


async def leaves_tasks():
    leaves_tasks.kept = [asyncio.create_task(tidy('first')), asyncio.create_task(tidy('second'))]
    await asyncio.sleep(0)
    return 'left'


var.set('outside')
with asyncio.Runner(debug=False) as runner:
    loop = runner.get_loop()
    print(loop, loop.is_running())
    first, second = runner.run(keeps('one')), runner.run(keeps('two'))
    print(first[0], second[0], first[1] is second[1] is loop)
    print(var.get())
    own = contextvars.copy_context()
    print(runner.run(keeps('three'), context=own)[0], own[var], runner.run(keeps('four'))[0])
    runner.run(refuses(runner, tidy('never')))
    print(runner.run(leaves_tasks()))
    for wrong in (keeps, 1, None):
        try:
            runner.run(wrong)
        except ValueError as error:
            print('not a coroutine:', str(error).split(' at ')[0])
print(loop)
for method in (lambda: runner.run(keeps('five')), runner.get_loop):
    try:
        method()
    except RuntimeError as error:
        print(error)
runner.close()
print(asyncio.Runner().close())

factory = asyncio.Runner(loop_factory=asyncio.new_event_loop, debug=True)
print(factory.get_loop().get_debug(), factory.get_loop() is factory.get_loop())
factory.close()
try:
    asyncio.get_event_loop_policy().get_event_loop()
except RuntimeError as error:
    print(error)
print(asyncio.run(keeps('six'), loop_factory=asyncio.SelectorEventLoop)[1])
