# title: A pool of three
# title.zh: 三个线程的线程池
# asks: In which order do five jobs end?
# asks.zh: 五个任务按什么顺序完成？
# lesson: An executor has a fixed number of threads and a queue. run_in_executor() gives it a job and returns a
#   future at once. Jobs start in the order given, as threads become free; they end in any order, and gather() puts
#   their results in order again.
# lesson.zh: 执行器有固定数量的线程和一个队列。run_in_executor() 提交任务并立刻返回一个 Future。任务按提交顺序开始，
#   哪个线程空了就接下一个；完成的先后则不一定，gather() 会把结果重新排好。
# topics: executor, threads, blocking call, gather
# level: intermediate
# course: 8.3
#
# parameter: WORKERS 1..5: threads of the pool
# parameter.zh: 线程数
#
# look: Three at work, two in line
# look.zh: 三个在做，两个排队
# when: prints `main has handed out 5 jobs`
# note: The first three jobs began while main was handing out. d and e wait inside the pool, not in the loop.
# note.zh: main 还在提交时，前三个任务就开始了。d 和 e 在线程池里排队，不在事件循环里。
#
# look: The short one first
# look.zh: 短的先完成
# when: prints `resized b`
# note: b is done, and its thread takes d at once. The loop hears of it by a call of its own.
# note.zh: b 完成了，它的线程马上接手 d。循环则通过一次单独的调用得知结果。
#
# question: a, the longest job, was the last. How long did all take?
# question.zh: 最长的 a 最后完成。总共用了多久？
# next: prints `5 photos in 0.4 s`
# answer: 0.4 s: as long as a alone. One thread would have taken 1.0 s.
# answer.zh: 0.4 秒：和 a 单独用的时间一样。只有一个线程的话要 1.0 秒。

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

WORKERS = 3

def resize(photo, seconds):
    time.sleep(seconds)
    print("resized", photo)
    return photo

async def main():
    loop = asyncio.get_running_loop()
    start = loop.time()
    work = {"a": 0.4, "b": 0.1, "c": 0.2, "d": 0.2, "e": 0.1}
    with ThreadPoolExecutor(WORKERS) as pool:
        jobs = [
            loop.run_in_executor(pool, resize, photo, seconds)
            for photo, seconds in work.items()
        ]
        print("main has handed out", len(jobs), "jobs")
        photos = await asyncio.gather(*jobs)
    print(f"{len(photos)} photos in {loop.time() - start:.1f} s")

asyncio.run(main())
