# title: A queue without a limit
# title.zh: 没有上限的队列
# asks: Where do the photos pile up?
# asks.zh: 照片堆在哪里？
# lesson: Without a limit put() never waits, so a fast producer runs away from a slow consumer and the queue grows
#   for as long as the program runs. It looks well in a test and eats the memory in earnest. Give queues a limit.
# lesson.zh: 没有上限时 put() 从不等待，快的生产者把慢的消费者远远甩在后面，队列随着程序运行不断增长。测试时看不出问
#   题，真正上线后会耗尽内存。给队列设一个上限吧。
# topics: queue, producer/consumer
# level: intermediate
# course: 9.6
# compare: producer_consumer
#
# parameter: LIMIT 0..4: greatest length, 0 for none
# parameter.zh: 队列上限，0 表示没有
#
# look: Still even
# look.zh: 还跟得上
# when: prints `printed 1`
# note: The printer has done one, the camera took three.
# note.zh: 打印机完成 1 张，相机已拍 3 张。
#
# look: A pile
# look.zh: 堆起来了
# when: prints `took 6 - waiting: 4`
# note: Four photos wait and nobody told the camera to slow down. Set LIMIT to 1 and see it wait in put().
# note.zh: 四张在等，却没有人让相机慢下来。把 LIMIT 设为 1，就会看到它停在 put() 上。
#
# question: The camera was done long ago. When is the last photo printed?
# question.zh: 相机早就拍完了。最后一张什么时候打印出来？
# next: prints `printed 6`
# answer: At 1.80 s: the whole is as slow as its slowest part, with a queue of any length.
# answer.zh: 1.80 秒：不管队列多长，整体总是和最慢的环节一样慢。

import asyncio

LIMIT = 0

async def camera(photos):
    for n in range(1, 7):
        await photos.put(n)
        print("took", n, "- waiting:", photos.qsize())
        await asyncio.sleep(0.1)

async def printer(photos):
    for _ in range(6):
        photo = await photos.get()
        await asyncio.sleep(0.3)
        print("printed", photo)

async def main():
    photos = asyncio.Queue(maxsize=LIMIT)  # 0: no limit
    async with asyncio.TaskGroup() as group:
        group.create_task(camera(photos), name="camera")
        group.create_task(printer(photos), name="printer")

asyncio.run(main())
