#!/usr/bin/env python3
"""Runs an asyncio program under CPython 3.13 on a virtual clock and writes what happened.

    python3.13 oracle.py PROGRAM.py [--log FILE] [--limit-steps N]
                         [--interrupt-at SECONDS] [--seed N]

The program is executed as __main__ by the CPython that runs this file, with its own asyncio.
Nothing sleeps and nothing touches the network; the log is JSON lines, the same bytes every
time. Exit code 70 means that the program does something that cannot be simulated.

CLOCK MODEL
  * One integer clock, in nanoseconds, starts at 0.  time.monotonic(),
    time.perf_counter() and loop.time() show it; time.time() shows it plus the
    fixed epoch 1_700_000_000 s.  A float reading is (double)ns / 1e9, or the
    whole number of seconds when it divides (as CPython converts).
  * Code costs nothing.  The clock moves only when everything is blocked, and
    then straight to the earliest deadline; or by time.sleep().
  * A deadline is a float; it becomes round(when * 1e9) ns.  Two deadlines are
    THE SAME when they round to the same microsecond.  Timers are ordered by
    (microsecond, order of scheduling), and all timers of one microsecond fire
    in one loop iteration.  Real CPython gets the same order from the fact that
    its clock creeps forward between two calls; the heap there is not stable.
  * Spinning: the program's own clock readings are free, but when it reads a
    clock more than 1000 times without the clock having moved otherwise, every
    further reading moves it by 1 ms, so `while time.time() < end: pass` ends.
  * Polling: a loop that has taken 1000 turns in a row without the clock moving
    (somebody awaits sleep(0) again and again) has in reality spent time; the
    clock then moves to the next deadline, if there is one, and the count
    begins anew.  Without a deadline the run ends by its limit.

THREAD MODEL
  * Every thread is simulated in virtual time.  Exactly one thread runs; it
    keeps running until it blocks (time.sleep, lock, join, queue, future
    result, event loop with nothing ready) - there is no preemption.
  * A new thread runs at once: Thread.start() hands over until the new thread
    blocks or ends.  A thread that is woken up waits in a FIFO.
  * At one instant all runnable worker threads run before the main thread.
  * ThreadPoolExecutor is CPython's own code on top of these threads, so idle
    workers are reused and at most max_workers exist.  os.cpu_count() is 4, so
    the default executor has 8 workers.  ProcessPoolExecutor is a thread pool
    with 4 workers by default.
"""

import sys
import os

EPOCH_NS = 1700000000 * 10 ** 9
SPIN_FREE_READS = 1000
SPIN_STEP_NS = 1000000
SPIN_FREE_TURNS = 1000
MAX_RECORDS = 400000
HERE = os.path.dirname(os.path.abspath(__file__))

USAGE = ('usage: oracle.py PROGRAM.py [--log FILE] [--limit-steps N] '
         '[--interrupt-at SECONDS] [--seed N]')


# --------------------------------------------------------------------------
# command line, header, clean re-start
# --------------------------------------------------------------------------

class Options:
    def __init__(self):
        self.program = None
        self.log = None
        self.limit_steps = None
        self.interrupt_at = None
        self.seed = None


def usage_error(text):
    sys.stderr.write('oracle: %s\n%s\n' % (text, USAGE))
    os._exit(64)


def parse_args(argv):
    opts = Options()
    names = {'--log': ('log', str), '--limit-steps': ('limit_steps', int),
             '--interrupt-at': ('interrupt_at', float), '--seed': ('seed', int)}
    i = 0
    while i < len(argv):
        arg = argv[i]
        if arg in ('-h', '--help'):
            sys.stdout.write(USAGE + '\n')
            sys.exit(0)
        value = None
        if arg.startswith('--') and '=' in arg:
            arg, value = arg.split('=', 1)
        if arg in names:
            if value is None:
                i += 1
                if i >= len(argv):
                    usage_error('%s needs a value' % arg)
                value = argv[i]
            attr, kind = names[arg]
            try:
                setattr(opts, attr, kind(value))
            except ValueError:
                usage_error('bad value for %s: %r' % (arg, value))
        elif arg.startswith('--'):
            usage_error('unknown option %s' % arg)
        elif opts.program is None:
            opts.program = arg
        else:
            usage_error('more than one program given')
        i += 1
    if opts.program is None:
        usage_error('no program given')
    return opts


def apply_header(opts, source):
    """`# loopscope: interrupt_at=2.5 seed=1 limit_steps=50` near the top."""
    for line in source.split('\n')[:25]:
        line = line.strip()
        if not line.startswith('# loopscope:'):
            continue
        for word in line[len('# loopscope:'):].split():
            key, _, value = word.partition('=')
            if key == 'interrupt_at' and opts.interrupt_at is None:
                opts.interrupt_at = float(value)
            elif key == 'seed' and opts.seed is None:
                opts.seed = int(value)
            elif key == 'limit_steps' and opts.limit_steps is None:
                opts.limit_steps = int(value)
    if opts.seed is None:
        opts.seed = 0
    if opts.limit_steps is None:
        opts.limit_steps = 100000


def restart_clean():
    """Run again with a fixed hash seed and without PYTHON* settings."""
    if os.environ.get('LOOPSCOPE_ORACLE') == '1':
        return
    env = {}
    for key, value in os.environ.items():
        if not key.startswith('PYTHON'):
            env[key] = value
    env.update(LOOPSCOPE_ORACLE='1', PYTHONHASHSEED='0', TZ='UTC',
               PYTHONUTF8='1', PYTHONDONTWRITEBYTECODE='1')
    os.execve(sys.executable,
              [sys.executable, os.path.abspath(__file__)] + sys.argv[1:], env)


# --------------------------------------------------------------------------
# the log
# --------------------------------------------------------------------------

class Log:
    """JSON lines; never reentered (a repr() that prints does not log)."""

    def __init__(self, target):
        import json
        self.encode = json.JSONEncoder(ensure_ascii=False).encode
        if target is None:
            self.file = os.fdopen(os.dup(1), 'wb')
        else:
            self.file = open(target, 'wb')
        self.parts = []
        self.count = 0
        self.closed = False
        self.muted = 0

    def put(self, ev, *pairs):
        if self.closed or self.muted:
            return
        rec = {'t': SIM.now_us() / 1e6, 'ev': ev}
        rec.update(pairs)
        self.parts.append(self.encode(rec))
        self.count += 1
        if len(self.parts) >= 500:
            self.flush()
        if self.count > MAX_RECORDS:
            finish_limit('records', MAX_RECORDS)

    def flush(self):
        if self.parts:
            data = '\n'.join(self.parts) + '\n'
            self.parts = []
            self.file.write(data.encode('utf-8', 'backslashreplace'))
        self.file.flush()

    def close(self):
        self.flush()
        self.closed = True
        self.file.close()


LOG = None
SIM = None
STEPS = 0
LIMIT = None


def leave(code):
    LOG.close()
    cleanup_scratch()
    os._exit(code)


def finish_limit(what, number):
    global LIMIT
    flush_streams()
    LOG.parts.append(LOG.encode({'t': SIM.now_us() / 1e6, 'ev': 'limit',
                                 'what': what, 'limit': number}))
    leave(4)


def die(text):
    """An oracle limit was met: say so loudly, keep the log so far."""
    try:
        flush_streams()
        LOG.close()
    except Exception:
        pass
    os.write(2, ('oracle: cannot simulate: %s\n' % text).encode('utf-8'))
    cleanup_scratch()
    os._exit(70)


SCRATCH = None


