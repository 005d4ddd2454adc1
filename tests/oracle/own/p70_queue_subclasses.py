# Queues that keep their items in their own way, and programs that look inside.
import asyncio
class Unique(asyncio.Queue):
    def _init(self, maxsize):
        self._queue = set()
    def _put(self, item):
        self._queue.add(item)
    def _get(self):
        return self._queue.pop()

class Loud(asyncio.Queue):
    def put_nowait(self, item):
        print('put_nowait', item)
        super().put_nowait(item)
    def full(self):
        print('full?')
        return super().full()
    def _put(self, item):
        print('_put', item)
        super()._put(item)
    def _get(self):
        print('_get')
        return super()._get()

class Stack(asyncio.LifoQueue):
    def _get(self):
        x = super()._get()
        print('got', x)
        return x

class Dedup(asyncio.Queue):
    def _init(self, maxsize):
        super()._init(maxsize)
        self.seen = set()
    def _put(self, item):
        if item not in self.seen:
            self.seen.add(item)
            super()._put(item)

class Peek(asyncio.PriorityQueue):
    def peek(self):
        return self._queue[0]

async def consumer(q, n):
    for _ in range(n):
        x = await q.get()
        print('consumed', x)
        q.task_done()

async def main():
    q = Unique(2)
    q.put_nowait(1); q.put_nowait(1)
    print(q.qsize(), q)
    await q.put(2)
    print(q.full(), sorted([q.get_nowait(), q.get_nowait()]), q.empty())
    q = Loud(1)
    t = asyncio.create_task(consumer(q, 3))
    for i in range(3):
        await q.put(i)
    await q.join()
    await t
    s = Stack()
    for i in range(3):
        s.put_nowait(i)
    await consumer(s, 3)
    d = Dedup()
    for w in 'a b a c b'.split():
        d.put_nowait(w)
    print(d.qsize(), d._queue, d._unfinished_tasks)
    p = Peek()
    for i in (3, 1, 2):
        p.put_nowait(i)
    print(p.peek(), p._queue, type(p._queue))
    q = asyncio.Queue()
    for i in range(5):
        q.put_nowait(i)
    print(q._queue)
    q._queue.remove(3)
    q._queue.appendleft(9)
    print(q, q.qsize(), q.get_nowait())
    q._queue.clear()
    q._unfinished_tasks = 0
    q._finished.set()
    print(q.empty(), q)
    await q.join()
    print(q._format(), q._maxsize, list(q._getters), q._is_shutdown)
    q = asyncio.Queue(maxsize=1.5)
    q.put_nowait(1); q.put_nowait(2)
    print(q.full(), q, q.maxsize)
    try:
        asyncio.Queue(1, 2)
    except TypeError as e:
        print(e)
    try:
        asyncio.PriorityQueue(nope=2)
    except TypeError as e:
        print(e)
    q = asyncio.Queue(maxsize=None)
    try:
        q.put_nowait(1)
    except TypeError as e:
        print(e)
    class Bad(asyncio.Queue):
        def _init(self, maxsize):
            self.heap = []
    try:
        Bad().qsize()
    except AttributeError as e:
        print(e)
    b = asyncio.Queue(2)
    b._queue.extend([1, 2])
    t = asyncio.create_task(b.put(3))
    await asyncio.sleep(0)
    print(b, len(b._putters), b._putters[0].done())
    b._queue.popleft()
    print(b.get_nowait())
    await t
    print(b)

asyncio.run(main())
