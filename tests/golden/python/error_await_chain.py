async def leaf(n):
    return 10 / n


async def middle(n):
    return await leaf(n) + 1


async def root():
    return await middle(0)


coroutine = root()
coroutine.send(None)
