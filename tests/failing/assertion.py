import asyncio

try:
    assert [] == [1]
except AssertionError as error:
    print("empty:", repr(error))

try:
    assert 1 > 2, ("tuple", 1)
except AssertionError as error:
    print(error)


async def check(value):
    assert isinstance(value, str), f"not a text: {value!r}"


async def main():
    await check("good")
    await check(3)


asyncio.run(main())
