# title: call_later counts from now
# title.zh: call_later 从现在算起
# asks: Why does the third bell ring a minute late?
# asks.zh: 第三个铃为什么晚了一分钟？
# lesson: call_later(delay) takes seconds from now, call_at(when) a time on the loop's own clock. Passing
#   loop.time() + 2 to call_later works while the loop is new, because its clock may be near zero, and is wrong ever
#   after.
# lesson.zh: call_later(delay) 的参数是“从现在起多少秒”，call_at(when) 的参数是循环时钟上的时刻。把 loop.time() +
#   2 传给 call_later，只有在循环时钟接近零时碰巧正确，之后就都错了。
# topics: call_later, call_at, event loop
# level: beginner
# course: 2.3
#
# parameter: UPTIME 0..120: how long the loop has run before
# parameter.zh: 循环此前已运行的秒数
#
# look: Three timers
# look.zh: 三个定时器
# when: Task-1 waits at `await asyncio.sleep(2 * UPTIME)`
# note: Look at the deadlines: two of them are the same instant, the third is far away.
# note.zh: 看看到期时间：两个在同一时刻，第三个却很远。
#
# look: Two at one instant
# look.zh: 同一时刻的两个
# when: prints `62 s: call_at(now + 2)`
# note: Timers of one instant go in the order in which they were set.
# note.zh: 同一时刻到期的定时器，按设置的先后执行。
#
# question: One bell is left. When does it ring?
# question.zh: 还剩一个铃。它什么时候响？
# next: prints `122 s: call_later(now + 2)`
# answer: At 122 s: 60 s of uptime were counted twice.
# answer.zh: 122 秒：已运行的 60 秒被算了两遍。

import asyncio

UPTIME = 60

def ring(name):
    now = asyncio.get_running_loop().time()
    print(f"{now:.0f} s: {name}")

async def main():
    loop = asyncio.get_running_loop()
    await asyncio.sleep(UPTIME)  # the loop is not new
    now = loop.time()
    loop.call_at(now + 2, ring, "call_at(now + 2)")
    loop.call_later(2, ring, "call_later(2)")
    loop.call_later(now + 2, ring, "call_later(now + 2)")
    await asyncio.sleep(2 * UPTIME)

asyncio.run(main())
