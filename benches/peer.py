"""A program under the asyncio of the Python that runs this: python3.13 benches/peer.py PROGRAM.py

Prints one JSON line: the least seconds of some runs, and the most memory.
"""
import asyncio  # noqa: F401  imported here, so that the first run need not
import json
import pathlib
import resource
import sys
import time

RUNS = 5

source = pathlib.Path(sys.argv[1]).read_text()
seconds = []
for _ in range(RUNS):
    began = time.perf_counter()
    exec(compile(source, "main.py", "exec"), {"__name__": "__main__"})
    seconds.append(time.perf_counter() - began)
kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
version = ".".join(map(str, sys.version_info[:3]))
print(json.dumps({"seconds": min(seconds), "peak": kilobytes * 1024, "version": version}))
