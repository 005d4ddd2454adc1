# title: timeout and wait_for
# title.zh: timeout 与 wait_for
# asks: How does a time limit stop a task?
# asks.zh: 限时是怎样让任务停下的？
# lesson: A time limit is a timer that cancels. The CancelledError reaches the await where the task waits, so
#   clean-up runs as always; at the border of timeout() or wait_for() it becomes a TimeoutError. No new thread, no
#   polling.
# lesson.zh: 限时其实就是一个到期后发出取消的定时器。CancelledError 出现在任务正等待的 await 处，清理代码照常运行；
#   到了 timeout() 或 wait_for() 的边界，它变成 TimeoutError。没有新线程，也没有轮询。
# topics: timeout, cancel, error handling
# level: intermediate
# course: 6.3
#
# parameter: LIMIT 0.1..1.5 by 0.1: seconds for both answers
# parameter.zh: 两个回答的总限时
#
# look: Two timers
# look.zh: 两个定时器
# when: prints `easy!`
# note: The sleep would end at 1.1 s, the limit is at 0.5 s. Whichever comes first decides.
# note.zh: sleep 到 1.1 秒才结束，限时在 0.5 秒。谁先到谁说了算。
#
# look: Cut off, then translated
# look.zh: 先打断，再转换
# when: prints `time is up`
# note: Inside, CancelledError passed through answer(); outside of the block it is a TimeoutError. main itself is
#   not cancelled.
# note.zh: 在里面，CancelledError 穿过 answer()；出了这个块，它变成 TimeoutError。main 本身并没有被取消。
#
# question: The limit of wait_for() is up. What does the slow answer see?
# question.zh: wait_for() 的限时到了。慢的回答会看到什么？
# next: prints `slow is cut off`
# answer: The same: a CancelledError at its await. It may tidy up and must let it pass.
# answer.zh: 一样：在它的 await 处出现 CancelledError。可以收拾，但必须让它继续抛出。

import asyncio

LIMIT = 0.5

async def answer(question, seconds):
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        print(question, "is cut off")
        raise
    return question + "!"

async def main():
    try:
        async with asyncio.timeout(LIMIT):
            print(await answer("easy", 0.2))
            print(await answer("hard", 0.9))
    except TimeoutError:
        print("time is up")
    try:
        slow = answer("slow", 0.8)
        print(await asyncio.wait_for(slow, timeout=0.4))
    except TimeoutError:
        print("no answer")

asyncio.run(main())
