# aiohttp: requests at once, behind a semaphore, behind the limit of a connector, with a timeout; errors.
import asyncio

import aiohttp
from aiohttp import ClientTimeout, TCPConnector

URLS = ['http://example.com/a', 'https://www.python.org/b?x=1', 'http://fast.example/c.json', 'http://10.1.2.3/d.txt']


async def fetch(session, url):
    async with session.get(url) as response:
        text = await response.text()
        print(asyncio.get_running_loop().time(), url, response.status, response.content_type, len(text))
        return response.url.host


async def limited(gate, session, url):
    async with gate:
        return await fetch(session, url)


async def main():
    async with aiohttp.ClientSession(headers={'X-Mark': 'm'}) as session:
        print(await asyncio.gather(*[fetch(session, url) for url in URLS]))
        gate = asyncio.Semaphore(2)
        print(await asyncio.gather(*[limited(gate, session, url) for url in URLS]))
        async with session.post('http://httpbin.org/post', data={'k': 'v w'}, params=[('p', 'q')]) as response:
            said = await response.json()
            print(said['data'], said['args'], said['headers']['X-Mark'], response.headers['content-type'])
        response = await session.get('http://example.com/pic.png')
        async for part in response.content.iter_chunked(10):
            print(part)
        response.release()
    async with aiohttp.ClientSession(connector=TCPConnector(limit_per_host=1)) as session:
        tasks = [asyncio.create_task(fetch(session, f'http://example.com/{n}'), name=f'get-{n}') for n in range(3)]
        await asyncio.wait(tasks, timeout=0.25)
        tasks[2].cancel()
        print(await asyncio.gather(*tasks, return_exceptions=True))
    async with aiohttp.ClientSession(timeout=ClientTimeout(total=0.5), raise_for_status=True) as session:
        for url in ['http://slow.example/', 'http://refused.example/', 'http://lost.invalid/', 'http://example.com/status/418',
                    'nonsense']:
            try:
                await fetch(session, url)
            except (aiohttp.ClientError, asyncio.TimeoutError) as error:
                print(asyncio.get_running_loop().time(), type(error).__name__, error)
        try:
            async with asyncio.timeout(0.15):
                await session.get('http://httpbin.org/ip')
        except TimeoutError as error:
            print(repr(error))
    try:
        await session.get('http://example.com')
    except RuntimeError as error:
        print(error)


asyncio.run(main())
