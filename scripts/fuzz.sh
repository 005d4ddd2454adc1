#!/usr/bin/env bash
# `make fuzz-oracle N=300 SEED=0 SIZE=10 JOBS=2 KIND=all WITH=`: random programs, run by CPython 3.13 and by
# Loopscope, whose logs must be the same. CPython is `python3.13` on PATH, or PYTHON.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

PYTHON=${PYTHON:-python3.13}

version=$("$PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || true)
[ "$version" = 3.13 ] ||
	fail "this compares with CPython 3.13, and $PYTHON is ${version:-not there}: set PYTHON=/path/to/python3.13"

need_rust
stage 'command line' cargo build --locked --quiet --bin loopscope
stage 'programs' "$PYTHON" tests/oracle/tools/fuzz.py "$(target_dir)/debug/loopscope" "$PYTHON" "$@"
