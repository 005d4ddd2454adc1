"""Generates programs, runs each under CPython 3.13 and under Loopscope, and compares the logs.

    python3 fuzz.py LOOPSCOPE PYTHON [N=300] [SEED=0] [SIZE=10] [JOBS=2] [KIND=all] [WITH=...]

LOOPSCOPE and PYTHON are the two programs. KIND is one of the generators (basic, wide, sets) or
`all`, which takes them in turn; WITH names options of `wide`, separated by commas. The first
difference of every program is shown; of each way to differ the first program is shrunk as long
as it differs in that way. The last line says what was run; the exit code is 1 when anything differs.
"""

import concurrent.futures
import json
import os
import re
import subprocess
import sys
import tempfile
import threading

import generate
import sets
import shrink
import wide

NOT_SIMULATED = 'not simulated by the oracle'
HERE = os.path.dirname(os.path.abspath(__file__))
KINDS = ('basic', 'wide', 'sets')
PATIENCE = 120      # seconds for a program; none of them waits for anything
CANNOT_SIMULATE = 70
SHOWN = 10
SHRUNK = 3


def source_of(kind, seed, size, options):
    if kind == 'basic':
        return generate.Gen(seed, size).build()
    if kind == 'sets':
        return sets.Gen(seed, size).build()
    return wide.Wide(seed, size, options).build()


class CPython(threading.local):
    """The oracle as a server, one for every thread: most of a run would be the start of the interpreter."""

    def __init__(self, python):
        self.server = subprocess.Popen([python, os.path.join(HERE, 'oracle.py'), '--serve'],
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, program, log):
        """The exit code, or -1 when the program took too long."""
        self.server.stdin.write('%s\t%s\n' % (program, log))
        self.server.stdin.flush()
        return int(self.server.stdout.readline())


class Pair:
    """The two programs that ought to write the same log."""

    def __init__(self, loopscope, python):
        self.loopscope = os.path.abspath(loopscope)
        self.cpython = CPython(python)

    def logs(self, source):
        """Both logs as lists of records, or a word that says why there are none."""
        with tempfile.TemporaryDirectory(prefix='fuzz-') as folder:
            program = os.path.join(folder, 'prog.py')
            with open(program, 'w', encoding='utf-8') as file:
                file.write(source)
            one, other = (os.path.join(folder, name) for name in ('cpython', 'loopscope'))
            code = self.cpython.run(program, one)
            if code == CANNOT_SIMULATE:
                return NOT_SIMULATED
            if code == -1:
                return 'timeout of CPython'
            try:
                subprocess.run([self.loopscope, 'run', program, '--log', other],
                               capture_output=True, timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                return 'timeout of Loopscope'
            return records(one), records(other)

    def difference(self, source):
        """Where the logs differ first, or None."""
        logs = self.logs(source)
        if isinstance(logs, str):
            return Difference(0, {'ev': logs}, {'ev': logs})
        for at, (one, other) in enumerate(zip(*logs)):
            if one != other:
                return Difference(at, one, other)
        at = min(map(len, logs))
        if len(logs[0]) == len(logs[1]):
            return None
        return Difference(at, *(log[at] if at < len(log) else {'ev': 'end of the log'} for log in logs))


class Difference:
    def __init__(self, at, expected, found):
        self.at, self.expected, self.found = at, expected, found

    def kind(self):
        """What stays while a program is shrunk: the records, but for numbers."""
        if self.expected['ev'] != self.found['ev']:
            return self.expected['ev'], self.found['ev']
        keys = [key for key in self.expected if self.expected[key] != self.found.get(key)]
        return (self.expected['ev'], *keys[:1], *(shape(side.get(keys[0])) for side in (self.expected, self.found)))

    def __str__(self):
        return 'record %d\n  CPython:   %s\n  Loopscope: %s' % (
            self.at + 1, *(json.dumps(record, ensure_ascii=False) for record in (self.expected, self.found)))


def shape(value):
    return re.sub(r'\d+', '#', str(value))[:60]


def records(path):
    if not os.path.exists(path):
        return []
    with open(path, encoding='utf-8') as file:
        return [json.loads(line) for line in file if line.strip()]


def settings(words):
    chosen = {'N': '300', 'SEED': '0', 'SIZE': '10', 'JOBS': '2', 'KIND': 'all', 'WITH': ''}
    for word in words:
        key, _, value = word.partition('=')
        if key not in chosen:
            sys.exit('unknown setting %r; there are %s' % (word, ', '.join(chosen)))
        if value:
            chosen[key] = value
    if chosen['KIND'] not in (*KINDS, 'all'):
        sys.exit('KIND is one of %s, all' % ', '.join(KINDS))
    return chosen


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    pair = Pair(sys.argv[1], sys.argv[2])
    chosen = settings(sys.argv[3:])
    count, first, size, jobs = (int(chosen[key]) for key in ('N', 'SEED', 'SIZE', 'JOBS'))
    options = tuple(word for word in chosen['WITH'].split(',') if word)

    def run(seed):
        kind = chosen['KIND'] if chosen['KIND'] != 'all' else KINDS[seed % len(KINDS)]
        source = source_of(kind, seed, size, options)
        return kind, seed, source, pair.difference(source)

    differing, skipped = [], 0
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for done, (kind, seed, source, difference) in enumerate(pool.map(run, range(first, first + count)), 1):
            if difference and difference.expected['ev'] == NOT_SIMULATED:
                skipped += 1
            elif difference:
                differing.append((source, difference))
                if len(differing) <= SHOWN:
                    print('%s program %d differs at %s' % (kind, seed, difference), flush=True)
            if done % 500 == 0:
                print('%d programs, %d differ' % (done, len(differing)), flush=True)
    ways = {}
    for source, difference in differing:
        ways.setdefault(str(difference.kind()), (source, difference))
    for source, difference in list(ways.values())[:SHRUNK]:
        small = shrink.shrink(source, lambda text: has_kind(pair.difference(text), difference.kind()))
        print('\nShrunk:\n\n%s\ndiffers at %s\n' % (small, pair.difference(small)), flush=True)
    same = count - skipped - len(differing)
    print('%d programs (%s%s, size %d, seeds %d to %d) run by CPython 3.13 and by Loopscope: %d same, %s%d differ' % (
        count, chosen['KIND'], ''.join(' with ' + word for word in options), size, first, first + count - 1,
        same, '%d not simulated, ' % skipped if skipped else '', len(differing)))
    sys.exit(1 if differing else 0)


def has_kind(difference, kind):
    return difference is not None and difference.kind() == kind


if __name__ == '__main__':
    main()
