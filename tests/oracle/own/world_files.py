# Files in memory: the builtin open(), what os says, and aiofiles, which takes a millisecond an operation.
import asyncio
import json
import os
import sys

import aiofiles


async def note(name, *lines):
    async with aiofiles.open(name, 'w') as file:
        for line in lines:
            await file.write(line + '\n')
    print(name, 'has', os.path.getsize(name), 'bytes')


async def count(name):
    lines = 0
    async with aiofiles.open(name) as file:
        async for line in file:
            lines += 1
    return lines


async def main():
    await asyncio.gather(note('a.txt', 'one', 'two'), note('b.txt', 'drei', 'fünf'), note('c.txt', 'x' * 40))
    print(await asyncio.gather(*map(count, ['a.txt', 'b.txt', 'c.txt'])))
    try:
        await count('missing.txt')
    except FileNotFoundError as error:
        print(error)


print(sys.argv, os.path.isfile('world_files.py'), os.listdir('.'))
asyncio.run(main())
with open('a.txt', 'a') as file:
    print('three', file=file)
with open('a.txt') as file:
    print([line.rstrip() for line in file], file.name, file.mode)
with open('b.txt', 'rb') as file:
    print(file.read(5), file.seek(-3, 2), file.read())
with open('t.json', 'w') as file:
    json.dump({'ü': [1, 2.5, None]}, file, ensure_ascii=False)
with open('t.json', 'r+') as file:
    print(json.load(file), file.tell())
    file.seek(0)
    file.truncate()
    file.write('{}')
print(open('t.json').read(), file.closed)
os.makedirs('d/e/f', exist_ok=True)
os.rename('c.txt', 'd/e/c.txt')
print(sorted(os.listdir('d/e')), os.path.isdir('d'), os.path.exists('c.txt'))
print([(top, sorted(folders), sorted(files)) for top, folders, files in os.walk('d')])
for arguments in [('nothing',), ('d',), ('no/such', 'w'), ('a.txt', 'x'), ('a.txt', 'rw'), ('a.txt', 'q'),
                  ('a.txt', 'rbt'), ('a.txt', 'rb', -1, 'utf-8')]:
    try:
        open(*arguments)
    except (OSError, ValueError) as error:
        print(type(error).__name__, error)
for wrong in [lambda: os.remove('d'), lambda: os.rmdir('d'), lambda: os.mkdir('d'), lambda: os.listdir('a.txt')]:
    try:
        wrong()
    except OSError as error:
        print(type(error).__name__, error)
try:
    file.read()
except ValueError as error:
    print(error)
try:
    input('name? ')
except EOFError as error:
    print(error)
print(repr(sys.stdin.read()))
