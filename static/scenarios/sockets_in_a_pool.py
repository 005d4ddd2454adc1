# title: Blocking sockets in a pool
# title.zh: 线程池里的阻塞套接字
# asks: Three hosts, two threads: who waits for whom?
# asks.zh: 三个主机，两个线程：谁在等谁？
# lesson: A plain socket blocks its thread in connect() and recv(). A pool of threads takes several such calls, as
#   many at a time as it has threads; the futures of run_in_executor() are awaited like any others, here with
#   as_completed().
# lesson.zh: 普通套接字会在 connect() 和 recv() 处阻塞所在的线程。线程池可以同时承担几个这样的调用，有几个线程就同时
#   几个；run_in_executor() 返回的 Future 和其他 Future 一样可以等待，这里用的是 as_completed()。
# topics: sockets, executor, threads, as_completed
# level: advanced
# course: 8.11
#
# parameter: WORKERS 1..3: threads of the pool
# parameter.zh: 线程数
#
# look: Two at work
# look.zh: 两个在工作
# when: Task-1 waits at `host, line = await job`
# note: Two threads wait for their hosts. The third job is in the pool's queue.
# note.zh: 两个线程在等各自的主机，第三个任务在线程池的队列里。
#
# look: The thread is used again
# look.zh: 线程再次使用
# when: prints `0.10 s: example.com says HTTP/1.1 200 OK`
# note: The first answer is shown as soon as it is there, and its thread has begun the third job.
# note.zh: 第一个回应一到就显示出来，那个线程已经开始第三个任务。
#
# question: Two answers have come. When does the third, of a host as quick as the first?
# question.zh: 已有两个回应。第三个主机和第一个一样快，它什么时候回应？
# next: prints `0.20 s: example.org says HTTP/1.1 200 OK`
# answer: At 0.20 s: it had to wait 0.10 s for a thread.
# answer.zh: 0.20 秒：它先等了 0.10 秒才轮到线程。

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor

WORKERS = 2

def status(host):
    connection = socket.create_connection((host, 80))
    request = f"HEAD / HTTP/1.0\r\nHost: {host}\r\n\r\n"
    connection.sendall(request.encode())
    answer = connection.recv(4096)  # blocks the thread
    connection.close()
    return host, answer.decode().splitlines()[0]

async def main():
    loop = asyncio.get_running_loop()
    start = loop.time()
    hosts = ("example.com", "www.python.org", "example.org")
    with ThreadPoolExecutor(WORKERS) as pool:
        jobs = [loop.run_in_executor(pool, status, host) for host in hosts]
        for job in asyncio.as_completed(jobs):
            host, line = await job
            print(f"{loop.time() - start:.2f} s: {host} says {line}")

asyncio.run(main())
