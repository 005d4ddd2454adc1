"""The ends of pools: cancelled jobs, failing initialisers, idle workers that are used again."""
import concurrent.futures as cf
import threading
import time


def job(n):
    time.sleep(0.1)
    print('job', n, threading.current_thread().name, round(time.monotonic(), 2))
    return n


pool = cf.ThreadPoolExecutor(max_workers=2)
futures = [pool.submit(job, n) for n in range(5)]
time.sleep(0.05)
print([f.running() for f in futures], futures[4].cancel(), futures[0].cancel())
print(futures)
pool.shutdown(wait=False, cancel_futures=True)
print([f.cancelled() for f in futures])
print(cf.wait(futures).done == set(futures), round(time.monotonic(), 2))
try:
    futures[3].result()
except cf.CancelledError as exc:
    print('cancelled', repr(exc))
other = cf.ThreadPoolExecutor(thread_name_prefix='w', initializer=print, initargs=('hello from', 'a worker'))
print(other.submit(job, 10).result(), other.submit(job, 11).result())
two = [other.submit(job, n) for n in (12, 13)]
print(sum(f.result() for f in two), threading.active_count())


def fails():
    raise OSError('no')


broken = cf.ThreadPoolExecutor(1, initializer=fails)
try:
    broken.submit(job, 1).result()
except cf.thread.BrokenThreadPool as exc:
    print(type(exc).__name__, exc)
with cf.ProcessPoolExecutor() as processes:
    print(list(processes.map(job, range(3))))
for bad in (0, -1):
    try:
        cf.ThreadPoolExecutor(bad)
    except ValueError as exc:
        print(exc)
late = cf.ThreadPoolExecutor(1)
late.submit(job, 'after the last line')
print('last line')
