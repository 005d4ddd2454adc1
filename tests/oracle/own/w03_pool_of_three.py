"""A pool of three with twenty jobs: futures, callbacks, as_completed, wait, map."""
import concurrent.futures as cf
import threading
import time


def job(n):
    time.sleep(((n * 7) % 5 + 1) / 10)
    if n == 13:
        raise ValueError(n)
    return n, threading.current_thread().name


def told(future):
    print('told', future)


start = time.monotonic()
with cf.ThreadPoolExecutor(max_workers=3, thread_name_prefix='pool') as pool:
    futures = [pool.submit(job, n) for n in range(20)]
    futures[0].add_done_callback(told)
    for future in cf.as_completed(futures):
        print(round(time.monotonic() - start, 2), future.exception() or future.result())
    print(list(pool.map(lambda x: x * x, range(5))))
    done, rest = cf.wait([pool.submit(job, n) for n in range(6)], return_when=cf.FIRST_COMPLETED)
    print(sorted(f.result() for f in done), len(rest))
    done, rest = cf.wait(rest, timeout=0.2)
    print(len(done), len(rest))
    try:
        pool.submit(job, 4).result(timeout=0.05)
    except TimeoutError as exc:
        print('timeout', repr(exc))
print(round(time.monotonic() - start, 2))
try:
    pool.submit(job, 1)
except RuntimeError as exc:
    print(exc)
