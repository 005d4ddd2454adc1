# title: Producers and consumers
# title.zh: 生产者与消费者
# asks: What stops a producer that is too fast?
# asks.zh: 生产者太快时，是什么让它慢下来？
# lesson: A queue with a limit makes the fast side wait for the slow one. put() waits while the queue is full and get()
#   while it is empty, so nobody counts, polls or sleeps for luck. This is called backpressure.
# lesson.zh: 有容量上限的队列会让快的一方等慢的一方：队列满时 put() 等待，队列空时 get() 等待。谁也不必计数、轮询，
#   也不必靠 sleep 碰运气。这叫“背压”（backpressure）。
# topics: queue, producer/consumer, lock
# level: intermediate
# course: 4.2
#
# parameter: SLOTS 1..6: places in the queue
# parameter.zh: 队列的容量
#
# look: One printer, two takers
# look.zh: 一台打印机，两个消费者
# when: prints `printed 2`
# note: Both takers hold an item, but the printer serves one at a time. Behind them the queue fills up, and behind the
#   queue a maker waits in put().
# note.zh: 两个消费者手里都有任务，但打印机一次只服务一个。于是队列在它们身后堆满，再往后，一个生产者停在 put() 上。
#
# look: Cancelled on purpose
# look.zh: 有意的取消
# when: runs `taker.cancel()`
# note: The takers loop for ever. join() has told main that every item is done, so main may stop them.
# note.zh: 消费者是死循环。join() 已经告诉 main 每一项都处理完了，所以 main 可以放心取消它们。
#
# question: main has just asked both takers to stop. Who runs next?
# question.zh: main 刚刚请求取消两个消费者。接下来谁运行？
# next: taker-1 ends
# answer: taker-1: it was cancelled first, so it stands first in the ready queue.
# answer.zh: taker-1：它最先被取消，所以排在就绪队列的最前面。

import asyncio

SLOTS = 2

async def producer(queue, items):
    for item in items:
        await asyncio.sleep(0.1)  # make one
        await queue.put(item)     # may be full
        print("made", item)

async def consumer(queue, printer):
    while True:
        item = await queue.get()  # may be empty
        async with printer:       # one at a time
            await asyncio.sleep(0.3)
            print("printed", item)
        queue.task_done()

def start(coroutine, name):
    return asyncio.create_task(coroutine, name=name)

async def main():
    queue = asyncio.Queue(maxsize=SLOTS)
    printer = asyncio.Lock()
    makers = [
        start(producer(queue, [1, 3, 5]), "maker-1"),
        start(producer(queue, [2, 4, 6]), "maker-2"),
    ]
    takers = [
        start(consumer(queue, printer), "taker-1"),
        start(consumer(queue, printer), "taker-2"),
    ]
    await asyncio.gather(*makers)
    await queue.join()
    for taker in takers:
        taker.cancel()
    print("nothing left to print")

asyncio.run(main())
