import sys


class Fragile:
    def __del__(self):
        raise ValueError("in the finaliser")


sys.unraisablehook = lambda unraisable: print(unraisable.err_msg)
Fragile()
