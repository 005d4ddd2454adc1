#!/usr/bin/env bash
# `make lint`, and the first stages of `make test`.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

format() { cargo fmt --all -- --check; }

lint_native() {
	cargo clippy --locked --all-targets -- -D warnings
	# The end-to-end tests are no target of a plain `cargo test` (they need dist/), so --all-targets leaves them out.
	cargo clippy --locked --test e2e -- -D warnings
}

# The page and its worker are empty programs outside wasm32, and the browser tests empty files, so
# they are linted there, with a list of what must not be called in a browser.
lint_wasm() {
	CLIPPY_CONF_DIR=$ROOT/.config/clippy_wasm cargo clippy --locked --target wasm32-unknown-unknown \
		--lib --bin loopscope-app --bin loopscope-engine --tests \
		-- -D warnings -D clippy::disallowed_methods
}

stage 'format' format
stage 'lints, native' lint_native
stage 'lints, wasm32' lint_wasm
