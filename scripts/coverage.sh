#!/usr/bin/env bash
# Compares the surface of asyncio with CPython 3.13's, and writes docs/asyncio-coverage.md.
# PYTHON313 names the interpreter; without one, what was recorded of it is used.
set -euo pipefail
cd "$(dirname "$0")/.."

python=${PYTHON313:-$(command -v python3.13 || true)}
if [[ -n $python ]]; then
  "$python" tests/coverage/surface.py > tests/coverage/cpython-3.13.txt
else
  echo 'no CPython 3.13 at hand (PYTHON313 can name one): using what was recorded of it'
fi
LOOPSCOPE_WRITE_COVERAGE=1 cargo test --locked --test coverage