def enter_scratch(name, raw_source):
    """An empty working directory with only the program in it."""
    global SCRATCH
    import tempfile
    SCRATCH = os.path.realpath(tempfile.mkdtemp(prefix='loopscope-'))
    os.chdir(SCRATCH)
    with open(name, 'wb') as file:
        file.write(raw_source)


def cleanup_scratch():
    if SCRATCH:
        import shutil
        os.chdir('/')
        shutil.rmtree(SCRATCH, ignore_errors=True)


# --------------------------------------------------------------------------
# text that differs from run to run
# --------------------------------------------------------------------------

class Texts:
    """Normalisation of addresses, library paths and traceback layout."""

    def __init__(self, program_name, more_libs=()):
        import re
        self.program = program_name
        self.libs = [os.path.dirname(os.path.abspath(os.__file__)), HERE]
        self.libs.extend(more_libs)
        alt = '|'.join(re.escape(p) for p in self.libs)
        self.addr = re.compile(r'0x[0-9a-f]{11,16}\b')
        self.libat = re.compile(r'(?:, defined| created)? at (?:%s)/[^\s\]>,)]*:\d+' % alt)
        self.warn = re.compile(r'^(?:%s|<frozen [^>]*>)/?[^\s:]*:\d+: ' % alt)
        self.frame = re.compile(r'^([ |+]*)File "([^"]*)", line \d+, in ')
        self.attr = re.compile(r"'(Future|Task)' object has no attribute")
        self.own_names = False      # the program has a class Future or Task
        self.selfwarn = re.compile(r'^%s:\d+: ' % re.escape(os.path.abspath(__file__)))

    def is_lib(self, path):
        return path.startswith('<frozen') or any(
            path.startswith(p + os.sep) for p in self.libs)

    def norm(self, text):
        if SCRATCH and SCRATCH in text:
            text = text.replace(SCRATCH, '/sandbox')
        if ' at ' in text:
            text = self.libat.sub('', text)
            text = text.replace('Task.__wakeup()', 'Task.task_wakeup()')
            if '<TaskWakeup' in text:
                text = text.replace('<TaskWakeupMethWrapper object>()',
                                    'Task.task_wakeup()')
            text = self.builtin_methods(text)
            text = self.addr.sub('0x*', text)
        elif '0x' in text:
            text = self.addr.sub('0x*', text)
        if "' object has no attribute" in text and not self.own_names:
            text = self.attr.sub(r"'_asyncio.\1' object has no attribute", text)
        return text

    def builtin_methods(self, text):
        """<bound method Future.result of <Task ..>> is a C method in reality."""
        for mark in ('<bound method Future.', '<bound method Task.'):
            start = text.find(mark)
            while start >= 0:
                depth, end = 0, start
                while end < len(text):
                    if text[end] == '<':
                        depth += 1
                    elif text[end] == '>':
                        depth -= 1
                        if depth == 0:
                            break
                    end += 1
                if depth or ' of <' not in text[start:end]:
                    break
                name, owner = text[start + len(mark):end].split(' of <', 1)
                kind = 'Task' if owner.startswith('Task') else 'Future'
                new = '<built-in method %s of _asyncio.%s object at 0x*>' % (name, kind)
                text = text[:start] + new + text[end + 1:]
                start = text.find(mark, start + len(new))
        return text


TEXTS = None


class LineFilter:
    """Drops library frames and marker lines from tracebacks, line by line."""

    def __init__(self):
        self.state = None       # None | 'keep' | 'drop' | 'warn'
        self.column = 0

    def feed(self, line):
        """The line to log, or None."""
        if self.state == 'warn':
            self.state = None
            if line.startswith('  '):
                self.state = 'warn'
                return None
            if line.startswith('RuntimeWarning: Enable tracemalloc'):
                return None
        found = TEXTS.frame.match(line)
        if found:
            self.column = len(found.group(1))
            if found.group(2) == TEXTS.program:
                self.state = 'keep'
                return line
            self.state = 'drop'
            return None
        if self.state:
            head, rest = line[:self.column], line[self.column:]
            if head.strip(' |+') == '' and len(head) == self.column:
                if rest.startswith('  '):
                    if self.state == 'drop':
                        return None
                    marks = rest.strip()
                    if marks and not marks.strip('^~ '):
                        return None
                    return line
                if rest.startswith('[Previous line repeated'):
                    return None if self.state == 'drop' else line
            self.state = None
        if ': ' in line and 'Warning: ' in line:
            if TEXTS.selfwarn.match(line):
                self.state = 'warn'
                return TEXTS.selfwarn.sub('<sys>:0: ', line)
            if TEXTS.warn.match(line):
                self.state = 'warn'
                return TEXTS.warn.sub('<lib>: ', line)
            if line.startswith('sys:1: '):
                self.state = 'warn'
                return '<sys>:0: ' + line[len('sys:1: '):]
        return line


class ByteSide:
    """sys.stdout.buffer"""

    def __init__(self, stream):
        self.stream = stream
        self.pending = b''

    def write(self, data):
        data = bytes(data)
        self.pending += data
        cut = self.pending.rfind(b'\n') + 1
        if cut:
            text = self.pending[:cut].decode('utf-8', 'replace')
            self.pending = self.pending[cut:]
            self.stream.write(text)
        return len(data)

    def flush(self):
        if self.pending:
            text, self.pending = self.pending.decode('utf-8', 'replace'), b''
            self.stream.write(text)


class Stream:
    """sys.stdout / sys.stderr of the program."""

    encoding = 'utf-8'
    errors = 'strict'
    newlines = None
    line_buffering = True
    closed = False
    mode = 'w'

    def __init__(self, ev, name):
        self.ev = ev
        self.name = name
        self.pending = ''
        self.filter = LineFilter()
        self.buffer = ByteSide(self)

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError('write() argument must be str, not %s'
                            % type(text).__name__)
        if LOG.muted:
            return len(text)
        self.pending += text
        if '\n' in text:
            lines = self.pending.split('\n')
            self.pending = lines.pop()
            for line in lines:
                self.emit(line)
        return len(text)

    def emit(self, line):
        line = self.filter.feed(line)
        if line is not None:
            LOG.put(self.ev, ('text', TEXTS.norm(line)))

    def finish(self):
        self.buffer.flush()
        if self.pending:
            line, self.pending = self.pending, ''
            self.emit(line)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        pass

    def close(self):
        pass

    def isatty(self):
        return False

    def readable(self):
        return False

    def writable(self):
        return True

    def seekable(self):
        return False

    def fileno(self):
        import io
        raise io.UnsupportedOperation('fileno')

    def reconfigure(self, **kwargs):
        pass


STREAMS = []


def flush_streams():
    for stream in STREAMS:
        stream.finish()


# --------------------------------------------------------------------------
# virtual clock and simulated threads
# --------------------------------------------------------------------------

def to_ns(seconds):
    return int(round(seconds * 1e9))


def to_us(ns):
    return (ns + 500) // 1000


