import asyncio
import logging


class Short(logging.Formatter):
    def format(self, record):
        return f"<{record.levelname}> {record.getMessage().splitlines()[0]}"


handler = logging.StreamHandler()
handler.setFormatter(Short())
logging.getLogger("asyncio").addHandler(handler)


async def fail():
    raise ValueError("lost")


async def main():
    asyncio.create_task(fail())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    asyncio.get_running_loop().call_soon(int, "x")
    await asyncio.sleep(0)


asyncio.run(main())
