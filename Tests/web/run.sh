#!/bin/sh
# Tests of the page: the unit tests with node, then the browser's, in two processes at once. `run.sh` tries the page on the stub server;
# `run.sh URL` (or CHAT_FCGI_URL) on a running installation, and on the stub what only that does: faults.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
[ $# -eq 0 ] || export CHAT_FCGI_URL="$1"

python=python3
if ! python3 -c 'import playwright, streamlit' 2>/dev/null; then
    python="$root/.build/web-venv/bin/python"
    if ! "$python" -c 'import playwright, streamlit' 2>/dev/null; then
        python3 -m venv "$root/.build/web-venv"
        "$root/.build/web-venv/bin/pip" install --quiet playwright axe-playwright-python streamlit
    fi
fi
browser=${CHROMIUM:-/usr/bin/chromium-headless-shell}
if [ ! -x "$browser" ]; then
    echo "run.sh: no browser at $browser: install Debian's chromium-headless-shell, or set CHROMIUM" >&2
    exit 69
fi

# The examples of CommonMark, from the sources of a Python package that has them; without the network their test is skipped.
examples="$root/.build/commonmark/spec.txt"
if [ ! -e "$examples" ]; then
    folder=$(mktemp -d)
    if "$python" -m pip download --quiet --no-deps --no-binary :all: --dest "$folder" commonmark==0.9.1; then
        mkdir -p "$root/.build/commonmark"
        tar -xzf "$folder"/commonmark-0.9.1.tar.gz -C "$folder" commonmark-0.9.1/spec.txt
        mv "$folder/commonmark-0.9.1/spec.txt" "$examples"
    fi
    rm -rf "$folder"
fi

# The reporter for people says little of what passes.
node --test --test-reporter=dot "$here/unit/"
if command -v tsc >/dev/null; then # types in the comments; Debian's node-typescript
    tsc --noEmit --allowJs --checkJs --strict --target esnext --module esnext --moduleResolution node \
        --lib esnext,dom,dom.iterable "$root/web/js/main.js" "$root/web/js/demo/demo.js" "$root/web/js/settings/settings.js" \
        "$here"/types/*.ts "$root"/web/client/adapters/*.js
fi
exec "$python" "$here/run.py"
