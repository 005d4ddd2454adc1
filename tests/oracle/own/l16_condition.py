# python: 3.7
# Condition: a notification that a cancelled waiter took is lost
import asyncio


async def waiter(condition, name):
    async with condition:
        try:
            await condition.wait()
            print(name, 'notified')
        except asyncio.CancelledError:
            print(name, 'cancelled', condition.locked())
            raise


async def main():
    condition = asyncio.Condition()
    tasks = [asyncio.ensure_future(waiter(condition, n)) for n in 'abc']
    await asyncio.sleep(0.1)
    async with condition:
        condition.notify()
        tasks[0].cancel()
        print(condition)
    await asyncio.sleep(0.1)
    print([task.done() for task in tasks], condition)
    async with condition:
        condition.notify(1)
        await asyncio.sleep(0.1)
    await asyncio.sleep(0.1)
    async with condition:
        condition.notify_all()
    print(await asyncio.gather(*tasks, return_exceptions=True))
    try:
        condition.notify()
    except RuntimeError as error:
        print(error)
    async with condition:
        print(await condition.wait_for(lambda: 'at once'))


asyncio.get_event_loop().run_until_complete(main())
