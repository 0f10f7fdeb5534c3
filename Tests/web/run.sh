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

# The reporter for people says little of what passes.
node --test --test-reporter=dot "$here/unit/"
if command -v tsc >/dev/null; then # types in the comments; Debian's node-typescript
    tsc --noEmit --allowJs --checkJs --strict --target esnext --module esnext --moduleResolution node \
        --lib esnext,dom,dom.iterable "$root/web/js/main.js" "$root/web/js/demo/demo.js" "$root/web/js/settings/settings.js" \
        "$here"/types/*.ts "$root"/web/client/adapters/*.js
fi
exec "$python" "$here/run.py"
