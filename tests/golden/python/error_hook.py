import sys

sys.excepthook = lambda kind, value, traceback: print("hook saw", kind.__name__, value)
raise LookupError("lost")
