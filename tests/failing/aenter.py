import asyncio


class Connection:
    async def __aenter__(self):
        await asyncio.sleep(0)
        raise ConnectionError("refused")

    async def __aexit__(self, kind, error, traceback):
        print("never called")


async def main():
    async with Connection() as connection:
        print(connection)


asyncio.run(main())
