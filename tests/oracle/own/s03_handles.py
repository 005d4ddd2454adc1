"""Handles: what they show, how they compare, and what cancelling does."""
import asyncio
import contextvars


def work(*args):
    print('work', args)


class Caller:
    def method(self):
        print('method')

    def __call__(self):
        print('called')

    def __repr__(self):
        return 'Caller()'


async def main():
    loop = asyncio.get_running_loop()
    soon = loop.call_soon(work, 1, 2)
    print(soon, soon.cancelled(), isinstance(soon, asyncio.Handle), isinstance(soon, asyncio.TimerHandle))
    early, late = loop.call_at(1, work, 'early'), loop.call_later(2.5, work, 'late')
    print(early, late, early.when(), late.when(), type(early.when()).__name__)
    print(early < late, early <= late, early > late, early >= late, early == late, early != late)
    print(sorted([late, early])[0] is early, hash(early) == hash(1))
    same = loop.call_at(1, work, 'early')
    print(early == same, early <= same, early >= same)
    same.cancel()
    print(same, same == early, same.cancelled())
    same.cancel()
    try:
        print(soon < soon)
    except TypeError as error:
        print(error)
    for callback in (Caller(), Caller().method, print, lambda: None, asyncio.Event().set):
        handle = loop.call_soon(callback)
        print(handle)
        handle.cancel()
        print(handle)
    ctx = contextvars.copy_context()
    print(loop.call_soon(work, 'ctx', context=ctx).get_context() is ctx)
    print(type(loop.call_soon(work, 'own').get_context()).__name__)
    kept = loop.call_soon(work, 'kept')
    await asyncio.sleep(3)
    print(kept, kept.cancelled())
    kept.cancel()
    print(kept, kept.cancelled())

    mine = asyncio.Handle(work, (7,), loop)
    print(mine, mine.cancelled())
    mine.cancel()
    print(mine, mine.cancelled())
    timer = asyncio.TimerHandle(9.5, work, (), loop)
    print(timer, timer.when())


asyncio.run(main())