def as_seconds(ns):
    if ns % 1000000000 == 0:
        return float(ns // 1000000000)
    return float(ns) / 1e9


class SimThread:
    def __init__(self, number, baton, main=False):
        self.number = number
        self.baton = baton
        self.main = main
        self.blocked = False
        self.done = False
        self.token = 0
        self.reason = None
        self.interrupt = False
        self.where = 'running'
        self.joiners = []
        self.thread = None      # the threading.Thread, if there is one


class Interrupted:
    pass


class Sim:
    """Discrete event simulation: one running thread, one clock."""

    def __init__(self, raw):
        import heapq
        from collections import deque
        self.push = heapq.heappush
        self.pop = heapq.heappop
        self.raw = raw          # the real _thread functions
        self.now = 0
        self.reads = 0
        self.spun = 0
        self.seq = 0
        self.timers = []
        self.ready = deque()
        self.main = SimThread(1, raw.allocate_lock(), main=True)
        self.main.baton.acquire()
        self.current = self.main
        self.by_ident = {raw.get_ident(): self.main}
        self.threads = [self.main]
        self.numbers = 1
        self.on_interrupt = None

    # -- clock ----------------------------------------------------------

    def now_us(self):
        return to_us(self.now)

    def program_read(self):
        """A clock reading made by the program (see CLOCK MODEL, spinning)."""
        self.reads += 1
        if self.reads > SPIN_FREE_READS:
            self.now += SPIN_STEP_NS
            self.spun += SPIN_STEP_NS
        return self.now

    def advance(self, ns):
        if ns > self.now:
            self.now = ns
            self.reads = 0

    # -- blocking -------------------------------------------------------

    def set_interrupt(self, seconds):
        self.seq += 1
        ns = to_ns(seconds)
        self.push(self.timers, (to_us(ns), -1, self.seq, None, 0, ns))

    def block(self, deadline=None, where='lock'):
        """Give up control until wake() or the deadline.  'wake'/'timeout'."""
        me = self.current
        me.token += 1
        me.blocked = True
        me.reason = None
        me.where = where
        if deadline is not None:
            self.seq += 1
            self.push(self.timers, (to_us(deadline), 1 if me.main else 0,
                                    self.seq, me, me.token, deadline))
        self.switch(me)
        me.where = 'running'
        if me.main and me.interrupt:
            me.interrupt = False
            self.on_interrupt()
        return me.reason

    def wake(self, thread, reason='wake'):
        if thread.blocked:
            thread.blocked = False
            thread.token += 1
            thread.reason = reason
            self.ready.append(thread)

    def next_deadline(self, handles):
        """The earliest moment (ns) at which a loop timer or a thread is due."""
        due = [h._ls_ns for h in handles if not h._cancelled]
        due += [entry[5] for entry in self.timers
                if entry[3].blocked and entry[3].token == entry[4]]
        return min(due) if due else None

    def yield_to_others(self):
        """Let the runnable worker threads of this instant go first."""
        self.collect_due()
        if self.ready:
            me = self.current
            me.blocked = True
            self.wake(me)
            self.switch(me)
            if me.main and me.interrupt:
                me.interrupt = False
                self.on_interrupt()

    def collect_due(self):
        now = self.now_us()
        timers = self.timers
        while timers and timers[0][0] <= now:
            _, _, _, thread, token, _ = self.pop(timers)
            if thread is None:
                self.main.interrupt = True
                self.wake(self.main, 'interrupt')
            elif thread.token == token and thread.blocked:
                self.wake(thread, 'timeout')

    def choose(self):
        while True:
            self.collect_due()
            for index, thread in enumerate(self.ready):
                if not thread.main:
                    del self.ready[index]
                    return thread
            if self.ready:
                return self.ready.popleft()
            timers = self.timers
            while timers:
                _, _, _, thread, token, ns = timers[0]
                if thread is None or (thread.token == token and thread.blocked):
                    break
                self.pop(timers)
            if not timers:
                return None
            self.advance(timers[0][5])

    def switch(self, me):
        target = self.choose()
        if target is None:
            report_deadlock()
        self.current = target
        if target is not me:
            target.baton.release()
            me.baton.acquire()

    # -- threads --------------------------------------------------------

    def spawn(self, body, thread=None):
        """A new simulated thread, runnable first in line; not yet running."""
        self.numbers += 1
        new = SimThread(self.numbers, self.raw.allocate_lock())
        new.baton.acquire()
        new.thread = thread
        self.threads.append(new)

        def runner():
            new.baton.acquire()
            self.by_ident[self.raw.get_ident()] = new
            try:
                body()
            except SystemExit:
                pass
            finally:
                del self.by_ident[self.raw.get_ident()]
                self.ended(new)

        self.ready.appendleft(new)
        self.raw.start_new_thread(runner, ())
        return new

    def ended(self, thread):
        thread.done = True
        for waiter in thread.joiners:
            self.wake(waiter)
        thread.joiners = []
        self.threads.remove(thread)
        target = self.choose()
        if target is None:
            report_deadlock()
        self.current = target
        target.baton.release()

    def join(self, thread, timeout=None):
        deadline = None if timeout is None else self.now + to_ns(timeout)
        me = self.current
        while not thread.done:
            thread.joiners.append(me)
            try:
                reason = self.block(deadline, 'join')
            finally:
                if me in thread.joiners:
                    thread.joiners.remove(me)
            if reason == 'timeout':
                break

    def sleep(self, seconds):
        if isinstance(seconds, str) or not hasattr(seconds, '__lt__'):
            raise TypeError('%r object cannot be interpreted as an integer'
                            % type(seconds).__name__)
        if seconds < 0:
            raise ValueError('sleep length must be non-negative')
        deadline = self.now + to_ns(float(seconds))
        if deadline == self.now:
            self.yield_to_others()
            return
        while self.block(deadline, 'sleep') != 'timeout':
            if self.now >= deadline:
                break


class SimLock:
    """threading.Lock in virtual time; waiters are woken first come first served."""

    def __init__(self):
        from collections import deque
        self._held = False
        self._waiters = deque()

    def acquire(self, blocking=True, timeout=-1):
        if not blocking and timeout != -1:
            raise ValueError("can't specify a timeout for a non-blocking call")
        if timeout < 0 and timeout != -1:
            raise ValueError('timeout value must be a non-negative number')
        if not self._held:
            self._held = True
            return True
        if not blocking:
            return False
        sim = SIM
        deadline = None if timeout < 0 else sim.now + to_ns(timeout)
        me = sim.current
        self._waiters.append(me)
        while True:
            try:
                reason = sim.block(deadline, 'lock')
            except BaseException:
                if me in self._waiters:
                    self._waiters.remove(me)
                elif not self._held and self._waiters:
                    sim.wake(self._waiters.popleft())
                raise
            if not self._held:
                self._held = True
                if me in self._waiters:
                    self._waiters.remove(me)
                return True
            if reason == 'timeout':
                if me in self._waiters:
                    self._waiters.remove(me)
                return False
            if me not in self._waiters:
                self._waiters.appendleft(me)

    acquire_lock = acquire

    def release(self):
        if not self._held:
            raise RuntimeError('release unlocked lock')
        self._held = False
        if self._waiters:
            SIM.wake(self._waiters.popleft())

    release_lock = release

    def locked(self):
        return self._held

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exc):
        self.release()

    def _at_fork_reinit(self):
        self._held = False
        self._waiters.clear()

    def __repr__(self):
        return '<%s _thread.lock object at 0x%012x>' % (
            'locked' if self._held else 'unlocked', id(self))


def report_deadlock():
    """Nothing can ever happen again: last record, exit code 3."""
    flush_streams()
    main = SIM.main
    where = 'loop' if main.where == 'select' else 'thread'
    names = []
    for task in pending_tasks():
        names.append({'task': name_of(task), 'on': getattr(task, '_ls_on', None)})
    LOG.parts.append(LOG.encode({'t': SIM.now_us() / 1e6, 'ev': 'deadlock',
                                 'where': where, 'tasks': names}))
    leave(3)


# --------------------------------------------------------------------------
# patches: time, datetime, threading, os, random
# --------------------------------------------------------------------------

def from_library():
    """Was the patched function called by the standard library?"""
    name = sys._getframe(2).f_code.co_filename
    return TEXTS.is_lib(name)


