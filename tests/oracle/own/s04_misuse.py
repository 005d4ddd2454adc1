"""What loops refuse, with and without debug mode."""
import asyncio


async def coro():
    pass


def attempt(what, call):
    try:
        print(what, call())
    except Exception as error:
        print(what, type(error).__name__, error)


async def main():
    loop = asyncio.get_running_loop()
    print('debug', loop.get_debug())
    attempt('later none', lambda: loop.call_later(None, print))
    attempt('at none', lambda: loop.call_at(None, print))
    attempt('later text', lambda: loop.call_later('1', print))
    attempt('run', loop.run_until_complete.__self__.close)
    attempt('until', lambda: loop.run_until_complete(asyncio.Future()))
    attempt('handler', lambda: loop.set_exception_handler(1))
    attempt('factory', lambda: loop.set_task_factory(1))
    attempt('ensure', lambda: asyncio.ensure_future(1))
    other = asyncio.new_event_loop()
    attempt('other loop', lambda: other.run_until_complete(asyncio.Future()))
    attempt('other', lambda: other.run_until_complete(loop.create_future()))
    other.close()
    attempt('closed soon', lambda: other.call_soon(print))
    attempt('closed later', lambda: other.call_later(1, print))
    attempt('closed safe', lambda: other.call_soon_threadsafe(print))
    attempt('closed time', lambda: type(other.time()))
    attempt('closed stop', other.stop)
    attempt('closed close', other.close)
    attempt('closed debug', lambda: other.set_debug(True))
    attempt('closed future', lambda: other.create_future())
    attempt('closed repr', lambda: repr(other))
    c = coro()
    attempt('closed task', lambda: other.create_task(c))
    c.close()
    attempt('no callable', lambda: loop.call_soon(3))
    attempt('coroutine function', lambda: loop.call_soon(coro))
    await asyncio.sleep(0)
    await asyncio.sleep(0)


asyncio.run(main())
asyncio.run(main(), debug=True)

loop = asyncio.new_event_loop()
loop.close()
attempt('forever', loop.run_forever)
c = coro()
attempt('until', lambda: loop.run_until_complete(c))
c.close()
attempt('running', asyncio.get_running_loop)
attempt('current', asyncio.current_task)
c = coro()
attempt('create', lambda: asyncio.create_task(c))
c.close()
