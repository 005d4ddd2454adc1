"""Exceptions that leave threads, thread-local data, names, daemons."""
import sys
import threading
import time

data = threading.local()


class Worker(threading.Thread):
    def __init__(self, n):
        super().__init__(name=f'worker-{n}')
        self.n = n

    def run(self):
        data.n = self.n
        time.sleep(0.1)
        print(self.name, data.n, threading.get_ident())
        if self.n == 1:
            raise KeyError('one')


def quits():
    sys.exit(3)


def outer():
    inner()


def inner():
    time.sleep(0.01)
    raise ValueError('inner')


ws = [Worker(i) for i in range(3)]
for w in ws:
    w.start()
data.n = 'main'
t = threading.Thread(target=outer)
t.start()
threading.Thread(target=quits).start()
for w in ws:
    w.join()
print(data.n, threading.current_thread(), t.is_alive(), t)


def hook(args):
    print('hook', args.exc_type.__name__, args.exc_value, args.thread.name)


threading.excepthook = hook
t = threading.Thread(target=inner, name='hooked')
t.start()
t.join()
try:
    t.start()
except RuntimeError as exc:
    print(exc)


def forever():
    try:
        while True:
            time.sleep(1)
            print('tick')
    finally:
        print('never seen')


threading.Thread(target=forever, daemon=True).start()
threading.Thread(target=lambda: (time.sleep(1.5), print('not waited for by hand'))).start()
print('end of main')