def patch_time():
    import time
    sim = SIM

    def reader(offset, nanoseconds, name):
        if nanoseconds:
            def read():
                return (sim.now if from_library() else sim.program_read()) + offset
        else:
            def read():
                return as_seconds((sim.now if from_library()
                                   else sim.program_read()) + offset)
        read.__name__ = name
        return read

    # like the builtins they replace, kept in a class they must not bind as methods
    def unbound(function):
        function.__qualname__ = function.__name__
        function.__module__ = 'time'
        return staticmethod(function)

    for base, offset in (('time', EPOCH_NS), ('monotonic', 0), ('perf_counter', 0)):
        setattr(time, base, unbound(reader(offset, False, base)))
        setattr(time, base + '_ns', unbound(reader(offset, True, base + '_ns')))

    def process_time():
        if not from_library():
            sim.program_read()
        return as_seconds(sim.spun)

    def process_time_ns():
        if not from_library():
            sim.program_read()
        return sim.spun

    def sleep(seconds):
        sim.sleep(seconds)

    time.process_time = time.thread_time = unbound(process_time)
    time.process_time_ns = time.thread_time_ns = unbound(process_time_ns)
    time.sleep = unbound(sleep)
    real_local, real_gm = time.localtime, time.gmtime
    real_strftime, real_asctime = time.strftime, time.asctime

    def wall():
        return as_seconds(EPOCH_NS + sim.now)

    def localtime(seconds=None):
        return real_local(wall() if seconds is None else seconds)

    def gmtime(seconds=None):
        return real_gm(wall() if seconds is None else seconds)

    def strftime(layout, when=None):
        return real_strftime(layout, real_local(wall()) if when is None else when)

    def asctime(when=None):
        return real_asctime(real_local(wall()) if when is None else when)

    def ctime(seconds=None):
        return real_asctime(real_local(wall() if seconds is None else seconds))

    time.localtime, time.gmtime = unbound(localtime), unbound(gmtime)
    time.strftime, time.asctime = unbound(strftime), unbound(asctime)
    time.ctime = unbound(ctime)
    time.tzset()


def patch_datetime():
    import datetime as module
    real, real_date = module.datetime, module.date
    sim = SIM

    class Meta(type):
        def __instancecheck__(cls, obj):
            return isinstance(obj, cls._real)

        def __subclasscheck__(cls, other):
            return issubclass(other, cls._real)

    def micros():
        return (EPOCH_NS + sim.now) // 1000

    class datetime(real, metaclass=Meta):
        _real = real

        def __new__(cls, *args, **kwargs):
            return real(*args, **kwargs)

        @classmethod
        def now(cls, tz=None):
            us = micros()
            utc = real(1970, 1, 1, tzinfo=module.timezone.utc) + \
                module.timedelta(microseconds=us)
            if tz is None:
                return utc.replace(tzinfo=None)
            return utc.astimezone(tz)

        @classmethod
        def utcnow(cls):
            import warnings
            warnings.warn(
                'datetime.datetime.utcnow() is deprecated and scheduled for '
                'removal in a future version. Use timezone-aware objects to '
                'represent datetimes in UTC: datetime.datetime.now('
                'datetime.UTC).', DeprecationWarning, stacklevel=2)
            return cls.now()

        @classmethod
        def today(cls):
            return cls.now()

    class date(real_date, metaclass=Meta):
        _real = real_date

        def __new__(cls, *args, **kwargs):
            return real_date(*args, **kwargs)

        @classmethod
        def today(cls):
            return datetime.now().date()

    for cls in (datetime, date):
        cls.__module__ = 'datetime'
        cls.__qualname__ = cls.__name__
    module.datetime, module.date = datetime, date


def patch_os(seed):
    import random
    os.cpu_count = lambda: 4
    os.process_cpu_count = lambda: 4
    os.sched_getaffinity = lambda pid: {0, 1, 2, 3}
    os.getpid = lambda: 4242
    os.getppid = lambda: 4241
    entropy = random.Random('entropy %d' % seed)
    os.urandom = lambda n: bytes(entropy.getrandbits(8) for _ in range(n))

    def no_fork(*args):
        die('os.fork (processes are not simulated)')

    os.fork = no_fork

    def kill(pid, sig):
        if pid != os.getpid():
            die('os.kill of another process')
        import signal
        signal.raise_signal(sig)

    os.kill = kill
    random.seed(seed)
    random._urandom = os.urandom

    import uuid
    uuid._uuid_generate_random = None
    counter = [0]

    def uuid1(node=None, clock_seq=None):
        counter[0] += 1
        stamp = (EPOCH_NS + SIM.now) // 100 + 0x01b21dd213814000 + counter[0]
        node = 0x0242ac110002 if node is None else node
        clock_seq = 0x1234 if clock_seq is None else clock_seq
        return uuid.UUID(fields=(stamp & 0xffffffff, (stamp >> 32) & 0xffff,
                                 (stamp >> 48) & 0x0fff, (clock_seq >> 8) & 0x3f,
                                 clock_seq & 0xff, node), version=1)

    uuid.uuid1 = uuid1


class RawThreads:
    pass


def raw_threads():
    import _thread
    raw = RawThreads()
    raw.allocate_lock = _thread.allocate_lock
    raw.start_new_thread = _thread.start_new_thread
    raw.get_ident = _thread.get_ident
    return raw


class SimHandle:
    """Stands in for the _ThreadHandle of CPython 3.13."""

    def __init__(self, thread):
        self.sim = thread

    def is_done(self):
        return self.sim.done

    def join(self, timeout=None):
        SIM.join(self.sim, timeout)

    @property
    def ident(self):
        return self.sim.number


def patch_threading():
    import threading
    import _thread
    sim = SIM
    raw = sim.raw

    def get_ident():
        found = sim.by_ident.get(raw.get_ident())
        return found.number if found else raw.get_ident()

    threading.get_ident = get_ident
    if hasattr(threading, 'get_native_id'):
        threading.get_native_id = get_ident
    main = threading.main_thread()
    threading._active.pop(main._ident, None)
    main._ident = 1
    if hasattr(main, '_native_id'):
        main._native_id = 1
    threading._active[1] = main
    sim.main.thread = main

    threading._allocate_lock = SimLock
    threading.Lock = SimLock
    threading._CRLock = None
    import time
    threading._time = time.monotonic

    Thread = threading.Thread

    def start(self):
        if not self._initialized:
            raise RuntimeError('thread.__init__() not called')
        if self._started.is_set():
            raise RuntimeError('threads can only be started once')
        threading._limbo[self] = self
        self._ls_sim = new = sim.spawn(self._bootstrap, self)
        if hasattr(self, '_handle'):
            self._handle = SimHandle(new)
        self._started.wait()

    def join(self, timeout=None):
        if not self._initialized:
            raise RuntimeError('Thread.__init__() not called')
        if not self._started.is_set():
            raise RuntimeError('cannot join thread before it is started')
        if self is threading.current_thread():
            raise RuntimeError('cannot join current thread')
        if timeout is not None:
            timeout = max(timeout, 0)
        sim.join(self._ls_sim, timeout)

    def is_alive(self):
        assert self._initialized, 'Thread.__init__() not called'
        if self is main:
            return True
        if not self._started.is_set():
            return False
        if self._ls_sim.done:
            self._is_stopped = True
            return False
        return True

    Thread.start, Thread.join, Thread.is_alive = start, join, is_alive

    def start_new_thread(function, args, kwargs=None):
        new = sim.spawn(lambda: function(*args, **(kwargs or {})))
        return new.number

    _thread.start_new_thread = start_new_thread
    _thread.start_new = start_new_thread
    _thread.allocate_lock = SimLock
    _thread.get_ident = get_ident
    threading._start_new_thread = start_new_thread

    import queue
    queue.SimpleQueue = queue._PySimpleQueue
    queue.time = time.monotonic


