# title: Ctrl+C
# title.zh: 按下 Ctrl+C
# asks: Who hears it first?
# asks.zh: 谁最先知道？
# lesson: asyncio.run() turns Ctrl+C into a cancellation of the main task, which passes it on to whatever it awaits.
#   So finally blocks run, innermost first; when main has ended, run() raises KeyboardInterrupt.
# lesson.zh: asyncio.run() 把 Ctrl+C 变成对主任务的取消，主任务再传给它正在 await 的对象。于是 finally 从最里层开始
#   依次运行；main 结束后，run() 抛出 KeyboardInterrupt。
# topics: interrupt, cancel
# level: intermediate
# course: 6.5
#
# parameter: PRESSED 0.1..0.9 by 0.1: seconds until it is pressed
# parameter.zh: 几秒后按下
#
# look: Before
# look.zh: 按下之前
# when: worker waits at `await asyncio.sleep(1)`
# note: main waits for worker, worker for the clock. The timer at 0.5 s stands for the finger on the key.
# note.zh: main 等 worker，worker 等时钟。0.5 秒处的定时器代表按键的手指。
#
# look: The innermost tidies up
# look.zh: 最里层先收拾
# when: prints `worker tidies up`
# note: The main task was asked to stop, and it awaited worker, so worker gets the error first.
# note.zh: 被请求取消的是主任务，但它正在 await worker，所以 worker 先收到异常。
#
# question: worker is cancelled. Who runs next?
# question.zh: worker 已取消。接下来运行的是谁的代码？
# next: prints `main says goodbye`
# answer: The finally of main: the CancelledError comes out of its await task.
# answer.zh: main 的 finally：CancelledError 从它的 await task 处冒了出来。

import asyncio
import signal

PRESSED = 0.5

async def worker():
    try:
        await asyncio.sleep(1)
        print("worker is done")
    except asyncio.CancelledError:
        print("worker tidies up")
        raise

async def main():
    loop = asyncio.get_running_loop()
    # somebody presses Ctrl+C
    loop.call_later(PRESSED, signal.raise_signal, signal.SIGINT)
    task = asyncio.create_task(worker(), name="worker")
    try:
        await task
        print("main has the result")
    finally:
        print("main says goodbye")

try:
    asyncio.run(main())
except KeyboardInterrupt:
    print("interrupted")
