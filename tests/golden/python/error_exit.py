import atexit
import sys

atexit.register(print, "at exit")
print("partial", end="")
sys.exit("bad input")
