#!/usr/bin/env bash
# `make bench`: what a run costs, beside CPython's and Pyodide's loops where they are at hand.
#
# Figures are to be looked at, so nothing fails when one of them is bad; `make test` measures nothing.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

FEATURES=(--locked --no-default-features --features engine)

tools() {
	need_rust
	need_npm
	need_chromium
	need_wasm_bindgen
	need_trunk
}

build_benches() { cargo bench "${FEATURES[@]}" --bench engine --bench recorder --bench scheduler --no-run; }

# Cargo names the programs it has built in its messages.
engine_bench() {
	cargo bench "${FEATURES[@]}" --bench engine --no-run --quiet --message-format=json |
		sed -n 's/.*"name":"engine".*"executable":"\([^"]*\)".*/\1/p'
}

figures() { node scripts/bench.mjs "$(engine_bench)" dist; }

sizes() { node scripts/sizes.mjs || say 'a goal is missed'; }

# Without its notes on what it is about to do.
layers() {
	cargo bench "${FEATURES[@]}" --bench recorder --bench scheduler -- --noplot 2>&1 |
		grep -v -e '^Benchmarking' -e '^Warning: Unable' -e '^$'
}

# Reading and drawing without a browser, then the page with a run of as many tasks and steps.
timeline() {
	local trace
	trace="$(target_dir)/timeline.lscope"
	cargo bench --locked --no-default-features --features ui --bench timeline --quiet
	[[ $trace -nt benches/programs/crawl.py ]] || cargo run --profile bench --locked --no-default-features --features engine \
		--bin loopscope --quiet -- run benches/programs/crawl.py --trace "$trace" >/dev/null
	node scripts/bench-timeline.mjs dist "$trace"
}

# `make bench-timeline`: only what a long run costs in the page.
if [[ ${1:-} == timeline ]]; then
	stage 'tools' tools
	stage 'page, in release mode' build_page
	stage 'timeline of 10,000 tasks and a million steps' timeline
	exit
fi

stage 'tools' tools
stage 'page, in release mode' build_page
stage 'benchmarks (the first time some minutes)' build_benches
stage 'runs' figures
stage 'sizes' sizes
stage 'recorder and scheduler alone' layers
stage 'timeline of 10,000 tasks and a million steps' timeline
