# title: A forgotten await
# title.zh: 忘写 await
# asks: Where is "saved two"?
# asks.zh: “saved two”去哪儿了？
# lesson: Calling an async function runs nothing: it makes a coroutine. Without await or create_task() that object
#   is thrown away, and Python says "never awaited" on stderr. There is no exception, so the program goes on as if
#   all was well.
# lesson.zh: 调用 async 函数并不会运行它，只得到一个协程对象。没有 await，也没有 create_task()，这个对象就被丢
#   弃，Python 只在 stderr 上警告“never awaited”。没有异常，程序若无其事地继续。
# topics: await, error handling
# level: beginner
# course: 9.1
# ends: complaint
#
# parameter: PAUSE 0.1..0.5 by 0.1: seconds to save
# parameter.zh: 保存需要几秒
#
# look: The first is saved
# look.zh: 第一个保存了
# when: prints `saved one`
# note: This one was awaited: main slept inside save() until it was done.
# note.zh: 这个有 await：main 一直停在 save() 里，直到完成。
#
# look: Supposedly
# look.zh: 以为存好了
# when: prints `two, supposedly`
# note: No time passed for "two": the warning above is all that is left of it.
# note.zh: “two”没有花任何时间：除了那条警告，什么也没留下。
#
# question: main awaits again. What is saved next?
# question.zh: main 又 await 了。接下来保存的是什么？
# next: prints `saved three`
# answer: "three". Nothing ever saves "two".
# answer.zh: “three”。“two”永远不会被保存。

import asyncio

PAUSE = 0.2

async def save(text):
    await asyncio.sleep(PAUSE)
    print("saved", text)

async def main():
    await save("one")
    save("two")  # makes a coroutine, runs nothing
    print("two, supposedly")
    await asyncio.sleep(1)
    await save("three")

asyncio.run(main())
