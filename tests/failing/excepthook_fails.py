import sys


def hook(kind, error, traceback):
    raise RuntimeError("the hook itself")


sys.excepthook = hook
raise ValueError("original")
