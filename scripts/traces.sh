#!/usr/bin/env bash
# `make traces`: runs the programs of the gallery and keeps their traces, which the page shows first.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need_rust
cargo build --locked --quiet --bin loopscope
programs=$(mktemp -d)
trap 'rm -r "$programs"' EXIT
for scenario in static/scenarios/*.py; do
	name=$(basename "$scenario" .py)
	# The header is no part of the program: it begins at the first line that is no comment and not empty.
	sed -n '/^[^#]/,$p' "$scenario" >"$programs/$name.py"
	trace=static/traces/$name.lscope
	# A scenario may end badly on purpose; `tests/scenarios.rs` knows which.
	"$(target_dir)/debug/loopscope" run "$programs/$name.py" --trace "$trace" 2>/dev/null || true
	say "$trace: $(wc -c <"$trace") bytes"
done
