# title: BoundedSemaphore
# title.zh: 有上限的信号量
# asks: What does one release() too many do?
# asks.zh: 多一次 release() 会怎样？
# lesson: A semaphore counts and believes you: releasing once too often makes a permit out of nothing, and one more
#   task may enter for ever after. A BoundedSemaphore knows where it began and raises ValueError instead.
# lesson.zh: 普通信号量只管计数，你说什么它信什么：多释放一次，就凭空多出一张许可，以后总能多进一个任
#   务。BoundedSemaphore 记得初始值，多释放时抛出 ValueError。
# topics: semaphore, error handling
# level: advanced
# course: 5.3
# compare: semaphore
#
# parameter: PERMITS 1..2: permits at the beginning
# parameter.zh: 初始许可数
#
# look: One release too many
# look.zh: 多释放了一次
# when: ann ends
# note: ann released by hand, and the end of async with did it again. The room for one has two permits now, and
#   nothing is said.
# note.zh: ann 手动释放了一次，async with 结束时又释放了一次。只容一人的房间现在有两张许可，却没有任何提示。
#
# look: Two in a room for one
# look.zh: 一人间里两个人
# when: prints `cho is inside`
# note: ben is inside, and cho did not have to wait. A bug of this kind shows far away from its cause.
# note.zh: ben 在里面，cho 却不用等。这种错误往往在离原因很远的地方才暴露。
#
# question: The same party with a BoundedSemaphore: ann is about to release twice again. How does her task end?
# question.zh: 换成 BoundedSemaphore 再来一次：ann 又要释放两次。她的任务会怎样结束？
# next: ann ends (2)
# answer: With a ValueError at the second release: the mistake shows where it was made.
# answer.zh: 在第二次释放处抛出 ValueError：错误就在犯错的地方暴露。

import asyncio

PERMITS = 1

async def visit(name, seconds, room):
    await asyncio.sleep(seconds)
    async with room:
        print(name, "is inside")
        await asyncio.sleep(0.1)
        if name == "ann":
            room.release()  # and the end does it again

async def party(room):
    guests = [
        asyncio.create_task(visit(name, seconds, room), name=name)
        for name, seconds in (("ann", 0), ("ben", 0.2), ("cho", 0.2))
    ]
    await asyncio.wait(guests)
    for guest in guests:
        if guest.exception():
            print(guest.get_name(), "fails:", guest.exception())

async def main():
    print("Semaphore")
    await party(asyncio.Semaphore(PERMITS))
    print("BoundedSemaphore")
    await party(asyncio.BoundedSemaphore(PERMITS))

asyncio.run(main())
