# title: Condition and notify(n)
# lesson: Two are called: who gets a bun?
import asyncio

shelf = []

async def customer(name, shop):
    async with shop:
        while not shelf:
            await shop.wait()  # lets the lock go
        bun = shelf.pop(0)
    print(name, "eats bun", bun)
    await asyncio.sleep(0.2)

async def baker(shop):
    bun = 0
    for batch in (1, 2):
        await asyncio.sleep(0.3)  # bake
        async with shop:
            for _ in range(batch):
                bun += 1
                shelf.append(bun)
            shop.notify(batch)
        print("baker brings", batch)

async def main():
    shop = asyncio.Condition()
    start = asyncio.create_task
    people = [
        start(customer(name, shop), name=name)
        for name in ("ann", "ben", "cho")
    ]
    people.append(start(baker(shop), name="baker"))
    await asyncio.gather(*people)
    print("sold out")

asyncio.run(main())
