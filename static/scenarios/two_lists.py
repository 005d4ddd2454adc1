# title: Two lists: now and later
# title.zh: 两个列表：现在与以后
# asks: In which order do four calls run?
# asks.zh: 四个调用按什么顺序运行？
# lesson: The loop keeps two lists. call_soon() puts a call into the ready queue, which is served in order.
#   call_later() and call_at() put it among the timers, sorted by deadline. When nothing is ready, the loop waits
#   for the first timer.
# lesson.zh: 循环维护两个列表。call_soon() 把调用放进就绪队列，按先后顺序执行；call_later() 和 call_at() 把调用放进
#   定时器列表，按到期时间排序。没有就绪任务时，循环就等最早的那个定时器。
# topics: event loop, call_soon, call_later, call_at, callbacks
# level: beginner
# course: 2.1
#
# parameter: DELAY 0.1..1.0 by 0.1: delay of call_later
# parameter.zh: call_later 的延迟秒数
#
# look: Everything is planned
# look.zh: 一切就绪
# when: prints `main has asked for four calls`
# note: Two calls are ready, two are timers, and main itself becomes a third timer. call_later was asked first and
#   stands after call_at.
# note.zh: 两个调用就绪，两个是定时器，main 自己休眠又成了第三个定时器。call_later 虽然最先登记，却排在 call_at 后
#   面。
#
# look: The clock jumps
# look.zh: 时钟跳动
# when: prints `0.1 s: call_at`
# note: Nothing was ready, so the clock went to the earliest deadline. That call is due; the others stay.
# note.zh: 没有就绪的任务，于是时钟直接跳到最近的到期时间。只有这个调用到期，其余的继续等。
#
# question: The ready queue is empty and two timers are left. Which comes next, and when?
# question.zh: 就绪队列空了，还剩两个定时器。下一个是谁，在什么时候？
# next: prints `0.2 s: call_later`
# answer: call_later, at 0.2 s. The sleep of main, a timer like any other, is due at 0.5 s.
# answer.zh: call_later，在 0.2 秒。main 的 sleep 也是一个普通的定时器，要到 0.5 秒才到期。

import asyncio

DELAY = 0.2

async def main():
    loop = asyncio.get_running_loop()
    start = loop.time()

    def say(text):
        passed = loop.time() - start
        print(f"{passed:.1f} s: {text}")

    loop.call_later(DELAY, say, "call_later")
    loop.call_at(start + 0.1, say, "call_at")
    loop.call_soon(say, "call_soon, first")
    loop.call_soon(say, "call_soon, second")
    print("main has asked for four calls")
    await asyncio.sleep(0.5)
    print("main is back")

asyncio.run(main())
