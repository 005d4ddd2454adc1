# title: gather when one fails
# title.zh: gather 中有一个失败
# asks: What becomes of the others?
# asks.zh: 其他的会怎样？
# lesson: gather() raises the first error at once, but cancels nobody: the other tasks run on, and their results are
#   lost. With return_exceptions=True it waits for all and puts errors into the list of results, where you must look
#   for them.
# lesson.zh: gather() 一遇到错误就立刻抛出，但不取消任何任务：其余的继续运行，结果却没人要了。加上
#   return_exceptions=True，它会等全部结束，把异常放进结果列表，这时要自己检查。
# topics: gather, error handling
# level: intermediate
# course: 7.1
# compare: task_group
#
# parameter: BROKEN 0.2..0.6 by 0.1: seconds until the cellar fails
# parameter.zh: 地窖传感器几秒后出错
#
# look: One fails
# look.zh: 一个出错
# when: Task-3 ends
# note: Task-3 is dead with an OSError. gather() will tell main in the next step.
# note.zh: Task-3 因 OSError 结束。下一步 gather() 就会告诉 main。
#
# look: The attic lives on
# look.zh: 阁楼还在
# when: prints `attic was read`
# note: This is Task-4 of the first gather, long after main gave it up. Nobody reads its result.
# note.zh: 这是第一次 gather 的 Task-4。main 早已放弃了它，没有人读取它的结果。
#
# question: The second gather is complete. Does main get a list or an exception?
# question.zh: 第二次 gather 完成了。main 得到的是列表还是异常？
# next: prints `- cellar is broken`
# answer: A list, in the order of the arguments, with the error as its second item.
# answer.zh: 列表，按参数的顺序排列，第二个元素就是那个异常。

import asyncio

BROKEN = 0.2

async def sensor(name, seconds):
    await asyncio.sleep(seconds)
    if seconds == BROKEN:
        raise OSError(f"{name} is broken")
    print(name, "was read")
    return 20 + seconds

def sensors():
    return sensor("roof", 0.1), sensor("cellar", BROKEN), sensor("attic", 0.4)

async def main():
    try:
        print(await asyncio.gather(*sensors()))
    except OSError as error:
        print("gather raises:", error)
    print("and the attic?")
    results = await asyncio.gather(*sensors(), return_exceptions=True)
    for result in results:
        print("-", result)

asyncio.run(main())
