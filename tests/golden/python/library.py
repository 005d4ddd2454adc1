"""The standard library that programs use most. CPython 3.13 prints the same."""
import base64
import bisect
import calendar
import contextvars
import copy
import csv
import datetime
import decimal
import difflib
import fractions
import graphlib
import hashlib
import heapq
import html
import inspect
import io
import json
import logging
import math
import operator
import pprint
import queue
import random
import re
import statistics
import string
import struct
import sys
import textwrap
import threading
import time
import traceback
import types
import unicodedata
import urllib.parse
import uuid
import warnings
import weakref

random.seed(7)
print(random.random(), random.choice("abc"), random.sample(range(10), 3), random.randint(1, 6), random.gauss(0, 1))
print(json.dumps({"a": [1, None, True, "ü"]}, ensure_ascii=False), json.loads('{"x": [1.5, "y"]}'))
print(re.sub(r"(\w+)@(\w+)", r"\2 at \1", "me@home you@work"), re.findall(r"\d+", "a1b22"), bool(re.fullmatch("a|b", "b")))
print(datetime.datetime(2024, 2, 29, 12, 30) + datetime.timedelta(days=1), datetime.date(2024, 12, 25).strftime("%a %d %b"))
print(decimal.Decimal("0.1") + decimal.Decimal("0.2"), fractions.Fraction(3, 6), math.isqrt(17), math.comb(5, 2), math.inf)
print(statistics.mean([1, 2, 4]), statistics.median([3, 1, 2]), round(statistics.stdev([1, 2, 3]), 3))
heap = [5, 1, 4]
heapq.heapify(heap)
print(heapq.heappop(heap), heapq.nsmallest(2, [3, 1, 2]), bisect.bisect([1, 3, 5], 3), operator.itemgetter(1)([7, 8]))
print(hashlib.md5(b"x").hexdigest(), hashlib.sha256(b"x").hexdigest()[:16], base64.b64encode(b"hello"), struct.pack(">IH", 1, 2))
print(urllib.parse.urlparse("https://a.b/c?d=e#f").netloc, urllib.parse.quote("a b/ü"), urllib.parse.urlencode({"q": "x y"}))
print(uuid.UUID(int=5), uuid.uuid5(uuid.NAMESPACE_DNS, "a.b"), html.escape("<a>"), textwrap.shorten("one two three", 9))
print(string.Template("$a-$b").substitute(a=1, b=2), string.ascii_lowercase[:3], unicodedata.name("é"), sys.maxunicode)
print(calendar.isleap(2024), list(graphlib.TopologicalSorter({"b": {"a"}, "c": {"b"}}).static_order()))
out = io.StringIO()
csv.writer(out).writerow([1, "a,b"])
print(repr(out.getvalue()), list(csv.reader(["x,'y z'"])))
pprint.pprint({"long": list(range(12)), "other": {"nested": ["value"] * 6}}, width=40)
print(*difflib.unified_diff(["a", "b"], ["a", "c"], lineterm=""), sep="|")
print(inspect.signature(lambda a, /, b=1, *, c: None), inspect.iscoroutinefunction(print))
nested = {"a": [1, {"b": 2}]}
deep = copy.deepcopy(nested)
deep["a"][1]["b"] = 3
print(nested, deep)


class Node:
    pass


node = Node()
ref = weakref.ref(node, lambda _: print("node is gone"))
del node
print(ref())
variable = contextvars.ContextVar("variable", default=0)
context = contextvars.copy_context()
context.run(variable.set, 5)
print(variable.get(), context[variable])
logging.basicConfig(stream=sys.stdout, level=logging.INFO, format="%(levelname)s %(name)s %(message)s")
logging.getLogger("app").warning("careful with %s", "that")
logging.debug("unseen")
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    warnings.warn("look")
    print(caught[0].message, caught[0].category.__name__)
try:
    {}["missing"]
except KeyError:
    print(traceback.format_exc().splitlines()[-1])
lock = threading.Lock()
with lock:
    print(lock.locked(), threading.current_thread().name, threading.get_ident() > 0)
q = queue.Queue()
q.put(1)
print(q.get(), q.empty(), types.SimpleNamespace(a=1))
print(time.strftime("%Y", time.gmtime(0)), time.strptime("2024-01-02", "%Y-%m-%d")[:3])
