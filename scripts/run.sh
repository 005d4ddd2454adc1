#!/usr/bin/env bash
# `make run`: from a fresh clone to the page in a browser.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

tools() {
	need_rust
	need_npm
	need_wasm_bindgen
	need_trunk
}

stage 'tools' tools
stage 'page, in release mode (the first time about five minutes)' build_page
exec node scripts/serve.mjs dist "${PORT:-8080}"
