# title: Event
# title.zh: 事件
# asks: Who comes through an open door?
# asks.zh: 门开了，谁能进来？
# lesson: An Event is a door. wait() stands before it until somebody calls set(), which wakes all who wait; whoever
#   comes later goes straight through, because the door stays open until clear().
# lesson.zh: Event 像一扇门。wait() 在门前等，直到有人调用 set()，所有等待者一起醒来；之后来的人直接通过，因为门会一
#   直开着，直到 clear()。
# topics: event
# level: beginner
# course: 5.4
#
# parameter: OPENS 0.0..0.6 by 0.1: seconds until the door opens
# parameter.zh: 几秒后开门
#
# look: Two at the door
# look.zh: 门前两个人
# when: prints `ben is at the door`
# note: ann and ben wait for the event. They have no numbers: all will leave at once.
# note.zh: ann 和 ben 在等事件。他们没有编号：到时一起通过。
#
# look: set() wakes all
# look.zh: set() 唤醒所有人
# when: prints `the door is open`
# note: Both moved to the ready queue in this step. Events know no limit.
# note.zh: 这一步里两个都进入了就绪队列。Event 不限人数。
#
# question: cho wakes long after. How long does she stand at the door?
# question.zh: cho 很久以后才醒。她要在门前等多久？
# next: prints `cho comes in`
# answer: Not at all: the event is set, so wait() returns at once.
# answer.zh: 完全不用等：事件已置位，wait() 立刻返回。

import asyncio

OPENS = 0.3

async def guest(name, seconds, door):
    await asyncio.sleep(seconds)
    print(name, "is at the door")
    await door.wait()
    print(name, "comes in")

async def host(door):
    await asyncio.sleep(OPENS)
    door.set()
    print("the door is open")

async def main():
    door = asyncio.Event()
    start = asyncio.create_task
    await asyncio.wait([
        start(guest("ann", 0.1, door), name="ann"),
        start(guest("ben", 0.2, door), name="ben"),
        start(guest("cho", 0.5, door), name="cho"),
        start(host(door), name="host"),
    ])

asyncio.run(main())
