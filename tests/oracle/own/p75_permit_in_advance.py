"""A permit goes to who waits longest the moment it is given back, before that task runs."""
import asyncio


async def holder(name, semaphore, again):
    async with semaphore:
        await asyncio.sleep(1)
        semaphore.release()
        print(name, 'released', semaphore)
        if again:
            await asyncio.sleep(2)
        print(name, 'leaves', semaphore)
    print(name, 'left', semaphore)


async def waiter(name, semaphore):
    try:
        async with semaphore:
            print(name, 'has it', semaphore)
            await asyncio.sleep(0.5)
        print(name, 'left', semaphore)
    except ValueError as error:
        print(name, error, semaphore)


async def late(semaphore):
    await asyncio.sleep(1)
    print('locked', semaphore.locked())
    await waiter('late', semaphore)


async def main():
    for again in False, True:
        semaphore = asyncio.BoundedSemaphore(1)
        done = await asyncio.gather(
            holder('holder', semaphore, again),
            waiter('one', semaphore),
            waiter('two', semaphore),
            late(semaphore),
            return_exceptions=True,
        )
        print(again, done, semaphore)

    # Who is cancelled between the release and its turn leaves the permit to the next.
    semaphore = asyncio.BoundedSemaphore(2)
    await semaphore.acquire()
    await semaphore.acquire()
    tasks = [asyncio.create_task(waiter(name, semaphore)) for name in ('a', 'b', 'c')]
    await asyncio.sleep(0)
    semaphore.release()
    semaphore.release()
    tasks[0].cancel()
    print(await asyncio.gather(*tasks, return_exceptions=True), semaphore)


asyncio.run(main())
