import asyncio
import sys


async def main():
    try:
        sys.exit(7)
    finally:
        print("on the way out")


asyncio.run(main())
