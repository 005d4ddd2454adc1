# title: Workers and sentinels
# title.zh: 工人与哨兵
# asks: How do workers learn that there is no more work?
# asks.zh: 工人怎么知道活儿干完了？
# lesson: Workers that loop for ever must be told to stop. One way is a sentinel, a value that means "go home": put
#   as many as there are workers, behind the real jobs. Nothing needs to be cancelled, and every job before them is
#   done.
# lesson.zh: 无限循环的工人需要有人通知才会停。一种办法是“哨兵”：用一个特殊值表示“下班”，有几个工人就在真正的任
#   务后面放几个。不需要取消任何任务，排在前面的活儿也一定会做完。
# topics: queue, producer/consumer
# level: intermediate
# course: 4.1
#
# parameter: WORKERS 1..4: number of workers
# parameter.zh: 工人数
#
# look: All is put
# look.zh: 全部放入
# when: prints `main has put everything`
# note: Four jobs and two sentinels are in the queue. It has no limit, so main never waited.
# note.zh: 四个任务和两个哨兵都在队列里。队列没有上限，所以 main 一次也没有等。
#
# look: Who is free takes the next
# look.zh: 谁空闲谁来取
# when: worker-2 runs `print(name, "did a job of", job)` (2)
# note: worker-2 has done two short jobs while worker-1 is still at its long one. Nobody shared the work out.
# note.zh: worker-1 还在做那个长任务，worker-2 已经做完两个短的。没有人来分配，谁空谁取。
#
# question: worker-1 has gone home, worker-2 is still busy. What does worker-2 find in the queue when its job is
#   done?
# question.zh: worker-1 已下班，worker-2 还在忙。它做完后会在队列里取到什么？
# next: prints `worker-2 goes home`
# answer: The second sentinel: each worker takes one and no more, because it returns.
# answer.zh: 第二个哨兵：每个工人只会取走一个，因为取到就返回了。

import asyncio

WORKERS = 2
STOP = None

async def worker(name, jobs):
    while True:
        job = await jobs.get()
        if job is STOP:
            print(name, "goes home")
            return
        await asyncio.sleep(job)
        print(name, "did a job of", job)

async def main():
    jobs = asyncio.Queue()
    async with asyncio.TaskGroup() as group:
        for n in range(1, WORKERS + 1):
            name = f"worker-{n}"
            group.create_task(worker(name, jobs), name=name)
        for job in (0.3, 0.1, 0.1, 0.2):
            await jobs.put(job)
        for _ in range(WORKERS):
            await jobs.put(STOP)  # one for each
        print("main has put everything")
    print("all are home")

asyncio.run(main())
