# title: Created is not started
# title.zh: 创建不等于开始
# asks: When does a new task run its first line?
# asks.zh: 新任务什么时候执行第一行？
# lesson: Calling an async function makes a coroutine and runs nothing. create_task() wraps it in a task and puts
#   that into the ready queue, and still nothing has run. The first step comes when the creator waits for something.
# lesson.zh: 调用 async 函数只得到一个协程，什么也不运行。create_task() 把它包装成任务放进就绪队列，仍然什么也没运
#   行。要等创建者自己去等待时，任务才走第一步。
# topics: create_task, await
# level: beginner
# course: 3.1
#
# parameter: PAUSE 0.0..0.6 by 0.1: seconds until main looks
# parameter.zh: main 过几秒再看
#
# look: Nothing has begun
# look.zh: 什么都还没开始
# when: prints `a task has not begun either`
# note: main is still in its first step. The task is in the ready queue, behind nobody.
# note.zh: main 还在它的第一步里。任务已在就绪队列，前面没有别人。
#
# look: Both wait for the clock
# look.zh: 都在等时钟
# when: Task-1 waits at `await asyncio.sleep(PAUSE)`
# note: main waits, so work may run next. From here on the two overlap.
# note.zh: main 去等待，work 才能运行。从这里开始两者的等待重叠。
#
# question: work has just returned 42. What does main do next?
# question.zh: work 刚刚返回 42。main 接下来做什么？
# next: prints `result: 42`
# answer: It wakes with the result: await on a task waits for its end and gives its value.
# answer.zh: 它带着结果醒来：await 一个任务，就是等它结束并取得返回值。

import asyncio

PAUSE = 0.1

async def work():
    print("work begins")
    await asyncio.sleep(0.3)
    print("work ends")
    return 42

async def main():
    coroutine = work()
    print("a coroutine has not begun")
    task = asyncio.create_task(coroutine, name="work")
    print("a task has not begun either")
    await asyncio.sleep(PAUSE)
    print("done?", task.done())
    print("result:", await task)

asyncio.run(main())
