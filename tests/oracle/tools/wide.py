"""Random asyncio programs that use what `generate` does not: the rest of the public surface.

They are built like its programs, from the same statements and more. What a program may need
besides is an option: `eager` tasks, `threads`.
"""

from generate import Gen

HELPERS = '''\
import contextlib
import contextvars

where = contextvars.ContextVar('where', default='nowhere')


class Twice:
    """Waits two turns."""

    def __await__(self):
        yield
        yield
        return 'twice'


class Nap:
    """Waits through a coroutine of its own."""

    def __init__(self, delay):
        self.delay = delay

    def __await__(self):
        say('nap begins')
        yield from asyncio.sleep(self.delay).__await__()
        return 'nap %s' % self.delay


class Room:
    def __init__(self, tag, fails=False):
        self.tag, self.fails = tag, fails

    async def __aenter__(self):
        await asyncio.sleep(0)
        say('enter room', self.tag)
        return self

    async def __aexit__(self, kind, error, trace):
        say('leave room', self.tag, kind and kind.__name__)
        await asyncio.sleep(0)
        if self.fails:
            raise ValueError('room %s' % self.tag)


class Count:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.n == 0:
            raise StopAsyncIteration
        self.n -= 1
        await asyncio.sleep(0)
        return self.n


async def leave(tag):
    await asyncio.sleep(0)
    say('left', tag)


def explode(tag):
    raise LookupError('callback %s' % tag)


def handle(loop, context):
    say('handler', context.get('message'), repr(context.get('exception')))


def tell(group):
    return sorted(tell(e) if isinstance(e, BaseExceptionGroup) else repr(e) for e in group.exceptions)

'''
ERRORS = '(ValueError, KeyError, LookupError, TimeoutError)'


