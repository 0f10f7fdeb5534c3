#!/usr/bin/env bash
# Runs a script of the project, or says that this checkout has none.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ ! -x "$1" ]; then
    echo "$1 is not part of this checkout" >&2
    exit 69
fi
exec "$@"
