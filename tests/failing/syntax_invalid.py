import asyncio

async def main():
    x = 5 +
    return x
