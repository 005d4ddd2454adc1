# title: A blocking call
# title.zh: 阻塞调用
# asks: Why does the heart miss a beat?
# asks.zh: 为什么心跳漏了一拍？
# lesson: There is one thread. A call that blocks it, like time.sleep() or a request of a synchronous library, stops
#   every task and every timer until it returns. Nothing is wrong with the heart: nobody could run it.
# lesson.zh: 只有一个线程。time.sleep() 或同步网络库这样的阻塞调用一旦占住它，所有任务、所有定时器都得等它返回。心跳
#   本身没有问题：只是谁也运行不了它。
# topics: blocking call, event loop
# level: beginner
# course: 8.1
#
# parameter: BLOCK 0.1..2.0 by 0.1: seconds of blocking
# parameter.zh: 阻塞几秒
#
# look: All is well
# look.zh: 一切正常
# when: prints `beat 1`
# note: Both tasks wait for the clock, as they should. The next beat is due at 0.2 s.
# note.zh: 两个任务都在等时钟，这是正常的。下一次心跳应当在 0.2 秒。
#
# look: Half a second in one step
# look.zh: 一步走了半秒
# when: prints `report ends`
# note: The clock moved on inside this step. The beat of 0.2 s is long due and could not be served.
# note.zh: 时钟在这一步之内走了半秒。0.2 秒的心跳早已到期，却没有机会运行。
#
# question: The thread is free again. When does beat 2 come?
# question.zh: 线程终于空了。第 2 次心跳在什么时候？
# next: prints `beat 2`
# answer: At 0.65 s instead of 0.2 s, as soon as anything can run.
# answer.zh: 0.65 秒，而不是 0.2 秒：一能运行就立刻运行。

import asyncio
import time

BLOCK = 0.5

async def heartbeat():
    for beat in range(5):
        print("beat", beat)
        await asyncio.sleep(0.1)

async def report():
    await asyncio.sleep(0.15)
    print("report begins")
    time.sleep(BLOCK)  # nobody else can run
    print("report ends")

async def main():
    await asyncio.gather(heartbeat(), report())

asyncio.run(main())
