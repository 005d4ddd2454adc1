def ignoring():
    try:
        yield 1
    except GeneratorExit:
        yield 2


running = ignoring()
next(running)
del running
print("end")
