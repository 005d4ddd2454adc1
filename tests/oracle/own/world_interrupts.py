# loopscope: interrupt_at=0.25
# Ctrl+C while a coroutine blocks in requests.get: the call goes on, then the main task is cancelled.
import asyncio
import time

import aiohttp
import requests


async def fetch(session, host):
    try:
        async with session.get(f'http://{host}/') as response:
            print(host, response.status)
    finally:
        print(host, 'ends', asyncio.get_running_loop().time())


async def main():
    other = asyncio.create_task(asyncio.to_thread(requests.get, 'http://movie.douban.com/'))
    try:
        print(requests.get('http://example.com/').status_code, time.time())
        print(requests.get('http://httpbin.org/ip').json(), time.time())
        async with aiohttp.ClientSession() as session:
            await asyncio.gather(fetch(session, 'example.com'), fetch(session, 'httpbin.org'))
    except asyncio.CancelledError:
        print('cancelled', time.time())
        print(await other, time.time())
        raise


try:
    asyncio.run(main())
except KeyboardInterrupt:
    print('bye')
print(requests.get('http://fast.example/').status_code, time.time())
