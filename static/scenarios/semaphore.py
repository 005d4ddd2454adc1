# title: Semaphore
# title.zh: 信号量
# asks: What if two may enter?
# asks.zh: 允许两个同时进入会怎样？
# lesson: A semaphore is a lock with several permits: at most that many tasks are inside at once, the rest wait in
#   line. It limits tasks that run at the same time, so it does nothing for a program that awaits one call after the
#   other.
# lesson.zh: 信号量是有多张许可证的锁：最多这么多任务同时在里面，其余排队等候。它限制的是同时运行的任务；如果程序本
#   来就是一个接一个地 await，信号量不起任何作用。
# topics: semaphore
# level: intermediate
# course: 5.2
#
# parameter: PERMITS 1..4: lanes of the pool
# parameter.zh: 泳道数
#
# look: The pool is full
# look.zh: 泳池满了
# when: dan waits at `async with lanes:`
# note: ann and ben have the two permits. cho and dan are numbered: first come, first served.
# note.zh: ann 和 ben 拿走两张许可。cho 和 dan 按先来后到编号等待。
#
# look: One out, one in
# look.zh: 出来一个，进去一个
# when: prints `ben dries off`
# note: release() gives the permit to cho, who has waited longest. ann, who began first, still swims.
# note.zh: release() 把许可交给等得最久的 cho。最早下水的 ann 还在游。
#
# question: ann leaves the pool. Who swims next?
# question.zh: ann 离开泳池。接下来谁下水？
# next: prints `dan swims`
# answer: dan: the permit was kept for him, a newcomer could not take it.
# answer.zh: dan：许可已经留给他，后来的人抢不走。

import asyncio

PERMITS = 2

async def swim(name, seconds, lanes):
    async with lanes:
        print(name, "swims")
        await asyncio.sleep(seconds)
    print(name, "dries off")

async def main():
    lanes = asyncio.Semaphore(PERMITS)
    swimmers = {"ann": 0.3, "ben": 0.1, "cho": 0.5, "dan": 0.2}
    async with asyncio.TaskGroup() as group:
        for name, seconds in swimmers.items():
            group.create_task(swim(name, seconds, lanes), name=name)
    print("the pool is empty")

asyncio.run(main())
