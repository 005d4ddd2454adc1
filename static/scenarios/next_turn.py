# title: This turn and the next
# title.zh: 这一轮和下一轮
# asks: Can a callback that calls itself starve the loop?
# asks.zh: 不断调用自己的回调会饿死循环吗？
# lesson: A turn runs exactly the calls that were ready when it began. What they schedule with call_soon() waits for
#   the next turn, even if nothing stands before it. So a callback that schedules itself for ever still lets all
#   others run.
# lesson.zh: 每一轮只运行这一轮开始时已经就绪的调用。它们用 call_soon() 新安排的调用，哪怕前面没有别人，也要等到下一
#   轮。所以一个不断安排自己的回调，仍然会让其他调用得到运行。
# topics: event loop, call_soon, callbacks
# level: intermediate
# course: 2.2
#
# parameter: DEPTH 1..6: how often it calls itself
# parameter.zh: 它调用自己几次
#
# look: Behind the others
# look.zh: 排在别人后面
# when: prints `again 3`
# note: again() has scheduled itself anew. It stands behind everything that was there before, on the other side of
#   the turn's end.
# note.zh: again() 又安排了自己一次。它排在所有先到者的后面，而且属于下一轮。
#
# look: One turn later
# look.zh: 一轮以后
# when: prints `main, one turn later`
# note: main gave way with sleep(0) and is back after exactly one turn. So is again().
# note.zh: main 用 sleep(0) 让出，正好一轮之后回来；again() 也一样。
#
# question: The second call of again() has just asked for a third. Who runs before it?
# question.zh: again() 第二次运行，又请求了第三次。在那之前谁先运行？
# next: prints `main, two turns later`
# answer: main: it was in the queue when this turn began, the new call was not.
# answer.zh: main：这一轮开始时它已经在队列里，而新的调用不在。

import asyncio

DEPTH = 3

def again(loop, depth):
    print("again", depth)
    if depth:
        loop.call_soon(again, loop, depth - 1)

def other(text):
    print("other", text)

async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(again, loop, DEPTH)
    loop.call_soon(other, "one")
    loop.call_soon(other, "two")
    await asyncio.sleep(0)
    print("main, one turn later")
    await asyncio.sleep(0)
    print("main, two turns later")
    await asyncio.sleep(0.1)

asyncio.run(main())
