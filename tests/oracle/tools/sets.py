"""Random programs that make and change sets and show the order of their elements."""

import random

HEAD = '''\
from dataclasses import dataclass


@dataclass(frozen=True)
class P:
    x: int
    y: object


'''
SPECIAL = [0.5, 1.0, 2.25, -3.5, 1e20, 10 ** 20, -(2 ** 61), True, False, None]
WORDS = ['é', 'žluť', '漢字', '🙂x', 'naïve', '']


class Gen:
    def __init__(self, seed, size):
        self.rng = random.Random('sets %d %d' % (seed, size))
        self.size = size
        self.names = []
        self.lines = []

    def atom(self, depth=0):
        rng = self.rng
        kind = rng.randrange(12)
        if kind < 4:
            return repr(''.join(rng.choice('abcdefghij') for _ in range(rng.randint(1, 4))))
        if kind == 4:
            return repr(rng.choice(WORDS))
        if kind < 7:
            return repr(rng.randint(-5, 40))
        if kind == 7:
            return repr(rng.choice(SPECIAL))
        if kind == 8:
            return repr(bytes(rng.randrange(97, 110) for _ in range(rng.randint(0, 3))))
        if kind == 9 and depth < 2:
            return '(%s)' % ''.join(self.atom(depth + 1) + ', ' for _ in range(rng.randint(0, 3)))
        if kind == 10 and depth < 2:
            return 'frozenset([%s])' % ', '.join(self.atom(depth + 1) for _ in range(rng.randint(0, 4)))
        if kind == 11 and depth < 1:
            return 'P(%d, %s)' % (rng.randint(0, 9), self.atom(2))
        return repr(rng.randint(0, 200))

    def items(self):
        return ', '.join(self.atom() for _ in range(self.rng.randint(0, 14)))

    def name(self):
        return self.rng.choice(self.names)

    def expression(self):
        rng = self.rng
        kind = rng.randrange(10)
        if kind == 0:
            # Constants: here and there CPython's own names decide, so there are none of them.
            return '{%s}' % ', '.join(str(rng.randint(-9, 99)) for _ in range(rng.randint(1, 12)))
        if kind == 1:
            return 'set([%s])' % self.items()
        if kind == 2:
            return 'frozenset([%s])' % self.items()
        if kind == 3:
            return '{x for x in [%s]}' % self.items()
        if kind == 4:
            return 'set({x: 1 for x in [%s]})' % self.items()
        if kind == 9:
            return rng.choice(['set(range(%d))', 'set("w%%d" %% i for i in range(%d))']) % rng.randint(0, 90)
        if not self.names:
            return 'set()'
        if kind == 5:
            return 'set(%s)' % self.name()
        if kind == 6:
            return '%s %s %s' % (self.name(), rng.choice('|&-^'), self.name())
        if kind == 7:
            method = rng.choice(['union', 'intersection', 'difference'])
            return '%s.%s(%s, [%s])' % (self.name(), method, self.name(), self.items())
        other = rng.choice([self.name(), '[%s]' % self.items()])
        return rng.choice(['%s.symmetric_difference(%s)' % (self.name(), other), '%s.copy()' % self.name()])

    def change(self, name):
        rng = self.rng
        kind = rng.randrange(8)
        if kind == 0:
            return ['%s.add(%s)' % (name, self.atom())]
        if kind == 1:
            return ['%s.discard(%s)' % (name, self.atom())]
        if kind == 2:
            return ['for x in list(%s)[:%d]:' % (name, rng.randint(0, 8)), '    %s.remove(x)' % name]
        if kind == 3:
            return ['print([%s.pop() for _ in range(min(%d, len(%s)))])' % (name, rng.randint(0, 5), name)]
        if kind == 4:
            method = rng.choice(['update', 'intersection_update', 'difference_update',
                                 'symmetric_difference_update'])
            other = rng.choice([self.name(), '[%s]' % self.items(), '{x: 0 for x in [%s]}' % self.items()])
            return ['%s.%s(%s)' % (name, method, other)]
        if kind == 5:
            return ['%s %s= %s' % (name, rng.choice('|&-^'), self.name())]
        step = rng.randint(1, 9)
        return ['for x in range(%d):' % rng.randint(0, 60), '    %s.add(x * %d)' % (name, step),
                'for x in range(%d):' % rng.randint(0, 60), '    %s.discard(x * %d)' % (name, rng.randint(1, 9))]

    def look(self, name):
        return self.rng.choice([
            'print(*%s, [*%s], tuple(%s), sorted(%s, key=lambda x: 0))' % ((name,) * 4),
            'first, *rest = [*%s, 1]' % name + '\nprint(first, rest, dict.fromkeys(%s))' % name,
            'print([x for x in %s], next(iter(%s), 0), hash(frozenset(%s)))' % ((name,) * 3),
        ]).split('\n')

    def build(self):
        for _ in range(6 * self.size):
            if len(self.names) < 3 or self.rng.random() < 0.3:
                name = 's%d' % len(self.names)
                self.lines.append('%s = %s' % (name, self.expression()))
                self.names.append(name)
            elif self.rng.random() < 0.8:
                name = self.name()
                self.lines.append('if isinstance(%s, set):' % name)
                self.lines += ['    ' + line for line in self.change(name)]
            else:
                name = self.name()
                self.lines += self.look(name)
            self.lines.append('print("%s", %s)' % (name, name))
        return HEAD + '\n'.join(self.lines) + '\n'
