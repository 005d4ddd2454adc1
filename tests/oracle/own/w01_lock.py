"""Threads share a lock: first come, first served."""
import threading
import time

lock = threading.Lock()
log = []


def work(name, seconds):
    time.sleep(seconds / 10)
    with lock:
        log.append((name, round(time.monotonic(), 3)))
        print(name, 'has it at', round(time.monotonic(), 3))
        time.sleep(seconds)
    print(name, 'done', lock.locked())


threads = [threading.Thread(target=work, args=(f't{i}', 0.3 - i / 10)) for i in range(3)]
for t in threads:
    t.start()
    print(t)
print(threading.active_count(), [t.name for t in threading.enumerate()])
for t in threads:
    t.join()
print(threads, log)
