"""SIGINT under asyncio.run: cancels the main task first, then interrupts for good."""
import asyncio
import signal


async def polite():
    asyncio.get_running_loop().call_later(0.5, signal.raise_signal, signal.SIGINT)
    try:
        await asyncio.sleep(5)
    except asyncio.CancelledError as error:
        print('cancelled', error.args, asyncio.current_task().cancelling())
        raise


async def stubborn():
    loop = asyncio.get_running_loop()
    loop.call_later(1, signal.raise_signal, signal.SIGINT)
    loop.call_later(2, signal.raise_signal, signal.SIGINT)
    for _ in range(3):
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            print('not yet', loop.time())


async def forgives():
    asyncio.get_running_loop().call_later(1, signal.raise_signal, signal.SIGINT)
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        asyncio.current_task().uncancel()
    return 'forgiven'


async def in_the_task():
    signal.raise_signal(signal.SIGINT)
    print('not interrupted here')
    await asyncio.sleep(1)


async def own_handler():
    asyncio.get_running_loop().call_soon(signal.raise_signal, signal.SIGINT)
    await asyncio.sleep(1)
    return 'went on'


for program in (polite, stubborn, forgives, in_the_task):
    try:
        print(program.__name__, asyncio.run(program()))
    except KeyboardInterrupt as error:
        print(program.__name__, 'interrupted', repr(error))
    print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)

signal.signal(signal.SIGINT, lambda *args: print('mine', args[0]))
print(asyncio.run(own_handler()))
signal.signal(signal.SIGINT, signal.default_int_handler)
try:
    signal.raise_signal(signal.SIGINT)
except KeyboardInterrupt:
    print('outside')
