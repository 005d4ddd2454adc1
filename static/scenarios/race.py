# title: A race across an await
# title.zh: 跨越 await 的竞争
# asks: Three times 10 makes 10?
# asks.zh: 三个 10 加起来等于 10？
# lesson: Nothing happens between two awaits, but at an await everything may change. Who reads a value, awaits, and
#   writes it back overwrites what others did meanwhile. A lock around all three makes them one.
# lesson.zh: 两个 await 之间不会发生别的事，但在 await 处什么都可能改变。先读一个值，再 await，再写回去，就会覆盖别
#   人在此期间的修改。用锁把这三步包起来，它们才成为一体。
# topics: lock, race
# level: intermediate
# course: 9.5
#
# parameter: DEPOSITS 1..5: number of deposits
# parameter.zh: 存款次数
#
# look: All have read 0
# look.zh: 都读到了 0
# when: Task-4 waits at `await asyncio.sleep(0.1)`
# note: Three tasks sleep between reading and writing, each with before = 0.
# note.zh: 三个任务都停在“读”和“写”之间，手里的 before 都是 0。
#
# look: The last one wins
# look.zh: 最后写的赢
# when: prints `careless: 10` (3)
# note: Each wrote 0 + 10. No line was interrupted, and still two deposits are gone.
# note.zh: 每个都写下 0 + 10。没有哪一行被打断，却丢了两笔存款。
#
# question: With a lock: two are through, the third has slept. What does it print?
# question.zh: 加锁之后：两个已完成，第三个睡醒了。它打印什么？
# next: prints `careful: 30`
# answer: 30: it read the balance when the second had written it.
# answer.zh: 30：它读余额时，第二个已经写完了。

import asyncio

DEPOSITS = 3
balance = 0

async def careless(amount):
    global balance
    before = balance
    await asyncio.sleep(0.1)  # others run here
    balance = before + amount
    print("careless:", balance)

async def careful(amount, lock):
    global balance
    async with lock:
        before = balance
        await asyncio.sleep(0.1)
        balance = before + amount
        print("careful:", balance)

async def main():
    global balance
    await asyncio.gather(*(careless(10) for _ in range(DEPOSITS)))
    print("without a lock:", balance)
    balance = 0
    lock = asyncio.Lock()
    await asyncio.gather(*(careful(10, lock) for _ in range(DEPOSITS)))
    print("with a lock:", balance)

asyncio.run(main())
