# title: One after another, or together
# title.zh: 逐个等待，还是一起等待
# asks: Where do 0.6 seconds go?
# asks.zh: 省下的 0.6 秒去哪儿了？
# lesson: await on a coroutine runs it to its end before the next line. gather() makes a task of each, and their waits
#   overlap: the whole takes as long as the longest, not as long as the sum.
# lesson.zh: 直接 await 一个协程，要等它运行完才会执行下一行。gather() 把每个协程都包装成任务，它们的等待彼此重叠：
#   总耗时取决于最长的那个，而不是全部相加。
# topics: gather, await
# level: beginner
# course: 3.3
#
# parameter: SLOW 0.1..2.0 by 0.1: seconds that the slowest page takes
# parameter.zh: 最慢的页面需要几秒
#
# look: All three at once
# look.zh: 三个同时在等
# when: prints `ask for mail` (2)
# note: gather() started three tasks, and all three sleep now. In the first half only one of them ever did.
# note.zh: gather() 启动了三个任务，现在三个都在休眠。而前半段里，任何时刻都只有一个在等。
#
# look: First come, first done
# look.zh: 谁先到谁先完成
# when: prints `got mail` (2)
# note: mail was asked for last and is back before news. The results still come in the order of the arguments.
# note.zh: mail 最后发出请求，却比 news 先回来。不过 gather 的结果仍然按参数的顺序排列。
#
# question: The loop has just completed gather(). How much later does main go on?
# question.zh: 循环刚刚完成了 gather()。main 要过多久才继续？
# next: runs `return sum(sizes)` (2)
# answer: In the next step, at the same instant: the clock moves only when nothing is ready.
# answer.zh: 就在下一步，同一时刻：只要还有就绪的任务，时钟就不会走。

import asyncio

SLOW = 0.5

async def fetch(page, seconds):
    print("ask for", page)
    await asyncio.sleep(seconds)  # the network
    print("got", page)
    return len(page)

async def one_after_another():
    sizes = []
    sizes.append(await fetch("home", 0.2))
    sizes.append(await fetch("news", SLOW))
    sizes.append(await fetch("mail", 0.4))
    return sum(sizes)

async def together():
    sizes = await asyncio.gather(
        fetch("home", 0.2),
        fetch("news", SLOW),
        fetch("mail", 0.4),
    )
    return sum(sizes)

async def main():
    clock = asyncio.get_running_loop().time
    for work in (one_after_another, together):
        began = clock()
        await work()
        took = clock() - began
        print(f"{work.__name__}: {took:.1f} s")

asyncio.run(main())
