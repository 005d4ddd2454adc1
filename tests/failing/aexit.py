import asyncio


class Connection:
    async def __aenter__(self):
        return self

    async def __aexit__(self, kind, error, traceback):
        print("leaving with", kind.__name__, error)
        await asyncio.sleep(0)
        raise BrokenPipeError("while closing")


async def main():
    async with Connection():
        raise ValueError("inside")


asyncio.run(main())
