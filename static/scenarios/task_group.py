# title: A task group fails
# title.zh: 任务组失败
# asks: Who is cancelled when one fails?
# asks.zh: 一个失败，谁会被取消？
# lesson: A TaskGroup waits for all of its tasks. If one fails, the others are cancelled, and so is the body of the
#   async with; when all have ended, the errors come out together as an ExceptionGroup. Nobody is left behind.
# lesson.zh: TaskGroup 会等待它的所有任务。一个失败，其余的都被取消，async with 的主体也被取消；等全部结束，所有异常
#   合在一起以 ExceptionGroup 抛出。不会留下没人管的任务。
# topics: task group, cancel, error handling
# level: intermediate
# course: 6.4
#
# parameter: FAILS_AT 0.1..0.8 by 0.1: seconds until the leak
# parameter.zh: 几秒后漏水
#
# look: A failure
# look.zh: 出事了
# when: leak ends
# note: leak is dead with a ValueError. Nobody knows yet: its end calls back the group in the next step.
# note.zh: leak 因 ValueError 结束。还没有人知道：它的结束要在下一步回调任务组。
#
# look: ben gives up
# look.zh: ben 放弃
# when: prints `ben gives up`
# note: The group asked ben and main to stop. ann had arrived before, and keeps her result.
# note.zh: 任务组请求 ben 和 main 停止。ann 早已到达，结果不受影响。
#
# question: All tasks of the group are done. What comes out of the async with?
# question.zh: 组里的任务都结束了。async with 会抛出什么？
# next: prints `main hears of (ValueError('water in the boat'),)`
# answer: An ExceptionGroup with the one ValueError; ben's cancellation is no error. except* takes it apart.
# answer.zh: 一个只含那个 ValueError 的 ExceptionGroup；ben 的取消不算错误。用 except* 可以拆开处理。

import asyncio

FAILS_AT = 0.3

async def rower(name, seconds):
    try:
        await asyncio.sleep(seconds)
        print(name, "arrives")
    except asyncio.CancelledError:
        print(name, "gives up")
        raise

async def leak():
    await asyncio.sleep(FAILS_AT)
    raise ValueError("water in the boat")

async def main():
    try:
        async with asyncio.TaskGroup() as boat:
            boat.create_task(rower("ann", 0.2), name="ann")
            boat.create_task(rower("ben", 0.6), name="ben")
            boat.create_task(leak(), name="leak")
            await asyncio.sleep(0.5)
            print("main is still in the boat")
    except* ValueError as group:
        print("main hears of", group.exceptions)

asyncio.run(main())
