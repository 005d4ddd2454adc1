#!/usr/bin/env bash
# `make traces`: runs the programs of the gallery and keeps their traces, which the page shows first.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need_rust
for program in static/scenarios/*.py; do
	trace=static/traces/$(basename "$program" .py).lscope
	cargo run --locked --quiet --bin loopscope -- run "$program" --trace "$trace"
	say "$trace: $(wc -c <"$trace") bytes"
done
