import asyncio


async def grüße(名前):
    数 = {"一": 1}
    print("¡hola, 世界! 👋", 名前, 数["一"], 数["二"])


async def main():
    await asyncio.gather(grüße("naïve"), asyncio.sleep(0))


	
asyncio.run(main())  # 終わり
