"""Sets of tasks that asyncio makes are in the order of creation."""
import asyncio


async def sleeper(seconds):
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        print('cancelled', asyncio.current_task().get_name())
        raise


async def fails():
    await asyncio.sleep(0.05)
    raise ValueError('fails')


async def main():
    tasks = [asyncio.create_task(sleeper(s), name=f'sleeper {s}') for s in (0.3, 0.1, 0.2, 0.1)]
    print([task.get_name() for task in asyncio.all_tasks()])
    done, pending = await asyncio.wait(reversed(tasks), return_when=asyncio.FIRST_COMPLETED)
    print([task.get_name() for task in done], [task.get_name() for task in pending])
    done, pending = await asyncio.wait(pending, timeout=0.15)
    print([task.get_name() for task in done], [task.get_name() for task in pending])
    try:
        async with asyncio.TaskGroup() as group:
            for n in (5, 3, 4):
                group.create_task(sleeper(n), name=f'grouped {n}')
            group.create_task(fails())
    except* ValueError as error:
        print(error.exceptions)
    for n in (9, 7, 8):
        main.kept = getattr(main, 'kept', []) + [asyncio.create_task(sleeper(n), name=f'left {n}')]
    await asyncio.sleep(0)


asyncio.run(main())
