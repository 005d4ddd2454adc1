# title: A future by hand
# title.zh: 亲手完成一个 Future
# asks: Who wakes those who wait?
# asks.zh: 谁来唤醒等待的人？
# lesson: A future is an empty place for a result. Tasks that await it wait until somebody calls set_result(), which
#   puts all of them into the ready queue. The loop never goes round asking whether it is done; and a future that is
#   done can be awaited without waiting.
# lesson.zh: Future 是给结果预留的空位。await 它的任务一直等到有人调用 set_result()，这时所有等待者都进入就绪队列。
#   循环从不逐个询问“完成了没有”；已经完成的 Future 再 await 也不必等。
# topics: futures, await, call_later
# level: intermediate
# course: 2.4
#
# parameter: DELAY 0.1..1.0 by 0.1: seconds until dinner is ready
# parameter.zh: 几秒后上菜
#
# look: Nobody can go on
# look.zh: 谁也动不了
# when: ben waits at `dish = await dinner`
# note: Two guests wait for one future, main waits for the guests, and only a timer is left that can change
#   anything.
# note.zh: 两位客人等同一个 Future，main 等两位客人，只剩一个定时器能改变局面。
#
# look: set_result wakes both
# look.zh: set_result 唤醒两个
# when: prints `dinner is soup`
# note: The callback filled the future. ann and ben moved to the ready queue in the order in which they began to
#   wait.
# note.zh: 回调填好了结果。ann 和 ben 按开始等待的先后进入就绪队列。
#
# question: Both guests have eaten and main is awake. It awaits the finished future: does it wait once more?
# question.zh: 两位客人都吃完了，main 也醒了。它再 await 这个已完成的 Future，还要等吗？
# next: prints `late soup`
# answer: No: a finished future answers at once, in the same step.
# answer.zh: 不用：已完成的 Future 立刻给出结果，就在同一步里。

import asyncio

DELAY = 0.3

async def guest(name, dinner):
    print(name, "waits")
    dish = await dinner
    print(name, "eats", dish)

def cook(dinner):
    dinner.set_result("soup")
    print("dinner is", dinner.result())

async def main():
    loop = asyncio.get_running_loop()
    dinner = loop.create_future()
    loop.call_later(DELAY, cook, dinner)
    start = asyncio.create_task
    ann = start(guest("ann", dinner), name="ann")
    ben = start(guest("ben", dinner), name="ben")
    await asyncio.wait([ann, ben])
    print("late", await dinner)  # is done already

asyncio.run(main())
