"""nested timeouts, expired inner and outer, reschedule, when, expired()"""
import asyncio
async def main():
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(1) as outer:
            try:
                async with asyncio.timeout(0.5) as inner:
                    await asyncio.sleep(3)
            except TimeoutError as e:
                print('inner', inner.expired(), outer.expired(), loop.time(), repr(e), repr(e.__cause__))
            print(inner, outer)
            outer.reschedule(loop.time() + 0.1)
            print(outer.when())
            await asyncio.sleep(3)
    except TimeoutError as e:
        print('outer', repr(e), e.__context__, outer)
    try:
        async with asyncio.timeout(0):
            print('in zero')
            await asyncio.sleep(0)
            print('never')
    except TimeoutError:
        print('zero')
    try:
        async with asyncio.timeout_at(loop.time() - 1) as t:
            print(t)
            await asyncio.sleep(0)
            print('not reached?')
    except TimeoutError:
        print('past', t)
    async with asyncio.timeout(None) as t:
        print(t, t.when())
        t.reschedule(loop.time() + 5)
        print(t)
        t.reschedule(None)
        await asyncio.sleep(10)
    print(t)
    try:
        t.reschedule(1)
    except RuntimeError as e:
        print(e)
    try:
        async with t:
            pass
    except RuntimeError as e:
        print(e)
    # same deadline nested
    try:
        async with asyncio.timeout(1):
            async with asyncio.timeout(1):
                await asyncio.sleep(2)
    except TimeoutError as e:
        print('both', e.__cause__.__class__, asyncio.current_task().cancelling())
    # body raises other error after timeout
    try:
        async with asyncio.timeout(0.1):
            try:
                await asyncio.sleep(1)
            except asyncio.CancelledError:
                raise ValueError('during')
    except ValueError as e:
        print('V', e, repr(e.__context__), asyncio.current_task().cancelling())
    # swallow cancellation
    try:
        async with asyncio.timeout(0.1) as t:
            try:
                await asyncio.sleep(1)
            except asyncio.CancelledError:
                print('swallowed')
        print('after swallow', t.expired(), asyncio.current_task().cancelling())
    except TimeoutError:
        print('timeout anyway')
asyncio.run(main())
