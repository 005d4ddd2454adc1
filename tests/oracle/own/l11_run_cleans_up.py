# python: 3.7
# asyncio.run() cancels what is left, and one task of its own closes generators
import asyncio


async def background(name, fail=False):
    try:
        await asyncio.sleep(10)
    finally:
        print(name, 'cleans up')
        if fail:
            raise ValueError(name)


async def numbers():
    try:
        for n in range(10):
            yield n
            await asyncio.sleep(0.1)
    finally:
        print('generator closed')


async def main():
    asyncio.create_task(background('one'))
    asyncio.create_task(background('two', True))
    async for n in numbers():
        if n == 2:
            break
    return 'result'


print(asyncio.run(main()))
print(asyncio.run(main(), debug=False))
for wrong in (main, 42):
    try:
        asyncio.run(wrong)
    except ValueError as error:
        print(str(error)[:27])
try:
    asyncio.get_event_loop()
except RuntimeError as error:
    print(error)


async def nested():
    coroutine = main()
    try:
        asyncio.run(coroutine)
    except RuntimeError as error:
        print(error)
    coroutine.close()


asyncio.run(nested())
