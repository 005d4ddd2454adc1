# title: PriorityQueue
# title.zh: 优先级队列
# asks: Who is treated before those who waited longer?
# asks.zh: 谁能排到等得更久的人前面？
# lesson: A PriorityQueue gives out the smallest item first, not the oldest. Tuples compare by their first part, so
#   (level, name) makes the level decide. What is already being treated is not interrupted.
# lesson.zh: PriorityQueue 先给出最小的元素，而不是最早的。元组先比较第一个分量，所以 (level, name) 由 level 决定先
#   后。正在处理的不会被打断。
# topics: queue, producer/consumer
# level: intermediate
# course: 4.3
#
# parameter: URGENT 1..6: level of heart
# parameter.zh: heart 的级别
#
# look: The first comes first
# look.zh: 先到先看
# when: prints `treats cold of level 5`
# note: Nobody else is here, so even level 5 is treated at once.
# note.zh: 这时没有别人，所以 5 级也马上处理。
#
# look: An overtaking
# look.zh: 插队
# when: prints `heart arrives`
# note: cough has waited since 0.2 s. heart is put behind it and stands before it: the queue is a heap.
# note.zh: cough 从 0.2 秒等到现在。heart 后到，却排在它前面：这个队列是一个堆。
#
# question: The doctor is free again. Who is next, cough or heart?
# question.zh: 医生又空了。下一位是 cough 还是 heart？
# next: prints `treats heart of level 1`
# answer: heart: 1 is less than 4, however long cough has waited.
# answer.zh: heart：1 比 4 小，不管 cough 等了多久。

import asyncio

URGENT = 1

async def patient(queue, seconds, level, name):
    await asyncio.sleep(seconds)
    await queue.put((level, name))
    print(name, "arrives")

async def doctor(queue):
    for _ in range(4):
        level, name = await queue.get()
        print("treats", name, "of level", level)
        await asyncio.sleep(0.5)

async def main():
    queue = asyncio.PriorityQueue()
    arrivals = [
        (0.0, 5, "cold"),
        (0.1, 3, "cut"),
        (0.2, 4, "cough"),
        (0.6, URGENT, "heart"),
    ]
    async with asyncio.TaskGroup() as group:
        group.create_task(doctor(queue), name="doctor")
        for seconds, level, name in arrivals:
            arrival = patient(queue, seconds, level, name)
            group.create_task(arrival, name=name)

asyncio.run(main())
