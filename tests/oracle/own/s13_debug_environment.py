"""Debug mode by the environment, and what a logging program sees of the loop."""
import asyncio
import logging
import os


async def main():
    print(asyncio.get_running_loop().get_debug())


asyncio.run(main())
os.environ['PYTHONASYNCIODEBUG'] = '1'
asyncio.run(main())
asyncio.run(main(), debug=False)
os.environ['PYTHONASYNCIODEBUG'] = ''
asyncio.run(main())
logging.basicConfig(level=logging.DEBUG)
asyncio.run(main(), debug=True)
loop = asyncio.new_event_loop()
loop.set_debug('yes')
print(loop.get_debug(), loop)
loop.close()
