"""Signals inside a program: handlers of the loop and of the module."""
import asyncio
import os
import signal


async def main():
    loop = asyncio.get_running_loop()
    event = asyncio.Event()
    loop.add_signal_handler(signal.SIGUSR1, event.set)
    loop.add_signal_handler(signal.SIGTERM, print, 'term', 'args')
    print(signal.getsignal(signal.SIGUSR1) is signal.SIG_DFL, signal.getsignal(signal.SIGINT) is signal.default_int_handler)
    loop.call_later(0.2, os.kill, os.getpid(), signal.SIGUSR1)
    loop.call_later(0.1, signal.raise_signal, signal.SIGTERM)
    await event.wait()
    print('got', loop.time())
    print(loop.remove_signal_handler(signal.SIGUSR1), loop.remove_signal_handler(signal.SIGUSR1))
    print(signal.getsignal(signal.SIGUSR1), repr(signal.Signals(15)), signal.SIGTERM.name, signal.Signals.SIGHUP.value)
    print(signal.signal(signal.SIGUSR2, lambda number, frame: print('module', number, frame.f_code.co_name)))
    signal.raise_signal(signal.SIGUSR2)
    print('after')
    for attempt in (lambda: loop.add_signal_handler('x', print), lambda: loop.add_signal_handler(99, print),
                    lambda: loop.add_signal_handler(10, main), lambda: loop.remove_signal_handler(None),
                    lambda: signal.signal(signal.SIGKILL, print), lambda: signal.signal(0, print),
                    lambda: signal.signal(2, 5), lambda: signal.strsignal(99)):
        try:
            attempt()
        except (TypeError, ValueError, OSError) as error:
            print(type(error).__name__, error)
    print(signal.strsignal(signal.SIGTERM), signal.strsignal(40), len(signal.valid_signals()))


asyncio.run(main())
print(signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGPIPE))
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.raise_signal(signal.SIGINT)
print('ignored')
