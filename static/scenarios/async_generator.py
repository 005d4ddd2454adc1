# title: async for
# title.zh: 异步生成器
# asks: Who closes a generator that nobody reads any more?
# asks.zh: 没人再读的生成器由谁来关闭？
# lesson: An asynchronous generator may await between two yields, so async for gives other tasks a turn while it
#   waits for the next item. Leaving the loop early does not run its finally at once: the loop closes it in a task
#   of its own.
# lesson.zh: 异步生成器可以在两次 yield 之间 await，所以 async for 等下一个元素时，别的任务可以运行。提前跳出循环并
#   不会立刻执行它的 finally：事件循环会另开一个任务来关闭它。
# topics: async for, generators
# level: advanced
# course: 7.2
#
# parameter: STOP_AT 1..5: ticks that are read
# parameter.zh: 读几次滴答
#
# look: In between
# look.zh: 中间插进来
# when: prints `something else, in between`
# note: listener waits for its second tick, in the sleep of the generator; so other() may run.
# note.zh: listener 正在等第二次滴答，停在生成器的 sleep 里，所以 other() 可以运行。
#
# look: Broken off
# look.zh: 提前跳出
# when: prints `tick 3`
# note: break leaves the generator at its yield. It is dropped, and its finally is still to come.
# note.zh: break 之后生成器停在 yield 处被丢弃，它的 finally 还没有执行。
#
# question: The loop has made Task-4 to close the generator. What does it run?
# question.zh: 循环创建了 Task-4 来关闭生成器。它会运行什么？
# next: Task-4 starts
# answer: The finally block: the generator ends at the yield where it was left.
# answer.zh: finally 块：生成器就在停下的那个 yield 处结束。

import asyncio

STOP_AT = 3

async def ticks(pause):
    n = 0
    try:
        while True:
            await asyncio.sleep(pause)
            n += 1
            yield n
    finally:
        print("the ticking ends")

async def listener():
    async for n in ticks(0.2):
        print("tick", n)
        if n == STOP_AT:
            break

async def other():
    await asyncio.sleep(0.3)
    print("something else, in between")

async def main():
    await asyncio.gather(listener(), other())
    squares = [n * n async for n in numbers()]
    print(squares)

async def numbers():
    for n in range(3):
        yield n

asyncio.run(main())
