import asyncio
import sys


def hook(kind, error, traceback):
    print("hook:", kind.__name__, error, traceback.tb_lineno)
    sys.__excepthook__(kind, error, traceback)


sys.excepthook = hook


async def main():
    raise ValueError("for the hook")


asyncio.run(main())
