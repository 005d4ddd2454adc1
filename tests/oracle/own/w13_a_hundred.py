"""A hundred threads of 20 ms beside a hundred calls in a row."""
import threading
import time

start = time.time()
for i in range(100):
    time.sleep(0.02)
print('serial %.2f' % (time.time() - start))
start = time.time()
threads = [threading.Thread(target=time.sleep, args=(0.02,)) for i in range(100)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print('threads %.2f' % (time.time() - start), threading.active_count())