class OrderedSet(set):
    """A set that iterates futures by creation, anything else by insertion.

    CPython iterates sets of tasks in the order of their addresses, which
    means: in any order.  The library modules get this class instead, so that
    wait(), TaskGroup, all_tasks() and as_completed() have one fixed order.
    """

    def __init__(self, items=()):
        set.__init__(self)
        self._order = {}
        for item in items:
            self.add(item)

    def add(self, item):
        if item not in self:
            set.add(self, item)
            self._order[item] = None

    def _forget(self, item):
        self._order.pop(item, None)

    def discard(self, item):
        set.discard(self, item)
        self._forget(item)

    def remove(self, item):
        set.remove(self, item)
        self._forget(item)

    def clear(self):
        set.clear(self)
        self._order.clear()

    def pop(self):
        for item in self:
            self.remove(item)
            return item
        raise KeyError('pop from an empty set')

    def update(self, *others):
        for other in others:
            for item in other:
                self.add(item)

    def difference_update(self, *others):
        for other in others:
            for item in list(other):
                self.discard(item)

    def __iter__(self):
        items = list(self._order)
        try:
            items.sort(key=lambda item: item._ls_seq)
        except AttributeError:
            pass
        return iter(items)

    def copy(self):
        return OrderedSet(self)

    def union(self, *others):
        new = OrderedSet(self)
        new.update(*others)
        return new

    def difference(self, *others):
        new = OrderedSet(self)
        new.difference_update(*others)
        return new

    def intersection(self, *others):
        return OrderedSet(x for x in self if all(x in set(o) for o in others))

    def __or__(self, other):
        return self.union(other) if isinstance(other, (set, frozenset)) else NotImplemented

    def __ror__(self, other):
        return OrderedSet(other).union(self)

    def __and__(self, other):
        return self.intersection(other) if isinstance(other, (set, frozenset)) else NotImplemented

    def __sub__(self, other):
        return self.difference(other) if isinstance(other, (set, frozenset)) else NotImplemented

    def __ior__(self, other):
        self.update(other)
        return self

    def __isub__(self, other):
        self.difference_update(other)
        return self

    def __repr__(self):
        if not self:
            return 'set()'
        return '{' + ', '.join(repr(item) for item in self) + '}'


OrderedSet.__name__ = OrderedSet.__qualname__ = 'set'
OrderedSet.__module__ = 'builtins'


class OrderedWeakSet:
    """loop._asyncgens with a fixed order."""

    def __init__(self):
        import weakref
        self.ref = weakref.ref
        self.items = {}

    def add(self, item):
        key = id(item)
        self.items[key] = self.ref(item, lambda _, key=key: self.items.pop(key, None))

    def discard(self, item):
        self.items.pop(id(item), None)

    def clear(self):
        self.items.clear()

    def __iter__(self):
        return iter([x for x in (r() for r in list(self.items.values())) if x is not None])

    def __len__(self):
        return len(list(iter(self)))


def patch_futures():
    import concurrent.futures
    import concurrent.futures._base as base
    import concurrent.futures.thread as pool
    import itertools
    counter = itertools.count(1)

    def new_future(cls, *args, **kwargs):
        self = object.__new__(cls)
        self._ls_seq = next(counter)
        return self

    base.Future.__new__ = staticmethod(new_future)
    base.Future.__hash__ = lambda self: self._ls_seq
    base.set = OrderedSet
    pool.set = OrderedSet
    real_wait = base.wait

    def wait(fs, timeout=None, return_when=base.ALL_COMPLETED):
        done, rest = real_wait(fs, timeout, return_when)
        return base.DoneAndNotDoneFutures(OrderedSet(done), OrderedSet(rest))

    base.wait = concurrent.futures.wait = wait
    Pool = pool.ThreadPoolExecutor
    class ProcessPoolExecutor(Pool):
        def __init__(self, max_workers=None, mp_context=None, initializer=None,
                     initargs=(), max_tasks_per_child=None):
            Pool.__init__(self, 4 if max_workers is None else max_workers,
                          'ProcessPool', initializer, initargs)

    import types
    stub = types.ModuleType('concurrent.futures.process')
    stub.ProcessPoolExecutor = ProcessPoolExecutor
    stub.BrokenProcessPool = pool.BrokenThreadPool
    ProcessPoolExecutor.__module__ = 'concurrent.futures.process'
    sys.modules['concurrent.futures.process'] = stub
    concurrent.futures.ProcessPoolExecutor = ProcessPoolExecutor
    concurrent.futures.ThreadPoolExecutor = Pool
    concurrent.futures.process = stub


# --------------------------------------------------------------------------
# asyncio: loop, tasks, records
# --------------------------------------------------------------------------

ASYNCIO_DIR = None


def name_of(task):
    return task._name


def running_task():
    import asyncio
    loop = asyncio._get_running_loop()
    if loop is None:
        return None
    return asyncio.tasks._current_tasks.get(loop)


def running_name():
    task = running_task()
    return None if task is None else name_of(task)


def pending_tasks():
    """Pending tasks of the loop that is stuck, oldest first."""
    import asyncio
    found = []
    for task in list(asyncio.tasks._scheduled_tasks):
        if not task.done() and not getattr(task, '_ls_hidden', False):
            found.append(task)
    found.sort(key=lambda task: task._ls_seq)
    return found


def safe_repr(value):
    LOG.muted += 1
    try:
        text = repr(value)
    except Exception as exc:
        text = '<repr failed: %s>' % type(exc).__name__
    finally:
        LOG.muted -= 1
    return TEXTS.norm(text)[:80]


HOUSEKEEPING = ('BaseEventLoop.shutdown_asyncgens',
                'BaseEventLoop.shutdown_default_executor')


def program_callback(callback):
    """The qualified name if the callback is code of the program, else None."""
    for _ in range(20):
        inner = getattr(callback, 'func', None)
        if inner is not None and type(callback).__name__ == 'partial':
            callback = inner
        else:
            break
    function = getattr(callback, '__func__', callback)
    for _ in range(10):
        if getattr(function, '__code__', None) is None and hasattr(function, '__wrapped__'):
            function = function.__wrapped__
        else:
            break
    code = getattr(function, '__code__', None)
    if code is None and not isinstance(callback, type):
        call = getattr(type(callback), '__call__', None)
        code = getattr(call, '__code__', None)
        if code is None:
            return None
        function = call
    if code is None or code.co_filename != TEXTS.program:
        return None
    return getattr(function, '__qualname__', getattr(function, '__name__', '?'))


def frames_of(awaitable):
    """(qualname, file, frame) from the task's coroutine down to what it awaits."""
    import gc
    import inspect
    found = []
    for _ in range(500):
        if awaitable is None:
            break
        if inspect.iscoroutine(awaitable):
            frame, code, inner = awaitable.cr_frame, awaitable.cr_code, awaitable.cr_await
        elif inspect.isgenerator(awaitable):
            frame, code, inner = awaitable.gi_frame, awaitable.gi_code, awaitable.gi_yieldfrom
        elif inspect.isasyncgen(awaitable):
            frame, code, inner = awaitable.ag_frame, awaitable.ag_code, awaitable.ag_await
        else:
            kind = type(awaitable).__name__
            if kind in ('async_generator_asend', 'async_generator_athrow',
                        'coroutine_wrapper', 'anext_awaitable'):
                inner = None
                for ref in gc.get_referents(awaitable):
                    if inspect.isasyncgen(ref) or inspect.iscoroutine(ref) or \
                            type(ref).__name__ == 'async_generator_asend':
                        inner = ref
                        break
                awaitable = inner
                continue
            awaitable = getattr(awaitable, '_coro', None)
            continue
        found.append((awaitable.__qualname__, code.co_filename, frame))
        awaitable = inner
    return found


