import asyncio

pattern = "\d+"
x = 5
if x is 5:
    print("five")
print((1, 2)(3)) if False else None
assert (x, "always true")
