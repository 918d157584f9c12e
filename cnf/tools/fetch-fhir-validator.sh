#!/bin/sh
# Fetches the HAPI FHIR validator (Apache-2.0; 145 MB) into .tools/ of the checkout: a development tool for the tests, never shipped.
# Uses Maven as it is set up on this machine. Does nothing when it is there already; --force fetches it again.
set -eu

root=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd)
tools="$root/.tools/fhir-validator"

if [ "${1:-}" = --force ]; then
    rm -rf "$tools"
fi
if [ -d "$tools" ]; then
    exit 0
fi
if ! command -v mvn >/dev/null 2>&1; then
    echo "The FHIR validator cannot be fetched: Maven is not installed (Debian: apt-get install maven)." >&2
    exit 1
fi

work="$root/.tools/fhir-validator.$$"
trap 'rm -rf "$work"' EXIT INT TERM
mkdir -p "$work"
mvn -B -ntp -q -f "$root/cnf/tools/fhir-validator/pom.xml" dependency:copy-dependencies -DoutputDirectory="$work"
mv "$work" "$tools"