class Wide(Gen):
    kind = 'wide'

    def __init__(self, seed, size, options=()):
        super().__init__(seed, size, 'threads' in options)
        self.is_eager = 'eager' in options and self.chance(0.3)

    def menu(self, depth):
        menu = super().menu(depth)
        menu += [('handles', 2), ('variable', 2), ('custom', 2), ('misuse', 2), ('ask', 2),
                 ('items', 2), ('joined_queue', 2), ('names', 1), ('outcome', 2)]
        if depth > 0:
            menu += [('generator', 2), ('stack', 2), ('nested_groups', 3), ('uncancel', 3), ('barrier', 2),
                     ('shutdown', 2), ('bad_callback', 1), ('gathering', 3), ('reschedule', 2),
                     ('room', 2), ('counted', 1), ('in_context', 1), ('shielded', 2), ('race', 2)]
        return menu

    def guarded(self, lines, errors=ERRORS):
        return ['try:'] + self.indent(lines) + [
            'except %s as exc:' % errors, "    say('guard %d', repr(exc))" % self.label()]

    # -- simple statements -------------------------------------------------
    def do_handles(self, depth):
        self.spend(1)
        tag = self.label()
        kind = self.rng.randrange(4)
        if kind == 0:
            return ['handle_ = asyncio.get_running_loop().call_soon(fire, %d)' % tag, 'handle_.cancel()',
                    "say('handle', handle_.cancelled())"]
        if kind == 1:
            return ['loop = asyncio.get_running_loop()',
                    'timer = loop.call_at(loop.time() + %s, fire, %d)' % (self.delay(), tag),
                    'await asyncio.sleep(%s)' % self.delay(),
                    "say('timer', round(timer.when(), 3), timer.cancelled())", 'timer.cancel()']
        if kind == 2:
            return ['asyncio.get_running_loop().call_soon_threadsafe(fire, %d)' % tag, 'await asyncio.sleep(0)']
        return ["say('at', round(asyncio.get_running_loop().time(), 6))"]

    def do_variable(self, depth):
        tag = self.label()
        if self.chance(0.5):
            return ["where.set('place %d')" % tag]
        if self.chance(0.5):
            return ["say('where', where.get())"]
        return ['context = contextvars.copy_context()', "context.run(where.set, 'other %d')" % tag,
                "say('where', where.get(), context[where])"]

    def do_custom(self, depth):
        self.spend(2)
        return ["say('custom', await %s)" % self.pick(['Twice()', 'Nap(%s)' % self.delay()])]

    def do_misuse(self, depth):
        body = self.pick([
            ['lock0.release()'], ['cond0.notify()'], ['asyncio.BoundedSemaphore(1).release()'],
            ['queue0.task_done()'], ['asyncio.get_running_loop().create_future().result()'],
            ['future = asyncio.get_running_loop().create_future()', 'future.set_result(1)',
             'future.set_result(2)'],
            ["await asyncio.sleep('x')"], ['await 3'], ["asyncio.create_task('no')"],
            ['await asyncio.wait([])'], ['asyncio.run(main())'],
            ['async with asyncio.timeout(1) as limit:', '    pass', 'limit.reschedule(2)'],
            ['await asyncio.current_task()'],
        ])
        if any('asyncio.run(' in line for line in body):
            body = ['coro = leave(0)', 'try:', '    asyncio.run(coro)', 'finally:', '    coro.close()']
        return ['try:'] + self.indent(body) + [
            'except Exception as exc:', "    say('misuse', type(exc).__name__, exc)"]

    def do_ask(self, depth):
        n = self.rng.randrange(5)
        return self.pick([
            ["say('all', sorted(t.get_name() for t in asyncio.all_tasks()))"],
            ["say('me', asyncio.current_task().cancelling(), asyncio.current_task().done())"],
            ['if len(registry) > %d:' % n,
             "    say('ask', registry[%d].done(), registry[%d].cancelled(), registry[%d].cancelling())" % (n, n, n)],
            ['if len(registry) > %d:' % n, "    say('task', repr(registry[%d]))" % n],
            ["say('locks', lock0, event0, sem0)"],
            ["say('queues', queue0.qsize(), queue0.full(), queue0.maxsize)"],
        ])

    def do_items(self, depth):
        return ["say('set', {'one', 'two', 'x%d'}, sorted({1, 2, %d}))" % (self.label(), self.label())]

    def do_names(self, depth):
        return ["asyncio.current_task().set_name(asyncio.current_task().get_name() + '+')"]

    def do_joined_queue(self, depth):
        self.spend(4)
        tag = self.label()
        return ['box = asyncio.%s()' % self.pick(['Queue', 'PriorityQueue', 'LifoQueue'])] + [
            'box.put_nowait(%d)' % (tag * 7 % 5 + i) for i in range(self.rng.randint(1, 3))] + [
            'for _ in range(box.qsize()):', "    say('box', await box.get())", '    box.task_done()',
            'await box.join()']

    def do_outcome(self, depth):
        n = self.rng.randrange(5)
        return ['if len(registry) > %d:' % n, '    try:',
                "        say('outcome', registry[%d].%s())" % (n, self.pick(['result', 'exception'])),
                '    except (Exception, asyncio.CancelledError) as exc:',
                "        say('no outcome', type(exc).__name__, exc)"]

    # -- statements with blocks --------------------------------------------
    def do_generator(self, depth):
        self.spend(4)
        end = self.pick(['await flow.aclose()', "await flow.athrow(KeyError('thrown'))",
                         'await anext(flow, None)', 'pass'])
        return self.guarded([
            'flow = ticks(%d, %s)' % (self.rng.randint(1, 3), self.delay()),
            "say('first', await anext(flow))", end, 'await flow.aclose()',
            "say('after', await anext(flow, 'nothing'))"])

    def do_stack(self, depth):
        self.spend(4)
        tag = self.label()
        pushes = [self.pick([
            'await stack.enter_async_context(Room(%d, %s))' % (tag, self.chance(0.3)),
            'stack.push_async_callback(leave, %d)' % tag,
            "stack.callback(say, 'callback of stack', %d)" % tag,
        ]) for _ in range(self.rng.randint(1, 3))]
        return self.guarded(['async with contextlib.AsyncExitStack() as stack:'] + self.indent(
            pushes + self.block(depth - 1, 1)))

    def do_nested_groups(self, depth):
        calls = self.callees(2, 4)
        if len(calls) < 2:
            return self.do_sleep(depth)
        outer, inner = calls[:1], calls[1:]
        body = ["registry.append(out.create_task(%s, name='%s'))" % (call, self.new_name()) for call in outer]
        lines = []
        for call in inner:
            name = self.new_name()
            lines.append("%s = inn.create_task(%s, name='%s')" % (name, call, name))
            lines.append('registry.append(%s)' % name)
        if self.chance(0.4):
            lines.append("say('cancel inner', %s.cancel('inner'))" % name)
        if self.chance(0.4):
            lines += self.block(0, 1)
        if self.chance(0.3):
            lines.append("raise ValueError('body %d')" % self.label())
        body += ['async with asyncio.TaskGroup() as inn:'] + self.indent(lines)
        return ['try:', '    async with asyncio.TaskGroup() as out:'] + self.indent(self.indent(body)) + [
            'except* ValueError as group:', "    say('values', tell(group))",
            'except* (KeyError, LookupError, TimeoutError) as group:', "    say('others', tell(group))"]

    def do_uncancel(self, depth):
        self.spend(1)
        lines = ['try:'] + self.indent(self.block(depth - 1, self.rng.randint(1, 2)))
        lines += ['except asyncio.CancelledError as exc:',
                  "    say('uncancel', exc.args, asyncio.current_task().cancelling(), "
                  'asyncio.current_task().uncancel())']
        if self.chance(0.4):
            lines.append('    await asyncio.sleep(0)')
        if self.chance(0.3):
            lines.append('    raise')
        return lines

    def do_barrier(self, depth):
        self.spend(6)
        tag = self.label()
        parties = self.rng.randint(1, 3)
        name = self.new_name()
        lines = ['barrier = asyncio.Barrier(%d)' % parties,
                 "%s = start(barrier.wait(), '%s')" % (name, name)]
        if self.chance(0.3):
            lines.append('asyncio.get_running_loop().call_later(%s, start, barrier.%s(), \'b%d\')'
                         % (self.delay(), self.pick(['abort', 'reset']), tag))
        lines += ['try:', '    async with asyncio.timeout(%s):' % self.longer(),
                  "        say('barrier', await barrier.wait())",
                  'except (TimeoutError, asyncio.BrokenBarrierError) as exc:',
                  "    say('no barrier', repr(exc), barrier.n_waiting, barrier.broken)", '%s.cancel()' % name]
        return lines

    def do_shutdown(self, depth):
        self.spend(6)
        name = self.new_name()
        lines = ['pipe = asyncio.%s(%d)' % (self.pick(['Queue', 'PriorityQueue', 'LifoQueue']), self.rng.randint(0, 2)),
                 "%s = start(pipe.%s, '%s')" % (name, self.pick(['get()', 'join()', 'put(1)']), name),
                 'asyncio.get_running_loop().call_later(%s, pipe.shutdown%s)'
                 % (self.delay(), self.pick(['', ', True']))]
        lines += self.block(0, 1)
        lines += ['try:', '    while True:', '        await pipe.put(2)', "        say('pipe', await pipe.get())",
                  '        await asyncio.sleep(0.1)', 'except asyncio.QueueShutDown as exc:',
                  "    say('shut', repr(exc))", '%s.cancel()' % name]
        self.spend(10)
        return lines

    def do_bad_callback(self, depth):
        return ['asyncio.get_running_loop().call_soon(explode, %d)' % self.label(), 'await asyncio.sleep(0)']

    def do_gathering(self, depth):
        calls = self.callees(2, 4)
        if len(calls) < 2:
            return self.do_sleep(depth)
        inner = 'asyncio.gather(%s)' % ', '.join(calls[1:])
        flags = ', return_exceptions=True' if self.chance(0.5) else ''
        lines = ['both = asyncio.gather(%s, %s%s)' % (calls[0], inner, flags)]
        if self.chance(0.5):
            lines.append('asyncio.get_running_loop().call_later(%s, both.cancel)' % self.delay())
        lines += ['try:', "    say('both', await both)", 'except asyncio.CancelledError as exc:',
                  "    say('both cancelled', both.done(), asyncio.current_task().cancelling())"]
        if self.chance(0.5):
            lines += ['    if asyncio.current_task().cancelling():', '        raise']
        lines += ['except %s as exc:' % ERRORS, "    say('both failed', repr(exc))"]
        return lines

    def do_reschedule(self, depth):
        self.spend(2)
        limit = self.pick(['asyncio.timeout(None)', 'asyncio.timeout(%s)' % self.longer(),
                           'asyncio.timeout_at(asyncio.get_running_loop().time() + %s)' % self.longer()])
        move = 'limit.reschedule(asyncio.get_running_loop().time() + %s)' % self.pick(['-1', '0', '0.1', '0.3'])
        return ['try:', '    async with %s as limit:' % limit] + self.indent(self.indent(
            self.block(0, 1) + [move] + self.block(depth - 1, 1))) + [
            'except TimeoutError as exc:', "    say('moved', repr(exc), limit.expired(), repr(exc.__cause__))"]

    def do_room(self, depth):
        self.spend(2)
        return self.guarded(['async with Room(%d, %s):' % (self.label(), self.chance(0.2))] + self.indent(
            self.block(depth - 1, self.rng.randint(1, 2))))

    def do_counted(self, depth):
        self.spend(3)
        return ["say('counted', [i async for i in Count(%d) if i != 1])" % self.rng.randint(0, 3)]

    def do_in_context(self, depth):
        call = self.callee()
        if call is None:
            return self.do_variable(depth)
        name = self.new_name()
        return ['context = contextvars.copy_context()',
                "%s = asyncio.create_task(%s, name='%s', context=context)" % (name, call, name),
                'registry.append(%s)' % name, '%s.add_done_callback(finished)' % name,
                "say('removed', %s.remove_done_callback(%s))" % (name, self.pick(['finished', 'fire']))]

    def do_shielded(self, depth):
        call = self.callee()
        if call is None:
            return self.do_sleep(depth)
        name = self.new_name()
        lines = ["%s = start(%s, '%s')" % (name, call, name), 'outer = asyncio.shield(%s)' % name,
                 'asyncio.get_running_loop().call_later(%s, %s)' % (
                     self.delay(), self.pick(['outer.cancel', '%s.cancel' % name]))]
        return lines + ['try:', "    say('outer', await outer)", 'except asyncio.CancelledError:',
                        "    say('outer cancelled', outer.cancelled(), %s.done())" % name,
                        'except %s as exc:' % ERRORS, "    say('outer failed', repr(exc))"]

    def do_race(self, depth):
        calls = self.callees(2, 3)
        if not calls:
            return self.do_sleep(depth)
        lines, names = self.tasks_for(calls)
        return lines + [
            'first = asyncio.get_running_loop().create_future()',
            'for t in [%s]:' % ', '.join(names),
            '    t.add_done_callback(lambda t: settle(first, t.get_name()))',
            "say('winner', await first)", 'for t in {%s}:' % ', '.join(names),
            "    say('loser', t.get_name(), t.cancel('lost'))"]

    # -- the program -------------------------------------------------------
    def build(self):
        handler = self.chance(0.5)
        again = self.chance(0.15)
        text = super().build()
        text = text.replace('counts = {}\n', HELPERS + '\ncounts = {}\n', 1)
        setup = []
        if handler:
            setup.append('    asyncio.get_running_loop().set_exception_handler(handle)')
        if self.is_eager:
            setup.append('    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)')
        text = text.replace('async def main():\n', '\n'.join(['async def main():', *setup, '']), 1)
        if again:
            text = text.replace('try:\n    asyncio.run(main())\n', 'try:\n    with asyncio.Runner() as runner:\n'
                                '        runner.run(leave(0))\n        runner.run(main())\n')
        return text