def classify(task):
    """What the suspended task waits for: the 'on' of a wait record."""
    import asyncio
    waiter = task._fut_waiter
    if waiter is None:
        ready = task._loop._ready
        if ready and ready[-1]._args:
            return 'other'
        return 'bare'
    if isinstance(waiter, asyncio.tasks.Task):
        return 'task %s' % name_of(waiter)
    if isinstance(waiter, asyncio.tasks._GatheringFuture):
        return 'gather'
    if getattr(waiter, '_ls_kind', None) == 'executor':
        return 'executor'
    library = []
    for item in reversed(frames_of(task._coro)):
        if os.path.dirname(item[1]) != ASYNCIO_DIR:
            break
        if os.path.basename(item[1]) != 'futures.py':
            library.append(item)
    if not library:
        return 'future'
    names = [item[0] for item in library]
    for name in names:
        if name.startswith('Barrier.'):
            return 'barrier'
        if name == 'Queue.join':
            return 'queue.join'
    name = names[0]
    if name == 'sleep':
        return 'sleep(%s)' % safe_repr(library[0][2].f_locals.get('delay'))
    return {'Lock.acquire': 'lock', 'Event.wait': 'event',
            'Condition.wait': 'condition', 'Semaphore.acquire': 'semaphore',
            'BoundedSemaphore.acquire': 'semaphore',
            'Queue.get': 'queue.get', 'Queue.put': 'queue.put'}.get(name, 'future')


def count_step():
    global STEPS
    STEPS += 1
    if STEPS > LIMIT:
        finish_limit('steps', LIMIT)


def before_step(task):
    if task._ls_hidden:
        return
    count_step()
    LOG.put('step', ('task', name_of(task)))


def after_step(task):
    if task._ls_hidden:
        return
    if not task.done():
        task._ls_on = on = classify(task)
        LOG.put('wait', ('task', name_of(task)), ('on', on))
        return
    if task.cancelled():
        exc = getattr(task, '_cancelled_exc', None)
        how, value = 'cancelled', 'CancelledError()' if exc is None else safe_repr(exc)
    elif task._exception is not None:
        how, value = 'exception', safe_repr(task._exception)
    else:
        how, value = 'result', safe_repr(task._result)
    LOG.put('done', ('task', name_of(task)), ('how', how), ('value', value))


def note_spawn(task):
    if getattr(task, '_ls_spawned', False):
        return
    task._ls_spawned = True
    task._ls_hidden = getattr(task._coro, '__qualname__', '') in HOUSEKEEPING
    if not task._ls_hidden:
        LOG.put('spawn', ('task', name_of(task)), ('by', running_name()))


