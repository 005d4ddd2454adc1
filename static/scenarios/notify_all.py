# title: notify_all and wait_for
# title.zh: notify_all 与 wait_for
# asks: Why does ben wake three times?
# asks.zh: 为什么 ben 醒来三次？
# lesson: notify_all() wakes everybody who waits at the condition; each looks at the state and goes on or waits
#   again. wait_for(predicate) is that loop ready made. It is right when waiters wait for different things, and
#   costs a step for each that woke in vain.
# lesson.zh: notify_all() 唤醒所有在 Condition 上等待的任务，各自检查状态，满足就继续，不满足就再等。wait_for(谓词)
#   就是写好的这个循环。等待者的条件各不相同时应当这样做，代价是每个白白醒来的任务多走一步。
# topics: condition
# level: advanced
# course: 5.7
# compare: condition_notify
#
# parameter: WANTED 1..3: bricks that ann needs
# parameter.zh: ann 需要几块砖
#
# look: The first brick
# look.zh: 第一块砖
# when: prints `brick 1 for everybody to see`
# note: All three are awake, but one brick is enough for cho alone.
# note.zh: 三个都醒了，但一块砖只够 cho 用。
#
# look: In vain
# look.zh: 白醒一次
# when: ben waits at `await site.wait_for` (2)
# note: ben took the lock, counted, gave it back and waits again.
# note.zh: ben 拿到锁，数了数，又交还锁继续等。
#
# question: The last brick is there, and main waits for the group. Does ben have to fight for it?
# question.zh: 最后一块砖到了，main 在等任务组。ben 还要和谁争吗？
# next: prints `ben builds with 3 bricks`
# answer: No: he is the only one left, and three are enough.
# answer.zh: 不用：只剩他一个，三块砖正好够。

import asyncio

WANTED = 2

async def builder(name, needs, bricks, site):
    async with site:
        print(name, "needs", needs)
        await site.wait_for(lambda: len(bricks) >= needs)
        print(name, "builds with", len(bricks), "bricks")

async def main():
    bricks = []
    site = asyncio.Condition()
    async with asyncio.TaskGroup() as group:
        for name, needs in (("ann", WANTED), ("ben", 3), ("cho", 1)):
            group.create_task(builder(name, needs, bricks, site), name=name)
        for n in (1, 2, 3):
            await asyncio.sleep(0.2)
            async with site:
                bricks.append(n)
                print("brick", n, "for everybody to see")
                site.notify_all()
    print("built")

asyncio.run(main())
