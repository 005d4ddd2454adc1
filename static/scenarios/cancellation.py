# title: Cancellation
# title.zh: 取消
# asks: When does a task hear cancel()?
# asks.zh: 任务什么时候才知道自己被取消？
# lesson: cancel() only asks. At its next step the task gets a CancelledError at the await where it waits. It may tidy up
#   in finally, wait a little more, or even catch the error and go on, which it should not.
# lesson.zh: cancel() 只是一个请求。任务下一次运行时，会在它等待的那个 await 处抛出 CancelledError。
#   任务可以在 finally 里收拾，可以再等一会儿，甚至可以捕获异常继续运行（但不应该这样做）。
# topics: cancel, lock, wait, error handling
# level: intermediate
# course: 6.1
#
# parameter: PATIENCE 0.1..1.5 by 0.1: seconds before main cancels
# parameter.zh: main 等几秒后取消
#
# look: Three requests
# look.zh: 三个请求
# when: Task-1 runs `task.cancel()`
# note: All three are asked to stop, and none has noticed: they are in the ready queue and will get the error when they
#   run.
# note.zh: 三个任务都收到了取消请求，但谁都还不知道：它们在就绪队列里，轮到运行时才会遇到异常。
#
# look: Tidying up takes time
# look.zh: 收尾也要时间
# when: prints `download: tidies up first`
# note: finally runs, and it may await. Until that is over the task is not cancelled, and it still holds the lock.
# note.zh: finally 里的代码开始运行，里面也可以 await。在它结束之前，任务还不算已取消，锁也仍在它手里。
#
# look: A task that does not obey
# look.zh: 不听话的任务
# when: prints `stubborn: not yet`
# note: The error was caught and not raised again, so this task goes on as if nothing had happened.
# note.zh: 异常被捕获后没有再抛出，于是任务若无其事地继续。
#
# question: What does main print about stubborn?
# question.zh: main 会怎么描述 stubborn？
# next: prints `stubborn finished anyway`
# answer: "finished anyway": cancelled() is true only for a task that let the CancelledError out.
# answer.zh: “finished anyway”：只有让 CancelledError 真正抛出去的任务，cancelled() 才为真。

import asyncio

PATIENCE = 0.5

async def download(lock):
    try:
        async with lock:
            await asyncio.sleep(5)
    finally:
        print("download: tidies up first")
        await asyncio.sleep(0.1)

async def backup(lock):
    async with lock:  # never gets that far
        print("backup: begins")

async def stubborn():
    try:
        await asyncio.sleep(1)
    except asyncio.CancelledError:
        print("stubborn: not yet")
    await asyncio.sleep(0.3)
    return "finished anyway"

async def main():
    disk = asyncio.Lock()
    start = asyncio.create_task
    tasks = [
        start(download(disk), name="download"),
        start(backup(disk), name="backup"),
        start(stubborn(), name="stubborn"),
    ]
    await asyncio.sleep(PATIENCE)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    for task in tasks:
        if task.cancelled():
            print(task.get_name(), "was cancelled")
        else:
            print(task.get_name(), task.result())

asyncio.run(main())
