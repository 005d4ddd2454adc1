#!/usr/bin/env bash
# Trunk's last step: what visitors download becomes smaller. While somebody works on the page it stays as it is.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

if [ "${TRUNK_PROFILE:-}" = release ]; then
	need_npm
	node scripts/slim.mjs "${TRUNK_STAGING_DIR:?a folder to work in}"
fi
