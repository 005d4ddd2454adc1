# title: Starvation
# title.zh: 饿死
# asks: Why does the guest eat last?
# asks.zh: 为什么客人最后才吃上？
# lesson: Tasks are cooperative: nobody takes the turn away from a task. One that awaits only what is ready at once
#   keeps it to the end, and all others starve. An await sleep(0) now and then lets them run.
# lesson.zh: 任务是协作式的：没有人会强行收回运行机会。一个只 await“立刻就绪”的东西的任务，会一口气运行到底，其他
#   任务都得挨饿。时不时来一个 await sleep(0)，就能让别人运行。
# topics: event loop, await
# level: intermediate
# course: 9.3
#
# parameter: ROUNDS 1..10: bites of the hosts
# parameter.zh: 主人吃几口
#
# look: All in one bite
# look.zh: 一口气吃完
# when: prints `greedy is done`
# note: Six awaits, one step: none of them had to wait. The guest has been in the ready queue all the time.
# note.zh: 六次 await，只有一步：没有一次需要等待。客人一直在就绪队列里。
#
# look: A polite host
# look.zh: 有礼貌的主人
# when: prints `guest eats soup` (2)
# note: Now host and guest take turns, step by step.
# note.zh: 现在主人和客人一步一步轮流。
#
# question: The polite host has given way for the last time. What is left for it to do?
# question.zh: 有礼貌的主人最后一次让出了。它还剩什么要做？
# next: prints `polite is done`
# answer: Only to end. It took more steps than the greedy one, and nobody had to wait for it.
# answer.zh: 只剩结束。它比贪心的走了更多步，但没有人因它挨饿。

import asyncio

ROUNDS = 6

async def greedy():
    for _ in range(ROUNDS):
        await nothing()  # awaits, but never waits
    print("greedy is done")

async def polite():
    for _ in range(ROUNDS):
        await asyncio.sleep(0)  # lets others run
    print("polite is done")

async def nothing():
    print("greedy takes another bite")

async def guest():
    for course in ("soup", "fish", "cake"):
        print("guest eats", course)
        await asyncio.sleep(0)

async def main():
    for host in (greedy, polite):
        await asyncio.gather(host(), guest())

asyncio.run(main())