def patch_asyncio():
    global ASYNCIO_DIR
    import itertools
    sys.modules['_asyncio'] = None      # the pure Python Task and Future
    import asyncio
    import asyncio.base_events
    import asyncio.events as events
    import asyncio.futures as futures
    import asyncio.tasks as tasks
    import asyncio.unix_events as unix_events
    import signal
    ASYNCIO_DIR = os.path.dirname(asyncio.__file__)
    Future, Task = futures.Future, tasks.Task
    assert Task is tasks._PyTask and Future is futures._PyFuture
    assert tasks._task_name_counter() == 1
    tasks._task_name_counter = itertools.count(1).__next__
    Future.__module__ = Task.__module__ = '_asyncio'

    # -- identity: creation order instead of addresses --------------------
    created = itertools.count(1)
    tasks_created = itertools.count(1)

    def new_future(cls, *args, **kwargs):
        self = object.__new__(cls)
        self._ls_seq = next(created)
        if issubclass(cls, Task):
            self._ls_hash = next(tasks_created)
        else:
            self._ls_hash = (1 << 20) + self._ls_seq
        return self

    Future.__new__ = staticmethod(new_future)
    Future.__hash__ = lambda self: self._ls_hash
    Task._ls_hidden = False

    # -- what the C version says -----------------------------------------
    invalid = futures.exceptions.InvalidStateError
    plain_set_result, plain_set_exception = Future.set_result, Future.set_exception
    plain_result, plain_exception = Future.result, Future.exception

    def set_result(self, result):
        if self._state != 'PENDING':
            raise invalid('invalid state')
        plain_set_result(self, result)

    def set_exception(self, exception):
        if self._state != 'PENDING':
            raise invalid('invalid state')
        probe = exception
        if isinstance(exception, type) and issubclass(exception, BaseException):
            exception = exception()
        if not isinstance(exception, BaseException):
            raise TypeError('invalid exception object')
        plain_set_exception(self, exception)

    def result(self):
        if self._state == 'PENDING':
            raise invalid('Result is not set.')
        if self._state == 'CANCELLED':
            raise self._make_cancelled_error()  # no variable holds it: what it reaches is no cycle
        return plain_result(self)

    def exception(self):
        if self._state == 'CANCELLED':
            raise self._make_cancelled_error()
        return plain_exception(self)

    for function, name in ((set_result, 'set_result'), (set_exception, 'set_exception'),
                           (result, 'result'), (exception, 'exception')):
        function.__qualname__ = 'Future.' + name
        setattr(Future, name, function)

    # -- steps --------------------------------------------------------------
    plain_step = Task._Task__step_run_and_handle_result

    def step(self, exc=None):
        before_step(self)
        try:
            plain_step(self, exc)
        finally:
            after_step(self)
            self = exc = None
            sys._getframe(1).f_locals['exc'] = None     # of the caller, which the C version has not

    step.__qualname__ = 'Task.__step'
    Task._Task__step_run_and_handle_result = step

    plain_cancel = Task.cancel

    def cancel(self, *args, **kwargs):
        accepted = plain_cancel(self, *args, **kwargs)
        if accepted and not self._ls_hidden:
            LOG.put('cancel', ('task', name_of(self)), ('by', running_name()))
        return accepted

    cancel.__qualname__ = 'Task.cancel'
    Task.cancel = cancel

    # frames that do not exist in the C version
    inner_names = ('result', '__await__', '__iter__', '__wakeup', '__step',
                   '__step_run_and_handle_result', '__eager_start', 'step',
                   'set_result', 'set_exception')
    inner_files = (futures.__file__, tasks.__file__, os.path.abspath(__file__))
    plain_get_stack = Task.get_stack

    def get_stack(self, *, limit=None):
        found = [f for f in plain_get_stack(self)
                 if not (f.f_code.co_name in inner_names
                         and f.f_code.co_filename in inner_files)]
        if limit is not None and limit < len(found):
            found = found[-limit:] if not self.done() else found[:limit]
        return found

    get_stack.__qualname__ = 'Task.get_stack'
    Task.get_stack = get_stack

    # where a handle or future was created (debug mode): the same ten frames as with the
    # C version. An innermost __init__ is kept but not counted, its caller cuts it off.
    def extract_stack(f=None, limit=None):
        import traceback
        if f is None:
            f = sys._getframe().f_back
        if limit is None:
            limit = asyncio.constants.DEBUG_STACK_DEPTH
        kept, counted = [], 0
        while f is not None and counted < limit:
            file, name = f.f_code.co_filename, f.f_code.co_name
            extra = (file == inner_files[2] and name != 'call_at'
                     or file in inner_files and name in inner_names
                     or file == tasks.__file__ and name == '__init__')
            if not extra:
                counted += 1
            if not extra or (not counted and name == '__init__'):
                kept.append((f, f.f_lineno))
            f = f.f_back
        stack = traceback.StackSummary.extract(iter(kept), lookup_lines=False)
        stack.reverse()
        return stack

    asyncio.format_helpers.extract_stack = extract_stack

    # -- spawns ---------------------------------------------------------------
    plain_register = tasks._register_task

    def register_task(task):
        note_spawn(task)
        plain_register(task)

    tasks._register_task = asyncio._register_task = register_task
    plain_eager = tasks._register_eager_task

    def register_eager_task(task):
        note_spawn(task)
        plain_eager(task)

    tasks._register_eager_task = register_eager_task

    # -- callbacks ------------------------------------------------------------
    plain_run = events.Handle._run

    def handle_run(self):
        name = program_callback(self._callback)
        if name is not None:
            LOG.put('cb', ('name', name))
        try:
            plain_run(self)
        finally:
            self = None         # no reference cycle through this frame

    events.Handle._run = handle_run

    # -- fixed orders -----------------------------------------------------------
    tasks.set = OrderedSet
    plain_all_tasks = tasks.all_tasks

    def all_tasks(loop=None):
        return OrderedSet(plain_all_tasks(loop))

    all_tasks.__qualname__ = 'all_tasks'
    tasks.all_tasks = asyncio.all_tasks = all_tasks
    import asyncio.taskgroups as taskgroups
    taskgroups.set = OrderedSet

    # -- executor futures ---------------------------------------------------------
    plain_wrap = futures.wrap_future

    def wrap_future(future, *, loop=None):
        wrapped = plain_wrap(future, loop=loop)
        if wrapped is not future:
            wrapped._ls_kind = 'executor'
        return wrapped

    wrap_future.__qualname__ = 'wrap_future'
    futures.wrap_future = asyncio.wrap_future = wrap_future

    # -- the loop -----------------------------------------------------------------
    base_loop = asyncio.base_events.BaseEventLoop
    sim = SIM
    timer_order = itertools.count(1)

    class Timer(events.TimerHandle):
        """Ordered by (microsecond, order of scheduling)."""

        __slots__ = ['_ls_key', '_ls_ns', '_ls_when']

        def __init__(self, when, callback, args, loop, context=None):
            super().__init__(when, callback, args, loop, context)
            self._ls_when = when
            self._ls_ns = to_ns(when)
            us = to_us(self._ls_ns)
            self._ls_key = (us, next(timer_order))
            self._when = us / 1e6

        def __lt__(self, other):
            return self._ls_key < other._ls_key

        def when(self):
            return self._ls_when

        def _repr_info(self):
            info = super()._repr_info()
            pos = 2 if self._cancelled else 1
            if len(info) > pos and info[pos].startswith('when='):
                info[pos] = 'when=%s' % self._ls_when
            return info

    Timer.__name__ = Timer.__qualname__ = 'TimerHandle'

    class Selector:
        """Never looks at files; moves the virtual clock."""

        def __init__(self):
            self.loop = None

        def select(self, timeout=None):
            loop = self.loop
            if timeout is not None and timeout <= 0:
                if sim.now != loop._ls_spin_now:
                    loop._ls_spin_now, loop._ls_spin_turns = sim.now, 0
                loop._ls_spin_turns += 1
                if loop._ls_spin_turns > SPIN_FREE_TURNS:
                    deadline = sim.next_deadline(loop._scheduled)
                    if deadline is not None:
                        loop._ls_spin_turns = 0
                        sim.block(deadline, 'select')
                sim.yield_to_others()
                loop._ls_woken = False
                return []
            while not loop._ls_woken:
                deadline = None
                if timeout is not None:
                    deadline = loop._scheduled[0]._ls_ns
                loop._ls_sleeper = sim.current
                try:
                    reason = sim.block(deadline, 'select')
                finally:
                    loop._ls_sleeper = None
                if reason == 'timeout':
                    break
            loop._ls_woken = False
            return []

        def close(self):
            self.loop = None

        def get_map(self):
            return {}

        def get_key(self, fileobj):
            raise KeyError(fileobj)

        def register(self, *args):
            die('watching a real file or socket')

        modify = unregister = register

    Selector.__name__ = Selector.__qualname__ = 'EpollSelector'

    class Loop(unix_events.SelectorEventLoop):
        def __init__(self, selector=None):
            self._ls_woken = False
            self._ls_sleeper = None
            self._ls_spin_now = None
            self._ls_spin_turns = 0
            chooser = Selector()
            super().__init__(chooser)
            chooser.loop = self
            self._asyncgens = OrderedWeakSet()

        # the clock, as the program and as the library see it
        def time(self):
            if from_library():
                return as_seconds(sim.now)
            return as_seconds(sim.program_read())

        @property
        def _clock_resolution(self):
            # makes "when < now + resolution" mean "not a later microsecond"
            return sim.now_us() / 1e6 + 5e-7 - as_seconds(sim.now)

        @_clock_resolution.setter
        def _clock_resolution(self, value):
            pass

        def call_at(self, when, callback, *args, context=None):
            if when is None:
                raise TypeError('when cannot be None')
            self._check_closed()
            if self._debug:
                self._check_thread()
                self._check_callback(callback, 'call_at')
            timer = Timer(when, callback, args, self, context)
            if timer._source_traceback:
                del timer._source_traceback[-1]
            import heapq
            heapq.heappush(self._scheduled, timer)
            timer._scheduled = True
            return timer

        # waking up: no self-pipe, a flag
        def _make_self_pipe(self):
            self._ssock = self._csock = None
            self._internal_fds = 1

        def _close_self_pipe(self):
            self._internal_fds = 0

        def _write_to_self(self):
            self._ls_woken = True
            if self._ls_sleeper is not None:
                sim.wake(self._ls_sleeper)

        def _process_events(self, event_list):
            pass

        # signals
        def add_signal_handler(self, sig, callback, *args):
            import inspect
            if inspect.iscoroutine(callback) or inspect.iscoroutinefunction(callback):
                raise TypeError('coroutines cannot be used with add_signal_handler()')
            self._check_signal(sig)
            self._check_closed()
            if sim.current is not sim.main:
                raise RuntimeError('set_wakeup_fd only works in main thread')
            self._signal_handlers[sig] = events.Handle(callback, args, self, None)
            signal.signal(sig, lambda number, frame: self._handle_signal(number))

        def remove_signal_handler(self, sig):
            self._check_signal(sig)
            if sig not in self._signal_handlers:
                return False
            del self._signal_handlers[sig]
            signal.signal(sig, signal.default_int_handler
                          if sig == signal.SIGINT else signal.SIG_DFL)
            return True

        def _ls_refuse(what):
            def refuse(self, *args, **kwargs):
                die('loop.%s (no real I/O)' % what)
            return refuse

        for _name in ('create_connection', 'create_server', 'create_datagram_endpoint',
                      'create_unix_connection', 'create_unix_server', 'sock_recv',
                      'sock_sendall', 'sock_connect', 'sock_accept', 'add_reader',
                      'add_writer', 'subprocess_exec', 'subprocess_shell',
                      'connect_read_pipe', 'connect_write_pipe', 'getaddrinfo',
                      'getnameinfo', 'sendfile', 'start_tls'):
            locals()[_name] = _ls_refuse(_name)
        del _name

    Loop.__name__ = Loop.__qualname__ = '_UnixSelectorEventLoop'
    Loop.__module__ = 'asyncio.unix_events'

    for module in (asyncio, unix_events):
        module.SelectorEventLoop = Loop
        module.EventLoop = Loop
    unix_events._UnixSelectorEventLoop = Loop

    class Policy(unix_events._UnixDefaultEventLoopPolicy):
        _loop_factory = Loop

    Policy.__name__ = Policy.__qualname__ = '_UnixDefaultEventLoopPolicy'
    Policy.__module__ = 'asyncio.unix_events'
    asyncio.DefaultEventLoopPolicy = Policy
    events._event_loop_policy = Policy()

    def interrupt():
        handler = signal.getsignal(signal.SIGINT)
        if callable(handler):
            handler(signal.SIGINT, sys._getframe(1))
        elif handler == signal.SIG_DFL:
            flush_streams()
            LOG.put('exit', ('code', 130), ('error', None))
            leave(130)

    sim.on_interrupt = interrupt

    def no_real_time(what):
        def refuse(*args, **kwargs):
            die('signal.%s (real time)' % what)
        return refuse

    for what in ('alarm', 'setitimer', 'pause', 'sigwait', 'sigtimedwait'):
        setattr(signal, what, no_real_time(what))

    import subprocess

    def no_process(*args, **kwargs):
        die('starting a process')

    subprocess.Popen = no_process
    subprocess._fork_exec = no_process


