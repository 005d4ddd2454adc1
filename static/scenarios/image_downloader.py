# title: An image downloader
# title.zh: 图片下载器
# asks: What if one of the images is not there?
# asks.zh: 有一张图片不存在怎么办？
# lesson: A queue of names, a few workers, and join(): the frame of every downloader. An error belongs to one item,
#   so the worker catches it and goes on; task_done() stands in finally, or join() would wait for ever for the item
#   that failed.
# lesson.zh: 一个存放名字的队列、几个工人，再加 join()：所有下载器都是这个骨架。错误只属于某一项，所以工人捕获它，继
#   续下一项；task_done() 要放在 finally 里，否则 join() 会永远等那个失败的项。
# topics: aiohttp, files, queue, producer/consumer, error handling
# level: advanced
# course: 8.9
#
# parameter: WORKERS 1..4: number of workers
# parameter.zh: 工人数
#
# look: Two downloads
# look.zh: 两个下载
# when: worker-2 waits at `async with session.get`
# note: main waits in join() until all four items are done. Two are on their way, two in the queue.
# note.zh: main 在 join() 里等四项全部完成。两项在下载，两项在队列里。
#
# look: Not found
# look.zh: 找不到
# when: prints `no status/404: 404, message='Not Found', url=URL('http://example.com/status/404')`
# note: The worker caught the error, marked the item as done all the same, and took the next.
# note.zh: 工人捕获了错误，照样把这一项标记为完成，然后取下一项。
#
# question: The last image is saved and marked as done. Who wakes?
# question.zh: 最后一张存好了，并标记为完成。谁会醒来？
# next: prints `all is done`
# answer: main: join() counted down to zero. The workers wait at an empty queue and are cancelled.
# answer.zh: main：join() 的计数归零了。工人们停在空队列上，随后被取消。

import asyncio
import aiofiles
import aiohttp

WORKERS = 2

async def worker(session, queue):
    while True:
        name = await queue.get()
        try:
            async with session.get(f"http://example.com/{name}") as answer:
                answer.raise_for_status()
                image = await answer.read()
            async with aiofiles.open(name, "wb") as file:
                await file.write(image)
            print("saved", name)
        except aiohttp.ClientError as error:
            print("no", name + ":", error)
        finally:
            queue.task_done()

async def main():
    queue = asyncio.Queue()
    for name in ("sun.png", "status/404", "sea.png", "sky.png"):
        queue.put_nowait(name)
    async with aiohttp.ClientSession() as session:
        workers = [
            asyncio.create_task(worker(session, queue), name=f"worker-{n}")
            for n in range(1, WORKERS + 1)
        ]
        await queue.join()
        for task in workers:
            task.cancel()
    print("all is done")

asyncio.run(main())
