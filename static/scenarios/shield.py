# title: shield
# title.zh: 护盾 shield
# asks: What does shield() protect, and what not?
# asks.zh: shield() 保护了什么，没保护什么？
# lesson: Cancelling a task that awaits another one passes the request on to it. shield() stands between: the
#   awaiting task is cancelled all the same, the inner task runs on. Somebody should still wait for it, or its
#   result is lost.
# lesson.zh: 取消一个正在 await 别的任务的任务，请求会继续传给里层任务。shield() 挡在中间：外层照样被取消，里层继续
#   运行。但还得有人等它，否则结果就丢了。
# topics: cancel, shield
# level: advanced
# course: 6.2
#
# parameter: SAVING 0.2..1.0 by 0.1: seconds of saving
# parameter.zh: 保存需要几秒
#
# look: Without a shield
# look.zh: 没有护盾
# when: Task-1 runs `shopping.cancel()`
# note: bare was asked to stop, and what it awaits was asked for it: save is the one that goes to the ready queue.
# note.zh: 被请求取消的是 bare，请求却传给了它正在 await 的任务：进入就绪队列的是 save。
#
# look: With a shield
# look.zh: 有护盾
# when: prints `shielded is cancelled`
# note: The same request, but save sleeps on. Only the waiting was cancelled.
# note.zh: 同样的请求，save 却继续休眠。被取消的只是“等待”。
#
# question: save has ended and main is awake. Was save cancelled?
# question.zh: save 已结束，main 醒了。save 被取消了吗？
# next: prints `save was cancelled: False`
# answer: No: it was shielded, and main waited for it with wait().
# answer.zh: 没有：它有护盾，而且 main 用 wait() 等到了它结束。

import asyncio

SAVING = 0.4

async def save():
    try:
        await asyncio.sleep(SAVING)
        print("saved")
        return "a file"
    except asyncio.CancelledError:
        print("lost")
        raise

async def shop(name, saving, shielded):
    try:
        await (asyncio.shield(saving) if shielded else saving)
    except asyncio.CancelledError:
        print(name, "is cancelled")
        raise

async def main():
    for shielded in (False, True):
        saving = asyncio.create_task(save(), name="save")
        name = "shielded" if shielded else "bare"
        shopping = asyncio.create_task(shop(name, saving, shielded), name=name)
        await asyncio.sleep(0.1)
        shopping.cancel()
        await asyncio.wait([saving, shopping])
        print("save was cancelled:", saving.cancelled())

asyncio.run(main())
