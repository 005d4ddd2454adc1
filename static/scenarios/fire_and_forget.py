# title: Fire and forget
# title.zh: 发射后不管
# asks: What happens to tasks when main returns?
# asks.zh: main 返回时其他任务会怎样？
# lesson: asyncio.run() runs until main returns, not until all tasks are done. What is still running then is
#   cancelled. And a task that nobody keeps may even be collected as garbage: keep tasks in a TaskGroup, which waits
#   for them.
# lesson.zh: asyncio.run() 运行到 main 返回为止，而不是等所有任务完成。那时仍在运行的任务会被取消。没有人保留引用的
#   任务甚至可能被垃圾回收：请用 TaskGroup 管理任务，它会等待它们。
# topics: create_task, cancel, event loop
# level: beginner
# course: 9.7
#
# parameter: PATIENCE 0.1..1.0 by 0.1: seconds that main waits
# parameter.zh: main 等几秒
#
# look: In time
# look.zh: 赶上了
# when: prints `card arrives`
# note: main still sleeps, so card could end.
# note.zh: main 还在休眠，所以 card 来得及完成。
#
# look: main goes
# look.zh: main 走了
# when: prints `main returns`
# note: parcel has 0.3 s to go, and nobody waits for it.
# note.zh: parcel 还需要 0.3 秒，却没有人等它。
#
# question: run() has stopped the loop and begins to clean up. What happens to parcel?
# question.zh: run() 停下循环开始清理。parcel 会怎样？
# next: prints `parcel is lost`
# answer: It is cancelled, gets the error at its sleep, and run() waits until it has ended.
# answer.zh: 它被取消，在 sleep 处收到异常；run() 会等它结束。

import asyncio

PATIENCE = 0.2

async def send(letter, seconds):
    try:
        await asyncio.sleep(seconds)
        print(letter, "arrives")
    except asyncio.CancelledError:
        print(letter, "is lost")
        raise

async def main():
    asyncio.create_task(send("card", 0.1), name="card")
    asyncio.create_task(send("parcel", 0.5), name="parcel")
    await asyncio.sleep(PATIENCE)
    print("main returns")

asyncio.run(main())
print("the loop is closed")
