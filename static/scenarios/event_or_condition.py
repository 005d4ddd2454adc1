# title: Event stays, notify is lost
# title.zh: Event 会保留，通知会丢失
# asks: Who hears a bell that rang before?
# asks.zh: 铃已经响过，谁还能听到？
# lesson: A Condition is no Event with a counter. set() is remembered: who waits later finds it set. notify_all()
#   wakes those who wait now and is forgotten. That is why a condition always comes with a state to look at, and a
#   while around wait().
# lesson.zh: Condition 不是“带计数器的 Event”。set() 会被记住，后来的人看到的是已置位；notify_all() 只唤醒此刻在等
#   的人，随即被忘掉。所以 Condition 总要配合一个可检查的状态，并在 while 里调用 wait()。
# topics: event, condition, timeout
# level: advanced
# course: 5.5
#
# parameter: LATE 0.0..0.6 by 0.1: seconds until they listen
# parameter.zh: 几秒后才开始听
#
# look: Both ring
# look.zh: 两个都响了
# when: prints `both have rung`
# note: Nobody was waiting: both listeners sleep. The event is set now; of the notification nothing is left.
# note.zh: 没有人在等：两个听众都在休眠。事件保持置位，通知则什么也没留下。
#
# look: Too late for the gong
# look.zh: 错过了锣声
# when: condition waits at `await gong.wait()`
# note: Only the timeout can end this wait. Without it the program would stand still for ever.
# note.zh: 只有超时能结束这次等待。没有它，程序将永远停住。
#
# question: The second is over and condition was asked to stop. How does it end?
# question.zh: 一秒到了，condition 被请求停止。它怎么结束？
# next: prints `condition: heard nothing`
# answer: timeout() turns the cancellation into TimeoutError, the task catches it and returns.
# answer.zh: timeout() 把取消变成 TimeoutError，任务捕获后正常返回。

import asyncio

LATE = 0.3

async def at_event(bell):
    await asyncio.sleep(LATE)
    await bell.wait()
    print("event: heard")

async def at_condition(gong):
    await asyncio.sleep(LATE)
    async with gong:
        try:
            async with asyncio.timeout(1):
                await gong.wait()
            print("condition: heard")
        except TimeoutError:
            print("condition: heard nothing")

async def main():
    bell, gong = asyncio.Event(), asyncio.Condition()
    one = asyncio.create_task(at_event(bell), name="event")
    two = asyncio.create_task(at_condition(gong), name="condition")
    await asyncio.sleep(0.2)
    bell.set()
    async with gong:
        gong.notify_all()
    print("both have rung")
    await asyncio.wait([one, two])

asyncio.run(main())
