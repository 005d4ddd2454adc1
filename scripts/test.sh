#!/usr/bin/env bash
# `make test`: everything that must hold, in the order that fails fastest.
#
# Each stage compiles its dependencies once: the native stages share one feature set and profile,
# the browser tests are wasm32 in the dev profile, the page is wasm32 in the release profile.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

LOGS=$(target_dir)/test-logs

tools() {
	need_rust
	need_npm
	need_chromium
	need_wasm_bindgen
	need_wasm_pack
	need_trunk
}

# logged NAME COMMAND...: keeps what the runner prints, for the totals at the end.
logged() {
	local log=$LOGS/$1.log
	shift
	"$@" 2>&1 | tee "$log"
}

native_tests() { logged native cargo test --locked; }

# The root of the repository must pass this as it is typed: no features, no environment.
browser_tests() { logged browser wasm-pack test --headless --chrome; }

sizes() { node scripts/sizes.mjs; }

end_to_end_tests() { logged end-to-end cargo test --locked --test e2e; }

# The closing line adds up the runners' own.
totals() {
	cat "$LOGS"/*.log | awk '
		/^test result: / { for (i = 2; i <= NF; i++) { if ($i ~ /^passed/) p += $(i - 1); if ($i ~ /^failed/) f += $(i - 1); if ($i ~ /^ignored/) s += $(i - 1) } }
		END { printf "\n%d passed, %d failed, %d skipped\n", p, f, s; exit (p == 0 || f > 0) }'
}

rm -rf "$LOGS"
mkdir -p "$LOGS"
stage 'tools' tools
source scripts/lint.sh
stage 'native tests' native_tests
stage 'page, in release mode' build_page
stage 'sizes' sizes
stage 'browser tests (wasm-pack)' browser_tests
stage 'end-to-end tests' end_to_end_tests
totals
