import sys


class Fragile:
    def __del__(self):
        raise ValueError("in the finaliser")


def hook(unraisable):
    print("unraisable:", unraisable.exc_type.__name__, unraisable.exc_value, unraisable.object.__qualname__)


sys.unraisablehook = hook
Fragile()
sys.unraisablehook = sys.__unraisablehook__
Fragile()
print("end")
