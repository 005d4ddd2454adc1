#!/usr/bin/env bash
# `make fmt`: the sources as rustfmt wants them.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need_rust
cargo fmt --all
