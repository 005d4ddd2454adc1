# title: Deadlock
# title.zh: 死锁
# asks: Which circle is closed?
# asks.zh: 哪个环闭合了？
# lesson: Each of two tasks holds a lock and waits for the other's. Neither can go on to release what the other
#   needs, and there is no timer left: nothing can ever happen. Take locks in the same order everywhere and the
#   circle cannot close.
# lesson.zh: 两个任务各拿着一把锁，又等着对方手里的那把。谁也走不到释放锁的地方，也没有定时器了：什么都不会再发生。
#   在所有地方都按同样的顺序取锁，环就不会闭合。
# topics: lock, deadlock
# level: intermediate
# course: 9.2
# ends: deadlock
#
# parameter: PAUSE 0.0..1.0 by 0.1: seconds between the locks
# parameter.zh: 取两把锁之间的间隔
#
# look: One lock each
# look.zh: 各拿一把
# when: prints `ben has the first lock`
# note: So far nothing is wrong: both hold one lock and sleep.
# note.zh: 到这里还没有问题：两个任务各持一把锁，正在休眠。
#
# look: Half of the circle
# look.zh: 半个环
# when: ann waits at `async with target:`
# note: ann waits for the lock of ben. That may happen every day; ben could still release it.
# note.zh: ann 在等 ben 的锁。这很常见，ben 仍有可能释放它。
#
# question: ben asks for his second lock, the one that ann holds. What is the next step?
# question.zh: ben 去要第二把锁，它正在 ann 手里。下一步是什么？
# next: the end
# answer: There is none: three tasks wait, no timer is left, nobody can wake anybody.
# answer.zh: 没有下一步：三个任务都在等，没有定时器，谁也唤醒不了谁。

import asyncio

PAUSE = 0.1

async def move(name, source, target):
    async with source:
        print(name, "has the first lock")
        await asyncio.sleep(PAUSE)
        async with target:
            print(name, "has both")

async def main():
    savings, wallet = asyncio.Lock(), asyncio.Lock()
    async with asyncio.TaskGroup() as group:
        ann = move("ann", savings, wallet)
        ben = move("ben", wallet, savings)
        group.create_task(ann, name="ann")
        group.create_task(ben, name="ben")
    print("never reached")

asyncio.run(main())
