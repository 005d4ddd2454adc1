# title: await a task, await a coroutine
# title.zh: await 任务与 await 协程
# asks: The same two awaits: why 0.4 s once and 0.6 s then?
# asks.zh: 同样两个 await，为什么先是 0.4 秒，后是 0.6 秒？
# lesson: A task runs on its own as soon as it is created; await only waits for its end. A coroutine runs inside the
#   await, so the next one cannot begin before it is over. Other tasks run meanwhile in both cases: only the
#   awaiting task waits.
# lesson.zh: 任务一经创建就独立运行，await 只是等它结束。协程则在 await 里面运行，前一个不结束，后一个不会开始。两种
#   情况下别的任务都照常运行：等待的只是发出 await 的那个任务。
# topics: create_task, await
# level: beginner
# course: 3.2
#
# parameter: SLOW 0.1..1.0 by 0.1: seconds for tea and coffee
# parameter.zh: 茶和咖啡需要的秒数
#
# look: Two drinks at once
# look.zh: 同时准备两杯
# when: milk waits at `await asyncio.sleep(seconds)`
# note: main awaits tea only, yet milk is warming, too: both are tasks.
# note.zh: main 只在等 tea，但 milk 也在加热：两个都是任务。
#
# look: Ready early
# look.zh: 提前好了
# when: prints `milk is ready`
# note: Nobody waits for milk yet. Its result is kept until main asks.
# note.zh: 还没有人等 milk，它的结果会一直留到 main 来取。
#
# question: tea is ready and main wakes. How long does it wait for milk?
# question.zh: tea 好了，main 醒来。它还要等 milk 多久？
# next: prints `milk after 0.4 s`
# answer: Not at all: the task is done, so await goes straight on, in the same step.
# answer.zh: 不用等：任务已完成，await 直接继续，仍在同一步。

import asyncio

SLOW = 0.4

async def brew(drink, seconds):
    await asyncio.sleep(seconds)
    print(drink, "is ready")

async def main():
    clock = asyncio.get_running_loop().time
    start = clock()
    tea = asyncio.create_task(brew("tea", SLOW), name="tea")
    milk = asyncio.create_task(brew("milk", 0.2), name="milk")
    await tea
    print(f"tea after {clock() - start:.1f} s")
    await milk
    print(f"milk after {clock() - start:.1f} s")

    await brew("coffee", SLOW)
    await brew("cocoa", 0.2)
    print(f"all after {clock() - start:.1f} s")

asyncio.run(main())