# --------------------------------------------------------------------------
# running the program
# --------------------------------------------------------------------------

def program_builtins():
    """builtins with an id() that counts: ids in the order of first request."""
    import builtins
    import types
    mine = types.ModuleType('builtins')
    mine.__dict__.update(builtins.__dict__)
    known = {}

    def give_id(obj):
        key = id(obj)
        entry = known.get(key)
        if entry is None:
            entry = known[key] = (140000000000000 + 16 * (len(known) + 1), obj)
        return entry[0]

    give_id.__name__ = give_id.__qualname__ = 'id'
    mine.id = give_id
    return mine


def error_line(exc):
    import traceback
    lines = traceback.format_exception_only(type(exc), exc)
    line = lines[-1] if isinstance(exc, SyntaxError) else lines[0]
    return TEXTS.norm(line.rstrip('\n'))


def own_part(tb):
    """The traceback without the oracle's own frames on top."""
    own = os.path.abspath(__file__)
    while tb is not None and os.path.abspath(tb.tb_frame.f_code.co_filename) == own:
        tb = tb.tb_next
    return tb


def show_uncaught(exc):
    import traceback
    tb = own_part(exc.__traceback__)
    hook = sys.excepthook
    if hook is sys.__excepthook__:
        for part in traceback.format_exception(type(exc), exc, tb):
            sys.stderr.write(part)
    else:
        try:
            hook(type(exc), exc, tb)
        except Exception:
            sys.stderr.write('Error in sys.excepthook:\n')


def run_program(source, name):
    import linecache
    import types
    lines = source.splitlines(True)
    linecache.cache[name] = (len(source), None, lines, name)
    module = types.ModuleType('__main__')
    module.__file__ = name
    module.__builtins__ = program_builtins()
    module.__dict__.setdefault('__annotations__', {})
    sys.modules['__main__'] = module
    sys.argv = [name]
    code, error = 0, None
    try:
        exec(compile(source, name, 'exec', 0, True), module.__dict__)
    except SystemExit as exc:
        value = exc.code
        if value is None:
            code = 0
        elif isinstance(value, int):
            code = value & 0xff
        else:
            sys.stderr.write('%s\n' % (value,))
            code = 1
    except BaseException as exc:
        code = 130 if isinstance(exc, KeyboardInterrupt) else 1
        if isinstance(exc, SyntaxError) and exc.filename == name and not exc.text \
                and exc.lineno and exc.lineno <= len(lines):
            exc.text = lines[exc.lineno - 1]
        error = error_line(exc)
        show_uncaught(exc)
        exc.__traceback__ = own_part(exc.__traceback__)
        sys.last_exc = exc      # kept until the interpreter winds down
    return module, code, error


def wind_down(module):
    """What the interpreter does between the last line and the end."""
    import atexit
    import gc
    import threading
    for call in reversed(getattr(threading, '_threading_atexits', [])):
        try:
            call()
        except BaseException:
            pass
    for thread in list(SIM.threads):
        owner = thread.thread
        if thread.main or thread.done or (owner is not None and owner.daemon) \
                or owner is None:
            continue
        SIM.join(thread)
    atexit._run_exitfuncs()
    gc.collect()
    # from here on the interpreter warns without the help of the warnings module
    import warnings
    if hasattr(warnings, '_warn_unawaited_coroutine'):
        del warnings._warn_unawaited_coroutine
    sys.last_exc = None
    gc.collect()
    space = module.__dict__
    for key in list(space):
        if key.startswith('_') and not key.startswith('__'):
            space[key] = None
    for key in list(space):
        if key != '__builtins__' and space[key] is not None:
            space[key] = None
    gc.collect()


# What most programs need; nothing here has looked at the clock or at threads yet.
COMMON = ('ssl', 'socket', 'selectors', 'signal', 'random', 'tempfile', 'inspect', 'traceback', 'contextvars')
LONGEST = 120           # seconds of processor time


def serve():
    """Runs the programs that stdin names, each in a process of its own that need not start anew.

    A line names a program and its log, with a tab between; the answer is the exit code, or -1.
    """
    import resource
    restart_clean()
    for name in COMMON:
        __import__(name)
    while True:
        request = sys.stdin.buffer.readline().decode('utf-8').rstrip('\n')
        if not request:
            return
        child = os.fork()
        if child == 0:
            resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))
            program, log = request.split('\t')
            sys.argv[1:] = [program, '--log', log]
            try:
                main()
            finally:
                os._exit(70)
        status = os.waitpid(child, 0)[1]
        os.write(1, b'%d\n' % (os.WEXITSTATUS(status) if os.WIFEXITED(status) else -1))


def main():
    global LOG, SIM, TEXTS, LIMIT
    opts = parse_args(sys.argv[1:])
    restart_clean()
    try:
        with open(opts.program, 'rb') as file:
            raw_source = file.read()
    except OSError as exc:
        usage_error(str(exc))
    source = raw_source.decode('utf-8-sig').replace('\r\n', '\n').replace('\r', '\n')
    apply_header(opts, source)
    name = os.path.basename(opts.program)
    program_dir = os.path.dirname(os.path.abspath(opts.program))
    log_target = None if opts.log in (None, '-') else os.path.abspath(opts.log)
    LIMIT = opts.limit_steps
    TEXTS = Texts(name)
    TEXTS.own_names = 'class Future' in source or 'class Task' in source
    SIM = Sim(raw_threads())
    LOG = Log(log_target)
    STREAMS.append(Stream('out', '<stdout>'))
    STREAMS.append(Stream('err', '<stderr>'))
    enter_scratch(name, raw_source)
    patch_time()
    patch_threading()
    patch_datetime()
    patch_futures()
    patch_os(opts.seed)
    patch_asyncio()
    import gc
    import io
    import random
    import traceback    # before the program can shadow anything
    import warnings
    import logging
    sys.path[:] = [p for p in sys.path if p != HERE] + [program_dir]
    sys.stdout, sys.stderr = STREAMS
    sys.__stdout__, sys.__stderr__ = STREAMS
    sys.stdin = sys.__stdin__ = io.StringIO('')
    random.seed(opts.seed)
    gc.collect()
    gc.disable()
    if opts.interrupt_at is not None:
        SIM.set_interrupt(opts.interrupt_at)
    module, code, error = run_program(source, name)
    try:
        wind_down(module)
    except BaseException as exc:
        show_uncaught(exc)
    flush_streams()
    LOG.put('exit', ('code', code), ('error', error))
    leave(code)


if __name__ == '__main__':
    if sys.argv[1:] == ['--serve']:
        serve()
    else:
        main()
