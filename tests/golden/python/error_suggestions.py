import math


class Config:
    timeout = 3


try:
    Config().timeuot
except AttributeError as error:
    first = error
try:
    math.sqroot(2)
except AttributeError as error:
    raise NameError("both", name="tiemout") from first
