#!/bin/sh
# Fetches the reference library of the Lab Streaming Layer (liblsl 1.12, for Linux on x86-64, MIT licence) into .tools/ of the
# checkout: tests hold our own ends against it, it is never shipped. Does nothing when it is there already; --force fetches it again.
set -eu

version=0.1.0 # of the npm package that carries liblsl 1.12

root=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd)
tools="$root/.tools/liblsl"

if [ "${1:-}" = --force ]; then
    rm -rf "$tools"
fi
if [ -f "$tools/liblsl64.so" ]; then
    exit 0
fi
if ! command -v npm >/dev/null 2>&1; then
    echo "liblsl cannot be fetched: npm is not installed. Install Node (Debian: apt-get install nodejs npm)." >&2
    exit 1
fi

work="$root/.tools/liblsl.$$"
trap 'rm -rf "$work"' EXIT INT TERM
mkdir -p "$work"
cd "$work"
# Packed, not installed: only the library inside is wanted, not the bindings and what they depend on.
npm pack --silent --loglevel=error "node-lsl@$version" >/dev/null
tar -xzf "node-lsl-$version.tgz"
mkdir -p "$work/found"
cp package/prebuilt/liblsl64.so package/prebuilt/LICENSE package/prebuilt/VERSION.txt "$work/found/"
rm -rf "$tools"
mv "$work/found" "$tools"
