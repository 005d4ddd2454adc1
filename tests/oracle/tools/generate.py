"""Random asyncio programs for Python 3.13.

A program is a function of its seed and size, does the same every time, always ends (possibly
in a deadlock), and stays far below 2,000 steps. The size is roughly the number of statements
of each function. The programs of a seed never change: what is new goes into another generator.
"""

import random

DELAYS = ['0', '0.1', '0.1', '0.2', '0.2', '0.3', '0.5']
LONGER = ['0.2', '0.3', '0.4', '0.6']
MAX_COST = 1400         # estimated steps of the whole program, never more

HEAD = '''\
import asyncio
%s

counts = {}
registry = []
level = 0


def say(*words):
    task = asyncio.current_task()
    name = task.get_name() if task else 'loop'
    counts[name] = counts.get(name, 0) + 1
    print(name, counts[name], *words)


def start(coro, name):
    task = asyncio.create_task(coro, name=name)
    registry.append(task)
    return task


def fire(tag):
    say('callback', tag)


def finished(task):
    if task.cancelled():
        say('done-callback', task.get_name(), 'cancelled')
    elif task.exception() is not None:
        say('done-callback', task.get_name(), repr(task.exception()))
    else:
        say('done-callback', task.get_name(), task.result())


def settle(future, value):
    if not future.done():
        future.set_result(value)


def raise_level():
    global level
    level += 1
    return level


async def ticks(n, delay):
    try:
        for i in range(n):
            await asyncio.sleep(delay)
            yield i
    finally:
        say('ticks closed')

'''


class Function:
    def __init__(self, name):
        self.name = name
        self.cost = 0
        self.lines = []


