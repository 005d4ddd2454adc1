"""Producers and consumers over a bounded queue."""
import queue
import threading
import time

q = queue.Queue(maxsize=2)


def produce(n):
    for i in range(n):
        q.put(i)
        print('put', i, round(time.monotonic(), 2))
        time.sleep(0.01)
    q.put(None)


def consume():
    while (item := q.get()) is not None:
        print('got', item, round(time.monotonic(), 2))
        time.sleep(0.05)
        q.task_done()
    q.task_done()


producer = threading.Thread(target=produce, args=(5,), name='producer')
consumer = threading.Thread(target=consume, name='consumer', daemon=True)
consumer.start()
producer.start()
q.join()
print('all done', q.qsize(), q.unfinished_tasks)
try:
    q.get(timeout=0.1)
except queue.Empty:
    print('empty after', round(time.monotonic(), 2))
pq = queue.PriorityQueue()
for x in (3, 1, 2):
    pq.put(x)
print([pq.get() for _ in range(3)])
lq = queue.LifoQueue()
for x in (3, 1, 2):
    lq.put(x)
print([lq.get_nowait() for _ in range(3)])
sq = queue.SimpleQueue()


def later():
    time.sleep(0.2)
    sq.put('late')


threading.Thread(target=later).start()
print(sq.get(), round(time.monotonic(), 2))
