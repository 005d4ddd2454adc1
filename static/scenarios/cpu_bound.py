# title: Computing does not overlap
# title.zh: 计算不会重叠
# asks: Do two tasks compute faster than one?
# asks.zh: 两个任务会算得更快吗？
# lesson: Tasks share one thread, and only waiting overlaps. Two computations take the sum of their times, and no
#   timer rings meanwhile. For work of this kind use processes: a ProcessPoolExecutor with run_in_executor().
# lesson.zh: 任务共用一个线程，能重叠的只有等待。两段计算的时间只会相加，期间任何定时器都不会响。这类工作要用多进
#   程：ProcessPoolExecutor 配合 run_in_executor()。
# topics: cpu bound, blocking call
# level: intermediate
# course: 8.5
#
# parameter: SECONDS 0.1..0.5 by 0.1: seconds of computing
# parameter.zh: 每段计算几秒
#
# look: One computes
# look.zh: 第一个在算
# when: prints `one begins`
# note: The whole computation is a single step: there is no await in it, so nobody else can run. The timer is due at
#   0.1 s.
# note.zh: 整段计算就是一步：里面没有 await，别人无法运行。定时器应当在 0.1 秒响。
#
# look: Then the other
# look.zh: 然后是第二个
# when: prints `two ends`
# note: The second began when the first had ended. gather() started both, but it cannot make them overlap.
# note.zh: 第一个结束后第二个才开始。gather() 启动了两个，却不能让它们重叠。
#
# question: The timer fires at last. What does it say?
# question.zh: 定时器终于响了。它会说什么？
# next: prints `a timer of 0.1 s rings late`
# answer: That it is late, by more than half a second.
# answer.zh: 说自己迟到了，迟了半秒多。

import asyncio
import time

SECONDS = 0.3

def burn(seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass  # computing without a pause

async def compute(name):
    print(name, "begins")
    burn(SECONDS)
    print(name, "ends")

async def timer():
    start = time.monotonic()
    await asyncio.sleep(0.1)
    late = time.monotonic() - start > 0.15
    print("a timer of 0.1 s rings" + " late" * late)

async def main():
    await asyncio.gather(timer(), compute("one"), compute("two"))
    print("nothing overlapped")

asyncio.run(main())
