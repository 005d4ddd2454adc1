# title: Threads or tasks?
# title.zh: 线程还是任务？
# asks: Five slow calls: which way takes how long?
# asks.zh: 五个慢调用，哪种方式要多久？
# lesson: Serial calls add up. Threads wait at the same time, and so do tasks; a task costs far less than a thread
#   and can only be interrupted at an await. Take tasks where a library is made for asyncio, threads for blocking
#   libraries, processes for computing.
# lesson.zh: 串行调用时间相加。线程可以同时等待，任务也可以；任务比线程便宜得多，而且只会在 await 处切换。有异步库就
#   用任务，只有阻塞库就用线程，纯计算则用多进程。
# topics: threads, decision, blocking call, gather
# level: intermediate
# course: 8.4
#
# parameter: COUNT 1..100: number of calls
# parameter.zh: 调用次数
#
# look: Before the loop
# look.zh: 循环开始之前
# when: prints `5 calls took 0.2 s`
# note: One after another took 1.0 s; five threads took 0.2 s, each on a lane of its own. The loop has not begun
#   yet.
# note.zh: 一个接一个用了 1.0 秒；五个线程只用 0.2 秒，每个有自己的泳道。此时事件循环还没开始。
#
# look: Five tasks, one thread
# look.zh: 五个任务，一个线程
# when: Task-6 starts
# note: Now five tasks wait in a single thread, all until the same instant.
# note.zh: 现在五个任务在同一个线程里等待，到期时刻都一样。
#
# question: gather() is complete. How long did the tasks take?
# question.zh: gather() 完成了。任务方式用了多久？
# next: Task-1 ends
# answer: 0.2 s, like the threads: waiting is what overlaps.
# answer.zh: 0.2 秒，和线程一样：重叠的是等待。

import asyncio
import threading
import time

COUNT = 5

def blocking_call():
    time.sleep(0.2)

async def waiting_call():
    await asyncio.sleep(0.2)

def serial():
    for _ in range(COUNT):
        blocking_call()

def threads():
    crowd = [threading.Thread(target=blocking_call) for _ in range(COUNT)]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()

async def tasks():
    await asyncio.gather(*(waiting_call() for _ in range(COUNT)))

for way in (serial, threads, lambda: asyncio.run(tasks())):
    start = time.monotonic()
    way()
    print(f"{COUNT} calls took {time.monotonic() - start:.1f} s")
