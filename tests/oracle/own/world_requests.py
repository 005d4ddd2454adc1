# Blocking requests: one after the other, in a coroutine, and in threads of a pool.
import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor, as_completed

import requests

HOSTS = ['example.com', 'www.python.org', 'fast.example', 'api.github.com']


def fetch(host):
    answer = requests.get(f'http://{host}/data.json', params={'q': 'a b', 'n': 1}, headers={'X-Mark': '1'})
    return host, answer.status_code, answer.json()['args'], answer.elapsed.total_seconds()


start = time.time()
for host in HOSTS[:2]:
    print(fetch(host))
print(f'{time.time() - start:.2f}')
with ThreadPoolExecutor(3) as pool:
    for done in as_completed([pool.submit(fetch, host) for host in HOSTS]):
        print(done.result()[:2], f'{time.time() - start:.2f}')


async def main():
    print(await asyncio.gather(*[asyncio.to_thread(fetch, host) for host in HOSTS]))
    ticker = asyncio.create_task(asyncio.sleep(0.05, 'tick'))
    print(requests.post('https://httpbin.org/post', json={'a': [1, None]}).json()['data'])
    print(await ticker, f'{time.time() - start:.2f}')


asyncio.run(main())
session = requests.Session()
session.headers['X-All'] = 'yes'
found = session.get('http://httpbin.org/headers').json()
print(found['headers']['X-All'], session.get('http://example.org/status/404'))
for url, limit in [('http://slow.example/', 1), ('http://refused.example/', 2), ('http://no.invalid', None),
                   ('http://example.org/status/503', None)]:
    try:
        requests.get(url, timeout=limit).raise_for_status()
    except requests.exceptions.RequestException as error:
        print(type(error).__name__, error, f'{time.time() - start:.2f}')


def worker(number):
    for part in requests.get(f'http://img{number}.example.net/p.png').iter_content(16):
        print(number, part)


threads = [threading.Thread(target=worker, args=(n,)) for n in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
