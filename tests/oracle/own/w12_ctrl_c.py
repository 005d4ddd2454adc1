"""Ctrl+C reaches the main thread only; the worker goes on."""
# loopscope: interrupt_at=0.25
import threading
import time


def work():
    for i in range(5):
        time.sleep(0.1)
        print('work', i)


t = threading.Thread(target=work)
t.start()
try:
    t.join()
except KeyboardInterrupt:
    print('interrupted at', round(time.monotonic(), 2), t.is_alive())
t.join(0.1)
print('still', t.is_alive(), round(time.monotonic(), 2))
