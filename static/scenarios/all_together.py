# title: All together
# title.zh: 同时进行
# asks: The same three pages with gather(): how long for all?
# asks.zh: 同样三个页面，用 gather()：总共多久？
# lesson: gather() makes a task of each coroutine. While one of them sleeps the others run, so their waits overlap and
#   the whole takes as long as the longest.
# lesson.zh: gather() 把每个协程都包装成任务。一个在休眠时，别的照常运行，所以等待彼此重叠，总时间等于最长的那个。
# topics: gather, await
# level: beginner
# course: 3.7
#
# parameter: SLOW 0.1..2.0 by 0.1: seconds that the slowest page takes
# parameter.zh: 最慢的页面需要几秒
#
# look: Three wait at once
# look.zh: 三个同时在等
# when: prints `ask for mail`
# note: All three have asked at the same instant, and each sleeps on a lane of its own.
# note.zh: 三个在同一时刻都发出了请求，各自在自己的泳道里休眠。
#
# question: home and mail are here. What is main waiting for?
# question.zh: home 和 mail 都到了。main 还在等什么？
# next: prints `got news`
# answer: For news, the slowest: gather() is complete when the last one is.
# answer.zh: 等最慢的 news：最后一个完成，gather() 才完成。

import asyncio

SLOW = 0.8

async def fetch(page, seconds):
    print("ask for", page)
    await asyncio.sleep(seconds)
    print("got", page)

async def main():
    await asyncio.gather(
        fetch("home", 0.5),
        fetch("news", SLOW),
        fetch("mail", 0.6),
    )
    print("all pages are here")

asyncio.run(main())
