"""Sets that a program makes of tasks: hash(task) is n for the n-th task."""
import asyncio


async def work(name, delay):
    await asyncio.sleep(delay)
    print("end", name)
    return name


async def main():
    names = {"red", "green", "blue", "cyan", "black"}
    tasks = {asyncio.create_task(work(name, i % 3 / 10), name=name) for i, name in enumerate(names)}
    print([task.get_name() for task in tasks], [hash(task) for task in tasks])
    print(await asyncio.gather(*tasks))

    background = set()
    for i in range(12):
        task = asyncio.create_task(work(i, i / 10))
        background.add(task)
        task.add_done_callback(background.discard)
    await asyncio.sleep(0.55)
    print(sorted(hash(task) for task in background) == [hash(task) for task in background])
    print([hash(task) for task in background | {asyncio.current_task()}])
    background.pop().cancel()
    done, pending = await asyncio.wait(background, return_when=asyncio.FIRST_COMPLETED)
    print(len(done), len(pending), [hash(task) for task in background])
    print(await asyncio.gather(*background, *names and [], return_exceptions=True))


asyncio.run(main())
