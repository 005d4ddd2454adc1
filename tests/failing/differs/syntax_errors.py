"""What the parser tells in other words, or at another place."""
import traceback

SOURCES = [
    "print('hello'\n",
    "x = {1, 2\n",
    "def f(:\n    pass\n",
    "x = \"a\" 5\n",
    "print(a = 5 b = 6)\n",
    "f(**a, *b)\n",
    "def f():\n    # only a comment\n",
    "from __future__ import nothing\n",
    "x = a[\n",
    "x = 'a' b\n",
    "from x import (a, b\n",
    "try:\n    pass\n",
    "try:\n    pass\nexcept ValueError, TypeError:\n    pass\n",
    "try:\n    pass\nexcept ValueError, e:\n    pass\n",
    "for (x in y):\n    pass\n",
    "class A(:\n    pass\n",
    "[*a for a in b]\n",
    "{**a for a in b}\n",
    "print(**)\n",
    "@x\n",
    "x = 5 if y else z = 3\n",
    "print(f'{x=!r:^20')\n",
    "x = {\n  'a': 1\n  'b': 2\n}\n",
    "x = [\n  1,\n  2\n  3\n]\n",
]

for number, source in enumerate(SOURCES):
    try:
        compile(source, "made.py", "exec")
    except SyntaxError as error:
        print(f"{number:3} {source!r}")
        print("    ", type(error).__name__, error.msg, error.lineno, error.offset, error.end_lineno, error.end_offset,
              repr(error.text))
    except Exception as error:
        print(f"{number:3} {source!r}")
        print("    ", type(error).__name__, error)
    else:
        print(f"{number:3} {source!r} is fine")
