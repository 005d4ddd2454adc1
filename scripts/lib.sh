# shellcheck shell=bash
# What the scripts share: headings, and one `need_*` function for each thing that may be missing.
#
# A `need_*` function looks first and installs only what it does not find, so that calling it
# again costs nothing. Everything is said before it is done.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
ROOT=$PWD
PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
export PATH

# Versions. The toolchain's is in rust-toolchain.toml, wasm-bindgen's must be the library's.
TOOLCHAIN=$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)
WASM_BINDGEN=$(sed -n '/^name = "wasm-bindgen"$/{n;s/^version = "\(.*\)"/\1/p;}' Cargo.lock)
TRUNK=0.21.14
WASM_PACK=0.15.1

say() { printf '   %s\n' "$*"; }

fail() {
	printf '\n!! %s\n' "$@" >&2
	exit 1
}

# stage TITLE COMMAND...: runs the command under a heading that tells the time it took.
STAGE=
stage() {
	STAGE=$1
	shift
	printf '\n== %s\n' "$STAGE"
	local began=$SECONDS
	"$@"
	printf '== %s: done in %d s (%d s since the start)\n' "$STAGE" $((SECONDS - began)) "$SECONDS"
}

on_exit() {
	local status=$?
	if [ "$status" -ne 0 ] && [ "$status" -ne 130 ]; then
		printf '\n!! stopped with status %d in: %s\n' "$status" "${STAGE:-the start}" >&2
	fi
}
trap on_exit EXIT

target_dir() { printf '%s' "${CARGO_TARGET_DIR:-$ROOT/target}"; }

need_rust() {
	command -v rustup >/dev/null || fail 'rustup is missing: install Rust with it, from https://rustup.rs'
	command -v cc >/dev/null || fail 'a C compiler is missing (cc): build scripts are linked with it'
	local sysroot
	if sysroot=$(rustup run "$TOOLCHAIN" rustc --print sysroot 2>/dev/null) &&
		[ -d "$sysroot/lib/rustlib/wasm32-unknown-unknown/lib" ] &&
		rustup run "$TOOLCHAIN" cargo fmt --version >/dev/null 2>&1 &&
		rustup run "$TOOLCHAIN" cargo clippy --version >/dev/null 2>&1; then
		say "Rust $TOOLCHAIN with wasm32, rustfmt and clippy: here"
		return
	fi
	say "installing Rust $TOOLCHAIN with wasm32-unknown-unknown, rustfmt and clippy"
	rustup toolchain install "$TOOLCHAIN" --profile minimal --no-self-update \
		--component rustfmt --component clippy --target wasm32-unknown-unknown
}

# cargo_tool CRATE VERSION COMMAND PATTERN: the command, in a version that fits the pattern.
cargo_tool() {
	local crate=$1 version=$2 command=$3 pattern=$4 found
	found=$("$command" --version 2>/dev/null | head -n 1 || true)
	# The pattern is meant as one.
	# shellcheck disable=SC2053
	if [[ $found == $pattern ]]; then
		say "$found: here"
		return
	fi
	say "installing $crate $version (some minutes; found: ${found:-none})"
	# A target directory of its own makes an interrupted installation resume where it stopped.
	local build
	build="$(target_dir)/tools"
	if ! CARGO_TARGET_DIR=$build cargo install "$crate" --version "$version" --locked; then
		# A crate of the tool's lock file may have been withdrawn, or may not have reached the registry in use.
		say "its own lock file does not resolve here: once more without"
		CARGO_TARGET_DIR=$build cargo install "$crate" --version "$version"
	fi
	rm -rf "$build"
}

need_wasm_bindgen() { cargo_tool wasm-bindgen-cli "$WASM_BINDGEN" wasm-bindgen "wasm-bindgen $WASM_BINDGEN"; }
need_trunk() { cargo_tool trunk "$TRUNK" trunk 'trunk 0.21.*'; }
need_wasm_pack() { cargo_tool wasm-pack "$WASM_PACK" wasm-pack 'wasm-pack 0.1[3-9].*'; }

need_node() {
	command -v node >/dev/null && command -v npm >/dev/null || fail 'Node is missing (node and npm): install Node 20 or later'
}

# The packages of package.json: the editor of the page, and what tests and benchmarks take.
need_npm() {
	need_node
	if [ node_modules/.package-lock.json -nt package-lock.json ]; then
		say 'npm packages: here'
		return
	fi
	say 'installing the npm packages of package-lock.json'
	npm ci --no-audit --no-fund --loglevel=error </dev/null
	touch node_modules/.package-lock.json
}

browser() { command -v chromium || command -v google-chrome || command -v chromium-browser; }

need_chromium() {
	if browser >/dev/null && { [ -n "${CHROMEDRIVER:-}" ] || command -v chromedriver >/dev/null; }; then
		say "Chromium and its driver: here"
		return
	fi
	local hand='install Chromium or Chrome and the chromedriver of the same version, both on PATH, then try again'
	command -v apt-get >/dev/null || fail "Chromium or chromedriver is missing, and this system has no apt-get: $hand"
	local root=()
	if [ "$(id -u)" -ne 0 ]; then
		command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; } ||
			fail "Chromium or chromedriver is missing, and installing it needs root: $hand (Debian: sudo apt-get install chromium chromium-driver)"
		root=(sudo)
	fi
	say 'installing Chromium and its driver with apt-get'
	local log
	log="$(target_dir)/apt.log"
	mkdir -p "$(target_dir)"
	{
		"${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update &&
			"${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium chromium-driver
	} </dev/null >"$log" 2>&1 || {
		tail -n 20 "$log" >&2
		fail "apt-get could not install chromium and chromium-driver (whole log: $log): $hand"
	}
	browser >/dev/null && command -v chromedriver >/dev/null || fail "apt-get installed no Chromium that can be found: $hand"
}

# The page in dist/, in release mode.
build_page() {
	cargo fetch --locked --quiet
	# Panic messages name source files; without this the published wasm would tell the builder's folders.
	# Trunk always names a target, so the flags reach wasm32 alone and no build script.
	# Cargo wants several flags separated by \x1f.
	local flags="--remap-path-prefix=$ROOT=." src
	for src in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*; do
		flags+=$'\x1f'"--remap-path-prefix=$src=crates"
	done
	CARGO_ENCODED_RUSTFLAGS=$flags trunk build --release --offline
}
