# title: Callbacks with partial
# title.zh: 用 partial 传参的回调
# asks: When does a done callback run?
# asks.zh: 完成回调什么时候运行？
# lesson: add_done_callback() has the loop call a function when the task is done: not inside the task but in a step
#   of its own. The callback gets the task and nothing else; functools.partial puts further arguments before it.
# lesson.zh: add_done_callback() 让循环在任务完成后调用一个函数：不是在任务里面，而是单独的一步。回调只会收到任务本
#   身；需要更多参数时，用 functools.partial 预先放好。
# topics: callbacks, create_task, wait
# level: intermediate
# course: 2.5
#
# parameter: DELAY 0.0..1.0 by 0.1: seconds of a measurement
# parameter.zh: 测量用几秒
#
# look: Done, but not yet noted
# look.zh: 完成了，还没记录
# when: lima ends
# note: All three tasks are done. Their callbacks stand in the ready queue, each as a call of the loop.
# note.zh: 三个任务都完成了，它们的回调正在就绪队列里排队，每个都是循环的一次调用。
#
# look: note() runs
# look.zh: note() 运行
# when: prints `noted rome`
# note: partial had table and city in its hand; the loop added the task at the end.
# note.zh: partial 手里已有 table 和 city，循环把 task 补在最后。
#
# question: main has added a callback to a task that is done long since. Is it called?
# question.zh: main 给一个早已完成的任务添加了回调。它会被调用吗？
# next: prints `noted again`
# answer: Yes: it goes into the ready queue at once, and runs when main gives way.
# answer.zh: 会：它立刻进入就绪队列，等 main 让出就运行。

import asyncio
from functools import partial

DELAY = 0.2

async def measure(city):
    await asyncio.sleep(DELAY)
    return len(city)

def note(table, city, task):
    table[city] = task.result()
    print("noted", city)

async def main():
    table = {}
    tasks = []
    for city in ("rome", "oslo", "lima"):
        task = asyncio.create_task(measure(city), name=city)
        task.add_done_callback(partial(note, table, city))
        tasks.append(task)
    await asyncio.wait(tasks)
    print(table)
    tasks[0].add_done_callback(partial(note, table, "again"))
    print("too late?")
    await asyncio.sleep(0)

asyncio.run(main())
