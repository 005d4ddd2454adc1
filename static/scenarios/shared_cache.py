# title: A lock around a cache
# title.zh: 给缓存加锁
# asks: Why is the page downloaded only once?
# asks.zh: 为什么页面只下载一次？
# lesson: Between looking into the cache and filling it the reader awaits, and others could look into the empty
#   cache meanwhile. A lock held over both makes one reader fetch and the others wait for the result. Waiters get a
#   lock in the order in which they came.
# lesson.zh: 查看缓存与填入缓存之间有一次 await，这时别人也会看到空缓存。用一把锁把这两步包住，就只有一个去下载，其
#   余的等结果。等锁的人先来先得。
# topics: lock
# level: intermediate
# course: 5.1
#
# parameter: READERS 1..6: readers of the same page
# parameter.zh: 读同一页的人数
#
# look: One fetches, two wait
# look.zh: 一个下载，两个等待
# when: reader-3 waits at `async with lock:`
# note: reader-1 holds the lock while it sleeps. The others stand in line before they have looked into the cache.
# note.zh: reader-1 拿着锁休眠。另外两个还没看缓存，就已经在排队了。
#
# look: Passed on
# look.zh: 传下去
# when: reader-1 ends
# note: Leaving async with releases the lock and wakes reader-2, nobody else.
# note.zh: 离开 async with 就释放锁，并且只唤醒 reader-2。
#
# question: reader-2 gets the lock. Does it download?
# question.zh: reader-2 拿到锁。它会下载吗？
# next: reader-2 ends
# answer: No: now the page is in the cache. It takes the lock, looks, and is done in one step.
# answer.zh: 不会：页面已经在缓存里。它拿锁、查看、结束，一步完成。

import asyncio

READERS = 3
cache = {}

async def download(page):
    print("download", page)
    await asyncio.sleep(0.5)
    return page.upper()

async def read(page, lock):
    async with lock:  # one looks, the others wait
        if page not in cache:
            cache[page] = await download(page)
    return cache[page]

async def main():
    lock = asyncio.Lock()
    async with asyncio.TaskGroup() as group:
        tasks = [
            group.create_task(read("home", lock), name=f"reader-{n}")
            for n in range(1, READERS + 1)
        ]
    print([task.result() for task in tasks])

asyncio.run(main())