class Gen:
    kind = 'loopscope'

    def __init__(self, seed, size, threads=False):
        self.rng = random.Random('%s %d %d' % (self.kind, seed, size))
        self.size = size
        self.threads = threads
        self.functions = []         # callable ones, cheapest last made
        self.labels = 0
        self.names = 0
        self.locks = self.rng.randint(1, 2)
        self.events = self.rng.randint(1, 2)
        self.conds = 1
        self.sems = 1
        self.queues = self.rng.randint(1, 2)
        self.room = 0

    # -- small helpers ---------------------------------------------------

    def pick(self, items):
        return items[self.rng.randrange(len(items))]

    def chance(self, p):
        return self.rng.random() < p

    def label(self):
        self.labels += 1
        return self.labels

    def new_name(self):
        self.names += 1
        return 't%d' % self.names

    def delay(self):
        return self.pick(DELAYS)

    def longer(self):
        return self.pick(LONGER)

    def callee(self):
        """A call of an existing function that still fits, or None."""
        fit = [f for f in self.functions if f.cost + 2 <= self.room]
        if not fit:
            return None
        f = self.pick(fit)
        self.room -= f.cost + 2
        self.used += f.cost + 2
        return "%s(%d)" % (f.name, self.label())

    def callees(self, low, high):
        out = []
        for _ in range(self.rng.randint(low, high)):
            call = self.callee()
            if call:
                out.append(call)
        return out

    def spend(self, steps):
        self.room -= steps
        self.used += steps

    # -- statements --------------------------------------------------------
    def block(self, depth, count):
        lines = []
        for _ in range(count):
            lines.extend(self.statement(depth))
        return lines or ['pass']

    @staticmethod
    def indent(lines):
        return ['    ' + l for l in lines]

    def menu(self, depth):
        menu = [('say', 3), ('sleep', 6), ('lock', 3), ('sem', 2), ('event', 3), ('cond', 3),
                ('queue', 4), ('spawn', 4), ('cancel', 2), ('raise_', 1), ('callback', 2),
                ('future', 1), ('rotate', 1)]
        if depth > 0:
            menu += [('try_', 3), ('loop_', 2), ('timeout', 3), ('wait_for', 2),
                     ('gather', 3), ('wait', 3), ('as_completed', 2), ('group', 3),
                     ('shield', 2), ('agen', 1), ('guard', 2)]
        if self.threads:
            menu.append(('thread', 2))
        return menu

    def statement(self, depth):
        menu = self.menu(depth)
        total = sum(w for _, w in menu)
        at = self.rng.randrange(total)
        for name, weight in menu:
            at -= weight
            if at < 0:
                break
        return getattr(self, 'do_' + name)(depth)

    def do_say(self, depth):
        return ["say('mark %d')" % self.label()]

    def do_sleep(self, depth):
        self.spend(1)
        lines = ['await asyncio.sleep(%s)' % self.delay()]
        if self.chance(0.6):
            lines.append("say('slept %d')" % self.label())
        return lines

    def do_rotate(self, depth):
        n = self.rng.randint(1, 3)
        self.spend(n)
        return ['await asyncio.sleep(0)'] * n

    def do_lock(self, depth):
        self.spend(2)
        name = 'lock%d' % self.rng.randrange(self.locks)
        inner = self.block(0, self.rng.randint(1, 2))
        return ['async with %s:' % name] + self.indent(
            ["say('holds %s')" % name] + inner)

    def do_sem(self, depth):
        self.spend(2)
        inner = ["say('inside sem')", 'await asyncio.sleep(%s)' % self.delay()]
        self.spend(1)
        return ['async with sem0:'] + self.indent(inner)

    def do_event(self, depth):
        name = 'event%d' % self.rng.randrange(self.events)
        kind = self.rng.randrange(5)
        if kind == 0:
            return ["%s.clear()" % name]
        if kind in (1, 2):
            return ["%s.set()" % name, "say('set %s')" % name]
        self.spend(1)
        return ['await %s.wait()' % name, "say('passed %s')" % name]

    def do_cond(self, depth):
        self.spend(3)
        kind = self.rng.randrange(4)
        if kind == 0:
            body = ["say('waits cond')", 'await cond0.wait()', "say('woken')"]
        elif kind == 1:
            body = ['await cond0.wait_for(lambda: level >= %d)' % self.rng.randint(1, 3),
                    "say('level', level)"]
        elif kind == 2:
            body = ['raise_level()', 'cond0.notify(%d)' % self.rng.randint(1, 2),
                    "say('notified')"]
        else:
            body = ['raise_level()', 'cond0.notify_all()', 'await asyncio.sleep(%s)' % self.delay()]
        return ['async with cond0:'] + self.indent(body)

    def do_queue(self, depth):
        name = 'queue%d' % self.rng.randrange(self.queues)
        kind = self.rng.randrange(6)
        self.spend(1)
        if kind in (0, 1):
            return ["await %s.put(%d)" % (name, self.label()), "say('put', %s.qsize())" % name]
        if kind in (2, 3):
            return ["say('got', await %s.get())" % name]
        if kind == 4:
            return ['try:', "    %s.put_nowait(%d)" % (name, self.label()),
                    'except asyncio.QueueFull:', "    say('full')"]
        return ['try:', "    say('got now', %s.get_nowait())" % name,
                'except asyncio.QueueEmpty:', "    say('empty')"]

    def do_spawn(self, depth):
        call = self.callee()
        if call is None:
            return self.do_say(depth)
        var = self.new_name()
        lines = ["%s = start(%s, '%s')" % (var, call, var)]
        if self.chance(0.3):
            lines.append('%s.add_done_callback(finished)' % var)
        if self.chance(0.5):
            lines.extend(self.do_sleep(0))
        what = self.rng.randrange(4)
        if what == 0:
            lines.append("say('cancel %s', %s.cancel())" % (var, var))
        elif what in (1, 2):
            self.spend(1)
            lines += ['try:', "    say('joined', await %s)" % var,
                      'except (ValueError, KeyError, TimeoutError) as exc:',
                      "    say('join failed', repr(exc))"]
        return lines

    def do_cancel(self, depth):
        n = self.rng.randrange(6)
        msg = "'c%d'" % self.label() if self.chance(0.3) else ''
        lines = ['if len(registry) > %d:' % n,
                 "    say('cancels', registry[%d].get_name(), registry[%d].cancel(%s))" % (n, n, msg)]
        return lines

    def do_raise_(self, depth):
        exc = self.pick(['ValueError', 'KeyError', 'ValueError'])
        return ["if counts.get(asyncio.current_task().get_name(), 0) %% %d == 0:"
                % self.rng.randint(2, 4),
                "    raise %s('e%d')" % (exc, self.label())]

    def do_callback(self, depth):
        kind = self.rng.randrange(4)
        tag = self.label()
        if kind == 0:
            return ['asyncio.get_running_loop().call_soon(fire, %d)' % tag]
        if kind == 1:
            return ['handle = asyncio.get_running_loop().call_later(%s, fire, %d)'
                    % (self.delay(), tag),
                    'await asyncio.sleep(%s)' % self.delay(), 'handle.cancel()']
        if kind == 2:
            name = 'event%d' % self.rng.randrange(self.events)
            return ['asyncio.get_running_loop().call_later(%s, %s.set)' % (self.delay(), name)]
        return ['asyncio.get_running_loop().call_later(%s, fire, %d)' % (self.delay(), tag)]

    def do_future(self, depth):
        self.spend(1)
        tag = self.label()
        return ['future = asyncio.get_running_loop().create_future()',
                'asyncio.get_running_loop().call_later(%s, settle, future, %d)'
                % (self.delay(), tag), "say('future', await future)"]

    def do_thread(self, depth):
        self.spend(1)
        return ["await asyncio.to_thread(time.sleep, %s)" % self.delay(), "say('thread done')"]

    # -- statements with blocks -----------------------------------------------
    def do_try_(self, depth):
        body = self.block(depth - 1, self.rng.randint(1, 3))
        lines = ['try:'] + self.indent(body)
        kind = self.rng.randrange(4)
        tag = self.label()
        if kind == 0:
            lines += ['finally:', "    say('finally %d')" % tag]
            if self.chance(0.4):
                self.spend(1)
                lines.append('    await asyncio.sleep(%s)' % self.delay())
        elif kind == 1:
            lines += ['except asyncio.CancelledError as exc:',
                      "    say('cancelled %d', exc.args)" % tag]
            if self.chance(0.75):
                lines.append('    raise')
        else:
            lines += ['except (ValueError, KeyError) as exc:', "    say('caught', repr(exc))"]
            if self.chance(0.3):
                lines += ['else:', "    say('no error %d')" % tag]
        return lines

    def do_guard(self, depth):
        body = self.block(depth - 1, self.rng.randint(1, 2))
        return ['try:'] + self.indent(body) + \
            ['except Exception as exc:', "    say('any', type(exc).__name__, exc)"]

    def do_loop_(self, depth):
        n = self.rng.randint(2, 3)
        before = self.used
        body = self.block(depth - 1, self.rng.randint(1, 2))
        self.spend((self.used - before) * (n - 1))
        return ['for i in range(%d):' % n] + self.indent(["say('turn', i)"] + body)

    def do_timeout(self, depth):
        body = self.block(depth - 1, self.rng.randint(1, 3))
        lines = ['async with asyncio.timeout(%s):' % self.longer()] + self.indent(body)
        if self.chance(0.85):
            lines = ['try:'] + self.indent(lines) + \
                ['except TimeoutError:', "    say('timeout %d')" % self.label()]
        return lines

    def do_wait_for(self, depth):
        call = self.callee()
        if call is None:
            return self.do_sleep(depth)
        return ['try:', "    say('in time', await asyncio.wait_for(%s, %s))"
                % (call, self.longer()),
                'except (TimeoutError, ValueError, KeyError) as exc:',
                "    say('wait_for', repr(exc))"]

    def do_gather(self, depth):
        calls = self.callees(1, 3)
        if not calls:
            return self.do_sleep(depth)
        flag = self.chance(0.5)
        lines = ["say('gathered', await asyncio.gather(%s%s))"
                 % (', '.join(calls), ', return_exceptions=True' if flag else '')]
        if not flag and self.chance(0.8):
            lines = ['try:'] + self.indent(lines) + \
                ['except (ValueError, KeyError, TimeoutError) as exc:',
                 "    say('gather failed', repr(exc))"]
        return lines

    def tasks_for(self, calls):
        lines, names = [], []
        for call in calls:
            var = self.new_name()
            names.append(var)
            lines.append("%s = start(%s, '%s')" % (var, call, var))
        return lines, names

    def do_wait(self, depth):
        calls = self.callees(2, 3)
        if not calls:
            return self.do_sleep(depth)
        lines, names = self.tasks_for(calls)
        mode = self.pick(['ALL_COMPLETED', 'FIRST_COMPLETED', 'FIRST_EXCEPTION'])
        limit = ', timeout=%s' % self.longer() if self.chance(0.5) else ''
        lines += ['done, pending = await asyncio.wait([%s]%s, return_when=asyncio.%s)'
                  % (', '.join(names), limit, mode),
                  "say('wait', sorted(t.get_name() for t in done), "
                  "sorted(t.get_name() for t in pending))"]
        if self.chance(0.5):
            lines += ['for t in [%s]:' % ', '.join(names), '    if t in pending:',
                      "        say('cancel pending', t.cancel())"]
        return lines

    def do_as_completed(self, depth):
        calls = self.callees(2, 3)
        if not calls:
            return self.do_sleep(depth)
        lines, names = self.tasks_for(calls)
        limit = ', timeout=%s' % self.longer() if self.chance(0.4) else ''
        if self.chance(0.5):
            lines += ['try:',
                      '    async for t in asyncio.as_completed([%s]%s):' % (', '.join(names), limit),
                      "        say('completed', t.get_name())",
                      'except TimeoutError:', "    say('as_completed timeout')"]
        else:
            lines += ['for item in asyncio.as_completed([%s]%s):' % (', '.join(names), limit),
                      '    try:', "        say('completed', await item)",
                      '    except (ValueError, KeyError, TimeoutError) as exc:',
                      "        say('completed with', repr(exc))"]
        return lines

    def do_group(self, depth):
        calls = self.callees(1, 3)
        if not calls:
            return self.do_sleep(depth)
        body = []
        for call in calls:
            var = self.new_name()
            body.append("registry.append(tg.create_task(%s, name='%s'))" % (call, var))
        if self.chance(0.5):
            body.extend(self.block(0, 1))
        lines = ['async with asyncio.TaskGroup() as tg:'] + self.indent(body)
        if self.chance(0.8):
            lines = ['try:'] + self.indent(lines) + [
                'except* (ValueError, KeyError) as group:',
                "    say('group', sorted(repr(e) for e in group.exceptions))"]
        lines.append("say('group left %d')" % self.label())
        return lines

    def do_shield(self, depth):
        call = self.callee()
        if call is None:
            return self.do_sleep(depth)
        var = self.new_name()
        self.spend(2)
        return ["%s = start(%s, '%s')" % (var, call, var), 'try:',
                "    say('shielded', await asyncio.wait_for(asyncio.shield(%s), %s))"
                % (var, self.longer()),
                'except (TimeoutError, ValueError, KeyError) as exc:',
                "    say('shield', repr(exc), %s.done())" % var]

    def do_agen(self, depth):
        n = self.rng.randint(2, 3)
        self.spend(n)
        lines = ['async for i in ticks(%d, %s):' % (n, self.delay()), "    say('tick', i)"]
        if self.chance(0.3):
            lines += ['    if i == 1:', '        break']
        return lines

    # -- the program ---------------------------------------------------------------
    def function(self, index, room):
        f = Function('work%d' % index)
        self.room, self.used = room, 1
        depth = self.rng.randint(1, 2)
        low = max(2, self.size // 4)
        body = ["say('enter %s', n)" % f.name]
        body += self.block(depth, self.rng.randint(low, max(low, self.size // 2)))
        if self.chance(0.7):
            body.append("return '%s-' + str(n)" % f.name)
        f.cost = self.used + 1
        f.lines = ['async def %s(n):' % f.name] + self.indent(body)
        return f

    def build(self):
        out = []
        count = self.rng.randint(3, 5)
        room = max(12, self.size)
        for index in range(count):
            f = self.function(index, room)
            self.functions.append(f)
            out += f.lines + ['', '']
            room = min(room * 2, 12 * self.size)
        self.room, self.used = min(MAX_COST, 70 * self.size), 1
        main = []
        for _ in range(self.rng.randint(1, 3)):
            call = self.callee()
            var = self.new_name()
            main.append("%s = start(%s, '%s')" % (var, call, var))
        main += self.block(2, max(3, self.size // 2))
        if self.chance(0.85):
            main = ['try:', '    async with asyncio.timeout(%s):' % self.pick(['1', '2', '3'])] + \
                self.indent(self.indent(main)) + \
                ['except TimeoutError:', "    say('main timeout')"]
        make = []
        for i in range(self.locks):
            make.append('global lock%d' % i)
            make.append('lock%d = asyncio.Lock()' % i)
        for i in range(self.events):
            make.append('global event%d' % i)
            make.append('event%d = asyncio.Event()' % i)
        for i in range(self.queues):
            make.append('global queue%d' % i)
            make.append('queue%d = asyncio.%s(%d)' % (
                i, self.pick(['Queue', 'Queue', 'LifoQueue', 'PriorityQueue']),
                self.rng.randint(1, 3)))
        make.append('global cond0, sem0')
        make.append('cond0 = asyncio.Condition()')
        make.append('sem0 = asyncio.Semaphore(%d)' % self.rng.randint(1, 2))
        out += ['async def main():'] + self.indent(make + main) + ['', '']
        out += ['try:', '    asyncio.run(main())', 'finally:', '    for task in registry:',
                '        if task.done() and not task.cancelled():',
                '            task.exception()',
                "print('end', level, sorted(counts.items()))"]
        return HEAD % ('import time\n' if self.threads else '') + '\n'.join(out) + '\n'
