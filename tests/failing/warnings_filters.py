import asyncio
import warnings


def noisy(text, kind=UserWarning):
    warnings.warn(text, kind)


async def forgotten():
    pass


warnings.simplefilter("ignore")
noisy("unheard")
warnings.simplefilter("always")
noisy("every time")
noisy("every time")
noisy("resource", ResourceWarning)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    noisy("recorded")
    forgotten()
for warning in caught:
    print(warning.category.__name__, warning.message, warning.lineno)
warnings.filterwarnings("ignore", message="coroutine .* was never awaited")
forgotten()
warnings.filterwarnings("error", category=RuntimeWarning)
forgotten()
print("after the error in a finaliser")
warnings.simplefilter("error")


async def main():
    noisy("now an error", DeprecationWarning)


asyncio.run(main())
