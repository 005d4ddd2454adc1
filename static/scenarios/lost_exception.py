# title: A lost exception
# title.zh: 丢失的异常
# asks: When does a failure in the background become known?
# asks.zh: 后台任务失败，什么时候才知道？
# lesson: An exception of a task is kept until somebody awaits the task or asks for its result. If nobody does, it
#   is reported when the task object dies, which may be late or never. Keep your tasks, and wait for them; a
#   TaskGroup does both.
# lesson.zh: 任务的异常会一直保存着，等人 await 它或取它的结果。如果没有人来取，要到任务对象销毁时才报告，可能很晚，
#   也可能永远不报。保留好任务并等待它们；TaskGroup 两样都替你做到。
# topics: error handling, create_task
# level: intermediate
# course: 9.4
# ends: complaint
#
# parameter: FAILS_AT 0.1..0.4 by 0.1: seconds until it fails
# parameter.zh: 几秒后失败
#
# look: It fails in silence
# look.zh: 悄悄失败
# when: background ends
# note: The task is done, with a ValueError. Nothing is printed: somebody might still ask.
# note.zh: 任务带着 ValueError 结束。什么也没打印：说不定还有人来取。
#
# look: The last reference
# look.zh: 最后一个引用
# when: runs `del task`
# note: main let go of the task, so nobody can ever ask for its exception. Only now Python complains.
# note.zh: main 放弃了任务，再也没有人能取它的异常。直到这时 Python 才抱怨。
#
# question: The error was reported on stderr. Does main fail with it?
# question.zh: 错误已报告到 stderr。main 会因此失败吗？
# next: prints `main ends well`
# answer: No: a report is no exception. The program ends with code 0.
# answer.zh: 不会：报告不是异常。程序以退出码 0 结束。

import asyncio

FAILS_AT = 0.2

async def background():
    await asyncio.sleep(FAILS_AT)
    raise ValueError("nobody listens")

async def main():
    task = asyncio.create_task(background(), name="background")
    await asyncio.sleep(0.5)
    print("main thinks all is well")
    print("done:", task.done())
    del task  # the last who could have asked
    await asyncio.sleep(0.1)
    print("main ends well")

asyncio.run(main())
