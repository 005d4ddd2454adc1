# title: Taking turns
# title.zh: 轮流来
# asks: What does sleep(0) give away?
# asks.zh: sleep(0) 让出了什么？
# lesson: Only one task runs at a time, and it runs until it awaits something that is not ready. sleep(0) is the
#   shortest such wait: it gives the turn away and goes to the back of the ready queue. No clock is involved.
# lesson.zh: 同一时刻只有一个任务在运行，而且会一直运行到等待某个还没就绪的东西为止。sleep(0) 是最短的等待：让出这一
#   次机会，排到就绪队列的末尾，与时钟无关。
# topics: event loop, create_task, await
# level: beginner
# course: 1.3
#
# parameter: ROUNDS 1..5: turns of each child
# parameter.zh: 每个孩子玩几轮
#
# look: Three tasks, none has run
# look.zh: 三个任务，都还没运行
# when: prints `main only watches`
# note: create_task() puts a task into the ready queue and returns at once. The children start when main waits.
# note.zh: create_task() 只是把任务放进就绪队列，立刻返回。要等 main 开始等待，孩子们才会运行。
#
# look: Back of the queue
# look.zh: 排到队尾
# when: prints `ann plays 1`
# note: ann gave way. She stands behind ben and cho now, ready but not running.
# note.zh: ann 让出了机会，现在排在 ben 和 cho 后面：已就绪，但没有运行。
#
# question: cho has just played its third turn. Who runs next?
# question.zh: cho 刚玩完第三轮。接下来谁运行？
# next: prints `ann goes home`
# answer: ann: the queue goes round. Her loop is over, so this is her last step.
# answer.zh: ann：队列又轮到了她。她的循环已经结束，所以这是她的最后一步。

import asyncio

ROUNDS = 3

async def child(name):
    for turn in range(ROUNDS):
        print(name, "plays", turn + 1)
        await asyncio.sleep(0)  # who is next?
    print(name, "goes home")

async def main():
    for name in ("ann", "ben", "cho"):
        asyncio.create_task(child(name), name=name)
    print("main only watches")
    await asyncio.sleep(1)

asyncio.run(main())
