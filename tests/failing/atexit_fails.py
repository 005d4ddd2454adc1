import atexit


def last():
    print("atexit runs")
    raise ValueError("at exit")


atexit.register(last)
atexit.register(print, "first to run")
print("body ends")
