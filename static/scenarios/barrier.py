# title: Barrier
# title.zh: 屏障
# asks: What happens when the last one sits down?
# asks.zh: 最后一个坐下时会发生什么？
# lesson: A Barrier of n lets nobody through until n tasks wait at it, and then all of them at once. Each gets a
#   number from wait(), so one of them can be chosen for a job. It is the youngest of asyncio's primitives, new in
#   Python 3.11.
# lesson.zh: n 人的 Barrier 会拦住所有任务，直到第 n 个到齐，然后一起放行。wait() 给每个任务一个编号，可以借此选出一
#   个来做某件事。它是 asyncio 里最年轻的同步原语，Python 3.11 才加入。
# topics: barrier
# level: intermediate
# course: 5.8
#
# parameter: SEATS 1..3: friends that it waits for
# parameter.zh: 等几个朋友到齐
#
# look: Two of three
# look.zh: 三个到了两个
# when: prints `cho sits down`
# note: ben and cho wait at the barrier; ann is still on her way.
# note.zh: ben 和 cho 在屏障前等，ann 还在路上。
#
# look: Complete
# look.zh: 到齐
# when: prints `ann eats`
# note: ann is the third. She does not wait at all, and ben and cho move to the ready queue.
# note.zh: ann 是第三个，她完全不用等；ben 和 cho 进入就绪队列。
#
# question: All may eat. Who says grace, the first or the last to arrive?
# question.zh: 可以开饭了。谁来说祝词，最先到的还是最后到的？
# next: prints `ben says grace`
# answer: ben: he came first and has number 0.
# answer.zh: ben：他最先到，编号是 0。

import asyncio

SEATS = 3

async def friend(name, seconds, table):
    await asyncio.sleep(seconds)
    print(name, "sits down")
    place = await table.wait()
    print(name, "eats")
    if place == 0:
        print(name, "says grace")

async def main():
    table = asyncio.Barrier(SEATS)
    friends = {"ann": 0.3, "ben": 0.1, "cho": 0.2}
    async with asyncio.TaskGroup() as group:
        for name, seconds in friends.items():
            group.create_task(friend(name, seconds, table), name=name)
    print("nobody ate alone")

asyncio.run(main())
