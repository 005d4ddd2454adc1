# title: Condition and notify(n)
# title.zh: Condition 与 notify(n)
# asks: Two are called: who gets a bun?
# asks.zh: 叫醒两个人，谁能吃到包子？
# lesson: A condition is a lock with a waiting room. wait() gives the lock back and waits; notify(n) wakes the n tasks
#   that have waited longest, and each takes the lock again before it goes on. Nobody is remembered who was not waiting.
# lesson.zh: Condition 是一把带“等候室”的锁。wait() 先交还锁再等待；notify(n) 唤醒等得最久的 n 个任务，
#   它们各自重新拿到锁以后才继续。通知不会被保存：当时没在等的人收不到。
# topics: condition, lock
# level: intermediate
# course: 5.6
#
# parameter: BATCH 2..4: buns of the second batch
# parameter.zh: 第二批包子的个数
#
# look: The baker calls two
# look.zh: 师傅叫了两位
# when: prints `baker brings 2`
# note: notify(2) moved ben and cho to the ready queue. They still need the lock, which the baker holds until the end of
#   its async with.
# note.zh: notify(2) 让 ben 和 cho 进入就绪队列。但他们还得先拿到锁，而锁要等 baker 离开 async with 才放开。
#
# look: One after the other
# look.zh: 一个接一个
# when: prints `ben eats bun 2`
# note: ben has the lock, looks at the shelf again and takes a bun. The while loop is needed: between the call and the
#   lock somebody else may have taken it.
# note.zh: ben 拿到锁，再看一眼货架才取包子。这里必须用 while：从被叫到拿到锁之间，包子可能已被别人拿走。
#
# question: ben has let the lock go. Who eats next?
# question.zh: ben 放开了锁。接下来谁吃？
# next: prints `cho eats bun 3`
# answer: cho: woken in the same notify(2), and next in line for the lock.
# answer.zh: cho：由同一次 notify(2) 唤醒，正排在锁的下一位。

import asyncio

BATCH = 2
shelf = []

async def customer(name, shop):
    async with shop:
        while not shelf:
            await shop.wait()  # lets the lock go
        bun = shelf.pop(0)
    print(name, "eats bun", bun)
    await asyncio.sleep(0.2)

async def baker(shop):
    bun = 0
    for batch in (1, BATCH):
        await asyncio.sleep(0.3)  # bake
        async with shop:
            for _ in range(batch):
                bun += 1
                shelf.append(bun)
            shop.notify(batch)
        print("baker brings", batch)

async def main():
    shop = asyncio.Condition()
    start = asyncio.create_task
    people = [
        start(customer(name, shop), name=name)
        for name in ("ann", "ben", "cho")
    ]
    people.append(start(baker(shop), name="baker"))
    await asyncio.gather(*people)
    print("sold out")

asyncio.run(main())
