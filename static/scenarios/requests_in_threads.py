# title: requests in threads
# title.zh: 在线程里用 requests
# asks: Can a blocking library be used at all?
# asks.zh: 阻塞的库就不能用了吗？
# lesson: requests knows nothing of asyncio: called in a coroutine it holds up the loop for every answer. Called
#   through to_thread() each call blocks a thread of its own, and the waits overlap. An asynchronous library does
#   the same with one thread.
# lesson.zh: requests 不认识 asyncio：直接在协程里调用，每个请求都会卡住循环。用 to_thread() 调用时，每次只阻塞一个
#   工作线程，等待就能重叠。异步库则只用一个线程就能做到。
# topics: requests, blocking call, threads, executor
# level: intermediate
# course: 8.10
#
# parameter: TIMEOUT 0.5..5.0 by 0.5: seconds that requests waits
# parameter.zh: requests 的超时秒数
#
# look: The sum of three
# look.zh: 三个相加
# when: prints `blocking: 0.44 s`
# note: All three calls ran in one step, and nobody else could run for 0.44 s.
# note.zh: 三次调用都在同一步里，这 0.44 秒谁也无法运行。
#
# look: Three threads
# look.zh: 三个线程
# when: Task-4 starts
# note: The loop is free and three threads wait for the network.
# note.zh: 循环是空闲的，三个线程各自在等网络。
#
# question: All have answered. How long did it take this time?
# question.zh: 都有回应了。这次用了多久？
# next: prints `in_threads: 0.18 s`
# answer: As long as the slowest: 0.18 s.
# answer.zh: 和最慢的一样：0.18 秒。

import asyncio
import requests

TIMEOUT = 2.0
HOSTS = ("example.com", "www.python.org", "docs.python.org")

def status(host):
    answer = requests.get(f"http://{host}/", timeout=TIMEOUT)
    return f"{host}: {answer.status_code}"

async def blocking():
    return [status(host) for host in HOSTS]

async def in_threads():
    calls = (asyncio.to_thread(status, host) for host in HOSTS)
    return await asyncio.gather(*calls)

async def main():
    clock = asyncio.get_running_loop().time
    for way in (blocking, in_threads):
        start = clock()
        print(await way())
        print(f"{way.__name__}: {clock() - start:.2f} s")

asyncio.run(main())
