import asyncio


async def work(name):
    print("never runs", name)


class Service:
    async def start(self):
        pass


def inside():
    work("in a function")
    print("function goes on")


async def main():
    work("statement")
    coroutine = work("overwritten")
    coroutine = 5
    Service().start()
    inside()
    asyncio.sleep(1)
    pending = [work("in a list"), work("in a list too")]
    print("before clearing")
    pending.clear()
    print("after clearing", coroutine)
    forgotten = work("local at the end")
    if forgotten:
        print("a coroutine is true")


asyncio.run(main())
at_the_end = work("global")
print("end")
