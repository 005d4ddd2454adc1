import asyncio


class Source:
    def __init__(self):
        self.left = 2

    def __aiter__(self):
        return self

    async def __anext__(self):
        self.left -= 1
        return 1 / self.left


async def main():
    async for value in Source():
        print(value)


asyncio.run(main())
