# title: One after another
# title.zh: 一个接一个
# asks: Three pages, 0.5 s, 0.8 s and 0.6 s: how long for all?
# asks.zh: 三个页面分别要 0.5、0.8 和 0.6 秒：总共多久？
# lesson: await on a coroutine runs it here and now, to its end. The next line comes after it, so the waits add up:
#   while main sleeps for one page, nobody asks for the next.
# lesson.zh: await 一个协程，就在这里把它运行到底。下一行要等它结束，所以等待时间相加：main 为一个页面休眠时，没有人去请求
#   下一个。
# topics: await
# level: beginner
# course: 3.6
# compare: all_together
#
# parameter: SLOW 0.1..2.0 by 0.1: seconds that the slowest page takes
# parameter.zh: 最慢的页面需要几秒
#
# look: One task waits
# look.zh: 一个任务在等
# when: prints `ask for news`
# note: There is one lane only: main runs every fetch() itself.
# note.zh: 只有一条泳道：每个 fetch() 都由 main 自己运行。
#
# question: news has come. Is mail on its way already?
# question.zh: news 到了。mail 已经在路上了吗？
# next: prints `ask for mail`
# answer: No: it is asked for only now.
# answer.zh: 没有：现在才去请求。

import asyncio

SLOW = 0.8

async def fetch(page, seconds):
    print("ask for", page)
    await asyncio.sleep(seconds)
    print("got", page)

async def main():
    await fetch("home", 0.5)
    await fetch("news", SLOW)
    await fetch("mail", 0.6)
    print("all pages are here")

asyncio.run(main())
