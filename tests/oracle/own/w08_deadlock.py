"""Two threads take two locks in opposite orders."""
import threading
import time

a, b = threading.Lock(), threading.Lock()


def one():
    with a:
        time.sleep(0.1)
        with b:
            print('one')


def two():
    with b:
        time.sleep(0.1)
        with a:
            print('two')


ts = [threading.Thread(target=f) for f in (one, two)]
for t in ts:
    t.start()
print('joining', end='')
for t in ts:
    t.join()
