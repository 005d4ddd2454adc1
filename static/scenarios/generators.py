# title: Functions that pause
# title.zh: 会暂停的函数
# asks: How can two functions run at once without threads?
# asks.zh: 没有线程，两个函数怎么“同时”运行？
# lesson: A generator stops at every yield and keeps its variables until somebody calls next() again. Put each one
#   back into a queue after every pause, and many of them share one thread by turns. That is all an event loop does.
# lesson.zh: 生成器运行到 yield 就停下，保留全部变量，直到有人再次调用 next()。每次暂停后把它重新放回队列，许多生成
#   器就能轮流使用同一个线程。事件循环做的正是这件事。
# topics: generators, event loop, call_soon
# level: beginner
# course: 1.1
#
# parameter: COUNT 1..5: where red begins to count
# parameter.zh: red 从几开始倒数
#
# look: Started by hand
# look.zh: 手动启动
# when: prints `main goes to sleep`
# note: Both generators have run to their first yield. Each asked the loop to drive it on, so two calls stand in the
#   ready queue.
# note.zh: 两个生成器都运行到了第一个 yield，各自请求循环稍后继续驱动自己，所以就绪队列里有两个调用。
#
# look: By turns
# look.zh: 轮流
# when: prints `blue 1`
# note: red and blue alternate, because whoever pauses goes to the back of the queue. Their variables n are as they
#   left them.
# note.zh: red 和 blue 交替运行，因为谁暂停谁就排到队尾。它们各自的变量 n 都保持原样。
#
# question: blue has lifted off and is finished. Who runs next?
# question.zh: blue 已经发射，运行结束。接下来谁运行？
# next: prints `red lifts off`
# answer: red: it is the only one left in the ready queue. next() raised StopIteration for blue, so nobody scheduled
#   it again.
# answer.zh: red：就绪队列里只剩它了。对 blue 调用 next() 抛出了 StopIteration，所以没有人再安排它。

import asyncio

COUNT = 3

def countdown(name, n):
    while n > 0:
        print(name, n)
        yield  # pause here
        n -= 1
    print(name, "lifts off")

def drive(generator):
    loop = asyncio.get_running_loop()
    try:
        next(generator)  # run to the next yield
    except StopIteration:
        return  # it is finished
    loop.call_soon(drive, generator)

async def main():
    drive(countdown("red", COUNT))
    drive(countdown("blue", 2))
    print("main goes to sleep")
    await asyncio.sleep(1)

asyncio.run(main())
