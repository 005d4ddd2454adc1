import asyncio
import warnings


def old():
    warnings.warn("old() is deprecated", DeprecationWarning, stacklevel=2)


def older():
    warnings.warn("be careful")


class Custom(UserWarning):
    pass


async def main():
    for _ in range(2):
        old()
        older()
    warnings.warn("custom", Custom)
    warnings.warn(Custom("instance"))
    await asyncio.sleep(0)
    warnings.warn("syntax", SyntaxWarning)
    warnings.warn("ignored", ImportWarning)
    warnings.warn("also ignored", ResourceWarning)
    warnings.warn_explicit("explicit", UserWarning, "made_up.py", 7)


old()
asyncio.run(main())
