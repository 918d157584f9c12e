#!/bin/sh
# Fetches the BIDS schema validator and the runtime it needs into .tools/ of the checkout: development tools for the tests, never
# shipped. Uses npm as it is set up on this machine. Does nothing when they are there already; --force fetches them again.
set -eu

deno_version=2.9.6
validator_version=1.15.0

root=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd)
tools="$root/.tools/bids-validator"
script="$tools/package/dist/validator/bids-validator.js"
deno="$tools/node_modules/.bin/deno"

if [ "${1:-}" = --force ]; then
    rm -rf "$tools"
fi
if [ -f "$script" ] && "$deno" --version >/dev/null 2>&1; then
    exit 0
fi
if ! command -v npm >/dev/null 2>&1; then
    echo "The BIDS validator cannot be fetched: npm is not installed. Install Node (Debian: apt-get install nodejs npm)." >&2
    exit 1
fi

work="$root/.tools/bids-validator.$$"
trap 'rm -rf "$work"' EXIT INT TERM
mkdir -p "$work"
cd "$work"
printf '{"private": true}\n' >package.json
npm install --no-audit --no-fund --no-save --loglevel=error "deno@$deno_version"
# Packed, not installed: its dependencies are 700 MB, and the build inside the package needs none of them.
npm pack --silent --loglevel=error "bids-validator@$validator_version" >/dev/null
tar -xzf "bids-validator-$validator_version.tgz"
rm -f "bids-validator-$validator_version.tgz"
rm -rf "$tools"
mv "$work" "$tools"
"$deno" --version
