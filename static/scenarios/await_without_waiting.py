# title: An await that does not wait
# title.zh: 不等待的 await
# asks: Does every await let others run?
# asks.zh: 每个 await 都会让别人运行吗？
# lesson: await gives others a turn only if something below it really waits. Awaiting a coroutine that finds its
#   answer at once is a plain function call: the task goes straight on, however many awaits it passes.
# lesson.zh: 只有当最里层真的需要等待时，await 才会让出运行机会。如果协程立刻就有答案，await 它就和普通函数调用一
#   样：任务直接往下运行，经过多少个 await 都不停。
# topics: await, generators
# level: beginner
# course: 1.4
#
# parameter: CACHED 0..4: pages that are in the cache
# parameter.zh: 缓存里已有几页
#
# look: Two awaits, one step
# look.zh: 两个 await，一步走完
# when: prints `reader has page 1`
# note: Pages 0 and 1 were in the cache. The reader awaited twice and nobody else got a turn: it is still the same
#   step.
# note.zh: 第 0、1 页在缓存里。reader 执行了两次 await，别人却没有得到机会：仍在同一步之内。
#
# look: A real wait
# look.zh: 真正的等待
# when: prints `other gets a turn`
# note: Page 2 had to be fetched. Only sleep(0.2), deep inside, suspended the reader, and now the other task runs.
# note.zh: 第 2 页需要获取。直到里层的 sleep(0.2)，reader 才真正挂起，另一个任务终于可以运行。
#
# question: The reader has slept for page 2. In how many steps does it get page 2 and ask for page 3?
# question.zh: reader 为第 2 页休眠结束。拿到第 2 页、再去取第 3 页，要用几步？
# next: prints `reader has page 2`
# answer: In one: it runs from one real wait to the next.
# answer.zh: 一步：从一次真正的等待一直运行到下一次真正的等待。

import asyncio

CACHED = 2

pages = {n: f"page {n}" for n in range(CACHED)}

async def read(n):
    if n not in pages:
        await asyncio.sleep(0.2)  # really waits
        pages[n] = f"page {n}"
    return pages[n]

async def reader():
    for n in range(4):
        print("reader has", await read(n))

async def other():
    print("other gets a turn")
    await asyncio.sleep(0.1)
    print("other gets one more")

async def main():
    await asyncio.gather(reader(), other())

asyncio.run(main())
