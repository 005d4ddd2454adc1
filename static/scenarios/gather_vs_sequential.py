# title: One after another, or together
# lesson: Where do 0.6 seconds go?
import asyncio

async def fetch(page, seconds):
    print("ask for", page)
    await asyncio.sleep(seconds)  # the network
    print("got", page)
    return len(page)

async def one_after_another():
    sizes = []
    sizes.append(await fetch("home", 0.2))
    sizes.append(await fetch("news", 0.5))
    sizes.append(await fetch("mail", 0.4))
    return sum(sizes)

async def together():
    sizes = await asyncio.gather(
        fetch("home", 0.2),
        fetch("news", 0.5),
        fetch("mail", 0.4),
    )
    return sum(sizes)

async def main():
    clock = asyncio.get_running_loop().time
    for work in (one_after_another, together):
        began = clock()
        await work()
        took = clock() - began
        print(f"{work.__name__}: {took:.1f} s")

asyncio.run(main())
