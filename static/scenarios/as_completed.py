# title: as_completed: whoever is next
# title.zh: as_completed：谁先好先用谁
# asks: In which order do results arrive?
# asks.zh: 结果按什么顺序到达？
# lesson: as_completed() gives awaitables, one for each argument, and the n-th of them waits for the n-th result,
#   whichever task it comes from. Results are handled as they arrive; which task they belong to must be part of the
#   result.
# lesson.zh: as_completed() 依次给出与参数个数相同的可等待对象，第 n 个等待的是“第 n 个完成的结果”，不管来自哪个任
#   务。结果来一个处理一个；想知道它属于谁，要把信息放进返回值里。
# topics: as_completed, gather
# level: intermediate
# course: 3.5
# compare: wait_modes
#
# parameter: SLOW 0.1..1.0 by 0.1: seconds for the map
# parameter.zh: map 需要的秒数
#
# look: All three are on their way
# look.zh: 三个都在路上
# when: Task-4 waits at `await asyncio.sleep(seconds)`
# note: The coroutines became tasks in the order given, and all of them sleep. main waits for whichever is first.
# note.zh: 三个协程按给出的顺序变成任务，现在都在休眠。main 等的是最先完成的那个。
#
# look: text overtakes map
# look.zh: text 超过了 map
# when: prints `show text (1 of 3)`
# note: map was started first and text is shown first. gather() would have shown nothing before 0.6 s.
# note.zh: map 最先启动，却先显示了 text。换成 gather()，0.6 秒之前什么也显示不了。
#
# question: map, the slowest, has just woken main. What is shown, and as which?
# question.zh: 最慢的 map 刚刚唤醒 main。显示什么，是第几个？
# next: prints `show map (3 of 3)`
# answer: map, as the third of three: the order is that of the ends, not of the starts.
# answer.zh: map，三个里的第三个：顺序由结束决定，与启动顺序无关。

import asyncio

SLOW = 0.6

async def load(page, seconds):
    await asyncio.sleep(seconds)
    return page

async def main():
    pages = [load("map", SLOW), load("text", 0.1), load("photo", 0.3)]
    shown = 0
    for next_page in asyncio.as_completed(pages):
        page = await next_page  # whichever is next
        shown += 1
        print("show", page, f"({shown} of {len(pages)})")

asyncio.run(main())
