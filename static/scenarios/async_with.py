# title: async with
# title.zh: 异步上下文管理器
# asks: Who logs out when the payment fails?
# asks.zh: 付款失败时谁来登出？
# lesson: async with awaits __aenter__ at the beginning and __aexit__ at the end, however the block is left: the
#   exception is held until __aexit__ is through. Plain with cannot wait, which is why locks need async with.
# lesson.zh: async with 开始时 await __aenter__，结束时 await __aexit__，无论以什么方式离开：异常会先扣住，等
#   __aexit__ 完成再抛出。普通的 with 不能等待，所以锁必须用 async with。
# topics: context manager, error handling, await
# level: intermediate
# course: 7.3
#
# parameter: CLOSING 0.0..1.0 by 0.1: seconds to log out
# parameter.zh: 登出需要几秒
#
# look: Entering takes time
# look.zh: 进入也要时间
# when: prints `log in`
# note: The block has not begun: main waits inside __aenter__.
# note.zh: 块内代码还没开始：main 正在 __aenter__ 里等待。
#
# look: The exception has to wait
# look.zh: 异常也得等
# when: prints `log out, after not enough money`
# note: pay() has raised. __aexit__ sees the error and awaits, and the error stays in suspense.
# note.zh: pay() 已经抛出异常。__aexit__ 看到了它，正在等待，异常暂时悬着。
#
# question: The sleep of __aexit__ is over. What comes first, the end of the logout or the except of main?
# question.zh: __aexit__ 的休眠结束了。先完成登出，还是先执行 main 的 except？
# next: prints `logged out`
# answer: The logout; then the error goes on to main, in the same step.
# answer.zh: 先完成登出，然后在同一步里，异常继续传到 main。

import asyncio

CLOSING = 0.2

class Account:
    async def __aenter__(self):
        print("log in")
        await asyncio.sleep(0.1)
        return self

    async def __aexit__(self, kind, error, traceback):
        print("log out, after", error)
        await asyncio.sleep(CLOSING)
        print("logged out")

    async def pay(self, sum):
        await asyncio.sleep(0.1)
        if sum > 10:
            raise ValueError("not enough money")
        print("paid", sum)

async def main():
    try:
        async with Account() as account:
            await account.pay(5)
            await account.pay(50)
    except ValueError as error:
        print("main hears:", error)

asyncio.run(main())
