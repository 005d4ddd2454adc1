import asyncio


async def work(number):
    try:
        return 100 / number
    except ZeroDivisionError as error:
        error.add_note(f"number was {number}")
        error.add_note("several\nlines")
        raise


async def main():
    results = await asyncio.gather(work(4), work(0), return_exceptions=True)
    print(results)
    error = results[1]
    error.add_note("seen by main")
    print(error.__notes__)
    raise error


asyncio.run(main())
