import asyncio


async def work(*names, **options):  # yield = what is read without complaint is not to blame
    await asyncio.gather(*(asyncio.sleep(0) for _ in names))
    try:
        print(*names)
    except* ValueError:
        pass


asyncio.run(work(1, 2))
x = = 1
