#!/usr/bin/env bash
# Records what CPython 3.13 says when it runs the programs of a folder: stdout, then stderr, then
# the exit code. What differs from machine to machine becomes a word. PYTHON names the interpreter.
set -eu
cd "${1:?folder with programs}"
python=${PYTHON:-python3.13}
version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
[ "$version" = 3.13 ] || { echo "CPython 3.13 is needed, not $version" >&2; exit 1; }
library=$("$python" -c 'import os; print(os.path.dirname(os.__file__))')
said=$(mktemp -d)
trap 'rm -r "$said"' EXIT
for program in ${2:-*.py}; do
    code=0
    PYTHONHASHSEED=0 PYTHONDONTWRITEBYTECODE=1 PYTHONUTF8=1 NO_COLOR=1 \
        "$python" "$program" > "$said/out" 2> "$said/err" < /dev/null || code=$?
    { cat "$said/out"; echo "--- stderr"; cat "$said/err"; echo "--- exit $code"; } |
        sed -E -e "s#$library/#<lib>/#g" -e "s#$PWD/##g" -e 's/when=[0-9.]+/when=*/g' -e 's/\b0x[0-9a-f]{6,16}\b/0x*/g' > "${program%.py}.txt"
done
