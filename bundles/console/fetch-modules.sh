#!/bin/sh
# Fetches the modules that the pages are made with, exactly those of package-lock.json; does nothing when they are there.
set -eu
cd "$(dirname "$0")"
if [ -f node_modules/.fetched ] && cmp -s package-lock.json node_modules/.fetched; then
    exit 0
fi
if ! command -v npm >/dev/null 2>&1; then
    echo "The console's pages need npm to be built. Install Node with npm (Debian: apt-get install nodejs npm)." >&2
    exit 1
fi
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
cp package-lock.json node_modules/.fetched
