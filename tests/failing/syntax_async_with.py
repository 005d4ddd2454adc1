import asyncio


def main():
    async with asyncio.Lock() as lock:
        pass
