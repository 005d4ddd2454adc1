# title: The cure: a thread
# title.zh: 解药：交给线程
# asks: How can one wait for a blocking call?
# asks.zh: 怎样等待一个阻塞调用？
# lesson: asyncio.to_thread() hands a blocking function to a worker thread and gives the task something to await.
#   The loop stays free; when the function returns, its result comes back to the loop as a call. So any synchronous
#   library can be used.
# lesson.zh: asyncio.to_thread() 把阻塞函数交给工作线程，并返回一个可以 await 的对象。循环保持畅通；函数返回后，结果
#   以一次调用的形式送回循环。这样，任何同步库都能用。
# topics: blocking call, executor, threads
# level: intermediate
# course: 8.2
# compare: blocking_call
#
# parameter: BLOCK 0.1..2.0 by 0.1: seconds of blocking
# parameter.zh: 阻塞几秒
#
# look: Handed over
# look.zh: 交出去
# when: prints `report begins`
# note: The same report as before, but now it waits for a thread. Its lane is below the others.
# note.zh: 和前面同样的报告，但现在它在等一个线程。线程的泳道在下方。
#
# look: The heart beats on
# look.zh: 心跳照常
# when: prints `beat 4`
# note: Every beat is in time, although the report is blocked all the while.
# note.zh: 报告一直阻塞着，但每次心跳都准时。
#
# question: The thread is done and the loop has taken its result. Who goes on?
# question.zh: 线程做完了，循环已取到结果。谁接着运行？
# next: prints `report ends with 12 pages`
# answer: The report: its await gives 12, what the function returned.
# answer.zh: 报告任务：它的 await 得到 12，也就是函数的返回值。

import asyncio
import time

BLOCK = 0.5

async def heartbeat():
    for beat in range(5):
        print("beat", beat)
        await asyncio.sleep(0.1)

def write_report():
    time.sleep(BLOCK)  # blocks its own thread only
    return 12

async def report():
    await asyncio.sleep(0.15)
    print("report begins")
    pages = await asyncio.to_thread(write_report)
    print("report ends with", pages, "pages")

async def main():
    await asyncio.gather(heartbeat(), report())

asyncio.run(main())
