# title: wait: first, in time, all
# title.zh: wait：第一个、限时、全部
# asks: What becomes of those that are not done?
# asks.zh: 没完成的那些怎么办？
# lesson: asyncio.wait() returns two sets: done and still running. It can return at the first that ends, after a
#   timeout, or when all are done. It cancels nothing and raises nothing: whoever is not done runs on.
# lesson.zh: asyncio.wait() 返回两个集合：已完成的和仍在运行的。可以在第一个完成时返回，可以限时返回，也可以等全部完
#   成。它不取消任何任务，也不抛出任务的异常：没完成的继续运行。
# topics: wait, create_task
# level: intermediate
# course: 3.4
#
# parameter: TIMEOUT 0.05..0.5 by 0.05: seconds of the second wait
# parameter.zh: 第二次 wait 的限时秒数
#
# look: The first is home
# look.zh: 第一名到了
# when: prints `first: ['red'] running: ['blue', 'grey', 'pony']`
# note: wait() returned after one horse. The other three are tasks like before; nobody stopped them.
# note.zh: 一匹马到达，wait() 就返回。另外三个任务照常运行，没有人让它们停下。
#
# look: Time is up
# look.zh: 时间到
# when: prints `in time: ['blue', 'grey', 'red'] running: ['pony']`
# note: The timeout ended the wait, not the race: unlike wait_for(), wait() cancels nobody and raises no
#   TimeoutError.
# note.zh: 超时结束的是等待，不是比赛：和 wait_for() 不同，wait() 不取消任务，也不抛 TimeoutError。
#
# question: pony has just ended. Does main wake in this very step?
# question.zh: pony 刚刚结束。main 在这一步就醒来吗？
# next: runs `print("all:", names(done))`
# answer: One step later: the end of a task calls back wait(), and that wakes main.
# answer.zh: 晚一步：任务结束后先回调 wait()，再由它唤醒 main。

import asyncio

TIMEOUT = 0.25

async def horse(name, seconds):
    await asyncio.sleep(seconds)
    return name

def names(tasks):
    return sorted(task.get_name() for task in tasks)

async def main():
    race = {"red": 0.1, "blue": 0.2, "grey": 0.3, "pony": 0.4}
    tasks = [
        asyncio.create_task(horse(name, seconds), name=name)
        for name, seconds in race.items()
    ]
    done, running = await asyncio.wait(
        tasks, return_when=asyncio.FIRST_COMPLETED
    )
    print("first:", names(done), "running:", names(running))
    done, running = await asyncio.wait(tasks, timeout=TIMEOUT)
    print("in time:", names(done), "running:", names(running))
    done, running = await asyncio.wait(tasks)
    print("all:", names(done))

asyncio.run(main())
