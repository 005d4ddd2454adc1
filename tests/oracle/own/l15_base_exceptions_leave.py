# python: 3.7
# what is no Exception leaves the loop at once, from tasks and from callbacks
import asyncio


class Stop(BaseException):
    pass


async def raises():
    await asyncio.sleep(0.1)
    raise Stop('task')


def callback():
    raise Stop('callback')


async def main():
    inner = asyncio.ensure_future(raises())
    await asyncio.sleep(1)
    print(repr(inner.exception()))
    print('main ends')


loop = asyncio.get_event_loop()
task = loop.create_task(main())
try:
    loop.run_until_complete(task)
except Stop as error:
    print('left', error, task.done(), loop.is_running())
loop.call_soon(callback)
try:
    loop.run_until_complete(task)
except Stop as error:
    print('left', error, task.done())
loop.run_until_complete(task)
try:
    loop.run_until_complete(raises())
except Stop as error:
    print('left', error)
