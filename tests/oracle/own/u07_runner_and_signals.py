"""Runner with signals, several runs, keyboard interrupt"""
import asyncio, signal, os
async def work(n):
    try:
        await asyncio.sleep(n)
        return n
    except asyncio.CancelledError as e:
        print('cancelled', repr(e), asyncio.current_task().cancelling())
        raise
async def interrupts():
    loop = asyncio.get_running_loop()
    loop.call_later(0.5, signal.raise_signal, signal.SIGINT)
    await work(10)
async def survives():
    loop = asyncio.get_running_loop()
    loop.call_later(0.5, os.kill, os.getpid(), signal.SIGINT)
    try:
        await work(10)
    except asyncio.CancelledError:
        print('uncancel', asyncio.current_task().uncancel())
    await asyncio.sleep(0.1)
    return 'survived'
with asyncio.Runner() as runner:
    print(runner.run(work(1)))
    try:
        runner.run(interrupts())
    except KeyboardInterrupt as e:
        print('KI', repr(e), repr(e.__context__), repr(e.__cause__))
    print(runner.run(survives()))
    print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)
    try:
        runner.run(5)
    except (ValueError, TypeError) as e:
        print(type(e), e)
    def h(): print('handled')
    async def handles():
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, h)
        loop.add_signal_handler(signal.SIGUSR1, print, 'usr1', 1)
        os.kill(os.getpid(), signal.SIGTERM)
        signal.raise_signal(signal.SIGUSR1)
        print('sent')
        await asyncio.sleep(0.1)
        print(loop.remove_signal_handler(signal.SIGTERM), loop.remove_signal_handler(signal.SIGTERM))
        try:
            raise ValueError
        except (ValueError, RuntimeError) as e:
            print(type(e).__name__, e)
        try:
            loop.add_signal_handler(signal.SIGTERM, work)
        except TypeError as e:
            print(e)
    runner.run(handles())
    async def nested():
        try:
            runner.run(work(1))
        except RuntimeError as e:
            print(e)
    import warnings
    warnings.simplefilter('ignore')
    runner.run(nested())
try:
    runner.run(work(1))
except RuntimeError as e:
    print(e)
try:
    with runner: pass
except RuntimeError as e:
    print(e)
