# title: A crawler
# title.zh: 爬虫
# asks: Where is the narrowest place?
# asks.zh: 最窄的地方在哪里？
# lesson: Two limits in one program: a semaphore lets few requests out at a time, a pool of database connections
#   lets few tasks store at a time. A task that waits for one holds nothing of the other, because each async with
#   ends before the next begins.
# lesson.zh: 一个程序里有两道限制：信号量限制同时发出的请求数，数据库连接池限制同时写库的任务数。等其中一个时并不占
#   用另一个，因为前一个 async with 结束后才进入下一个。
# topics: aiohttp, aiomysql, semaphore
# level: advanced
# course: 8.8
#
# parameter: PERMITS 1..4: requests at a time
# parameter.zh: 同时请求数
#
# look: Two requests, two in line
# look.zh: 两个请求，两个排队
# when: /team waits at `async with permits:`
# note: The limit of the semaphore is reached. The waiting tasks have not opened any connection.
# note.zh: 信号量到了上限。等待中的任务还没有打开任何连接。
#
# look: In line for the database
# look.zh: 排队等数据库
# when: /news waits at `async with pool.acquire()`
# note: / and /news came back at the same instant, but there is one database connection. /news has given its permit
#   back, so /blog can fetch meanwhile.
# note.zh: / 和 /news 同时返回，但数据库连接只有一个。/news 已经交还信号量许可，所以 /blog 可以继续抓取。
#
# question: /blog has stored its page and given the connection back. Who stores next?
# question.zh: /blog 存完并归还了连接。接下来谁写库？
# next: /team waits at `await cursor.execute`
# answer: /team: it was waiting in the pool's line.
# answer.zh: /team：它正在连接池里排队。

import asyncio
import aiohttp
import aiomysql

PERMITS = 2
PAGES = ("/", "/news", "/blog", "/team")

async def fetch(session, permits, path):
    async with permits:  # polite: few at a time
        async with session.get("http://example.com" + path) as page:
            return len(await page.text())

async def store(pool, path, size):
    async with pool.acquire() as connection:
        async with connection.cursor() as cursor:
            row = (f"{path}: {size}",)
            await cursor.execute("INSERT INTO article_test VALUES (%s)", row)
            await connection.commit()
    print("stored", path)

async def crawl(session, permits, pool, path):
    size = await fetch(session, permits, path)
    await store(pool, path, size)

async def main():
    permits = asyncio.Semaphore(PERMITS)
    pool = await aiomysql.create_pool(db="aiomysql_test", maxsize=1)
    async with aiohttp.ClientSession() as session:
        async with asyncio.TaskGroup() as group:
            for path in PAGES:
                page = crawl(session, permits, pool, path)
                group.create_task(page, name=path)
    pool.close()
    await pool.wait_closed()

asyncio.run(main())
