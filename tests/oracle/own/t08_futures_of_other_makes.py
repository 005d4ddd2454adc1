"""Futures with their own add_done_callback, and objects that only behave like futures, in tasks."""
import asyncio


class Told(asyncio.Future):
    def add_done_callback(self, fn, *, context=None):
        print('told')
        super().add_done_callback(fn, context=context)

    def cancel(self, msg=None):
        print('asked to cancel')
        return super().cancel(msg=msg)


class Duck:
    _asyncio_future_blocking = False

    def __init__(self, loop):
        self._loop = loop
        self.callbacks = []
        self.value = None
        self.cancelled_with = None

    def get_loop(self):
        return self._loop

    def add_done_callback(self, fn, *, context=None):
        self.callbacks.append((fn, context))

    def result(self):
        if self.cancelled_with is not None:
            raise asyncio.CancelledError(self.cancelled_with)
        return self.value

    def settle(self, value):
        self.value = value
        for fn, context in self.callbacks:
            self._loop.call_soon(fn, self, context=context)

    def cancel(self, msg=None):
        print('duck asked to cancel', msg)
        self.cancelled_with = msg
        self.settle(None)
        return True

    def __await__(self):
        self._asyncio_future_blocking = True
        yield self
        return self.result()


async def waits(future):
    try:
        return await future
    except asyncio.CancelledError as exc:
        print('cancelled', exc.args)
        raise


async def main():
    loop = asyncio.get_running_loop()
    told = Told(loop=loop)
    task = asyncio.create_task(waits(told))
    await asyncio.sleep(0)
    told.set_result('told result')
    print(await task)
    told = Told(loop=loop)
    task = asyncio.create_task(waits(told))
    await asyncio.sleep(0)
    task.cancel('why')
    await asyncio.wait([task])
    duck = Duck(loop)
    print(asyncio.isfuture(duck), asyncio.isfuture(Duck), asyncio.ensure_future(duck) is duck)
    task = asyncio.create_task(waits(duck))
    await asyncio.sleep(0)
    print(task._fut_waiter is duck, duck._asyncio_future_blocking)
    duck.settle('quack')
    print(await task)
    duck = Duck(loop)
    task = asyncio.create_task(waits(duck))
    await asyncio.sleep(0)
    print(task.cancel('enough'))
    await asyncio.wait([task])
    print(task.cancelled())


asyncio.run(main())
