"""Event, Condition, Semaphore, Barrier, Timer between threads."""
import threading
import time

event = threading.Event()
cond = threading.Condition()
sem = threading.Semaphore(2)
barrier = threading.Barrier(3)
items = []


def now():
    return round(time.monotonic(), 3)


def waiter(n):
    print(n, event.wait(0.1), now())
    print(n, event.wait(), now())


def consumer(n):
    with cond:
        while not items:
            cond.wait()
        print(n, 'takes', items.pop(0), now())


def limited(n):
    with sem:
        print(n, 'in', now())
        time.sleep(0.1)
    print(n, 'out', now())


def meets(n):
    time.sleep(n / 10)
    print(n, 'arrives', now())
    i = barrier.wait()
    print(n, 'passes', i, now())


def run(f, count):
    threads = [threading.Thread(target=f, args=(n,)) for n in range(count)]
    for t in threads:
        t.start()
    return threads


ts = run(waiter, 2)
time.sleep(0.25)
event.set()
for t in ts:
    t.join()
ts = run(consumer, 3)
for i in range(3):
    time.sleep(0.1)
    with cond:
        items.append(i)
        cond.notify()
for t in ts:
    t.join()
for t in run(limited, 5) + run(meets, 3):
    t.join()
timer = threading.Timer(0.5, print, args=('timer', 'fires'))
timer.start()
cancelled = threading.Timer(0.2, print, args=('never',))
cancelled.start()
cancelled.cancel()
print(event, sem, barrier, timer)
timer.join()
print(now())
