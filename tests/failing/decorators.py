import asyncio
import functools


def logged(function):
    @functools.wraps(function)
    async def wrapper(*args, **kwargs):
        print("calling", function.__name__)
        return await function(*args, **kwargs)
    return wrapper


def retried(times):
    def decorate(function):
        @functools.wraps(function)
        async def wrapper(*args):
            for attempt in range(times):
                try:
                    return await function(*args)
                except ConnectionError as error:
                    print("attempt", attempt, error)
                    last = error
            raise TimeoutError("gave up") from last
        return wrapper
    return decorate


@logged
@retried(times=2)
async def load(url):
    raise ConnectionError(url)


asyncio.run(load("example"))
