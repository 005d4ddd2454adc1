def generator():
    try:
        yield 1
    finally:
        raise OSError("closing the generator")


running = generator()
next(running)
del running
print("end")
