#!/usr/bin/env bash
# The editor of the page in one file: scripts/codemirror.sh FOLDER writes FOLDER/codemirror.js.
#
# Trunk calls it before each build and names the folder; the bundle takes a tenth of a second.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

folder=${1:-${TRUNK_STAGING_DIR:?a folder to write into}}
need_npm
node_modules/.bin/esbuild src/ui/codemirror/main.js --bundle --minify --format=esm --target=es2022 \
	--banner:js='/* Loopscope, with CodeMirror 6 (https://codemirror.net): copyright by Marijn Haverbeke and others, MIT licence */' \
	--legal-comments=none --log-level=warning --outfile="$folder/codemirror.js"
