#!/bin/sh
# Checks docs/asyncapi.yaml with AsyncAPI's own parser; fetches the parser by npm the first time, as the lock file names it.
set -eu
cd "$(dirname "$0")"
if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
  echo "The contract of the bus cannot be checked: install nodejs and npm." >&2
  exit 2
fi
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --ignore-scripts --no-audit --no-fund --silent
  touch node_modules/.package-lock.json
fi
exec node check-asyncapi.mjs "$@"
