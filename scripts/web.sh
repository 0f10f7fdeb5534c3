#!/usr/bin/env bash
# Puts the page's two libraries into web/vendor: markdown-it and highlight.js, from Debian's packages (scripts/setup.sh
# installs them), each as one ES module, and each language of highlight.js as one more, so that a page loads and compiles only
# those that its code is written in. Does nothing when they are there and newer than the packages. Without the
# packages the page works too: it shows answers as they were written.
#
#   scripts/web.sh            the libraries
#   scripts/web.sh fonts      also makes web/fonts anew (they are committed): Debian's fonts-vollkorn, and from PyPI, in
#                             .build/fonts-venv, fonttools and font-source-sans-pro
set -euo pipefail
cd "$(dirname "$0")/.."
modules=${NODE_MODULES:-/usr/share/nodejs}
# The languages that are coloured; code-colours.js knows their other names.
languages="bash cpp cs css diff dockerfile go haskell ini java javascript json kotlin lua makefile markdown nginx perl php
    powershell python r ruby rust shell sql swift typescript xml yaml"

if [ "${1:-}" = fonts ]; then
    venv=.build/fonts-venv
    [ -x "$venv/bin/python" ] || python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet fonttools brotli font-source-sans-pro
    sans=$("$venv/bin/python" -c 'import font_source_sans_pro as f; print(f.__path__[0])')/files
    vollkorn=/usr/share/fonts/truetype/vollkorn
    "$venv/bin/python" scripts/fonts.py "$vollkorn" "$sans" web/fonts
    cp "$sans/LICENSE.txt" web/fonts/page-sans-OFL.txt
    cp /usr/share/doc/fonts-vollkorn/copyright web/fonts/vollkorn-OFL.txt
fi

markdown=$modules/markdown-it/lib/index.js
highlight=$modules/highlight.js/lib/highlight.js
if ! command -v esbuild >/dev/null || [ ! -r "$markdown" ] || [ ! -r "$highlight" ]; then
    [ -e web/vendor/markdown-it.js ] || echo "web: without Debian's node-markdown-it, node-highlight.js and esbuild the page shows Markdown as it was written" >&2
    exit 0
fi
if [ web/vendor/markdown-it.js -nt "$markdown" ] && [ web/vendor/highlight.js -nt "$highlight" ] &&
    [ web/vendor/highlight.js -nt scripts/web.sh ] && [ -d web/vendor/languages ]; then
    exit 0
fi
mkdir -p web/vendor
minify() { # name, arguments of esbuild
    local name=$1
    shift
    NODE_PATH=$modules esbuild --bundle --format=esm --minify --target=es2022 --drop:console --log-level=warning --legal-comments=inline \
        --banner:js="// @ts-nocheck
/* $name: from the package of your system; its licence stands beside it */" "$@"
}
bundle() { # file; the module's source on standard input
    minify "$1" >"web/vendor/$1.new"
    mv "web/vendor/$1.new" "web/vendor/$1"
}
# Both licences ask to stand beside what is passed on.
for package in node-markdown-it node-highlight.js; do
    [ ! -r "/usr/share/doc/$package/copyright" ] || cp "/usr/share/doc/$package/copyright" "web/vendor/$package-copyright.txt"
done
bundle markdown-it.js <<<"export { default } from 'markdown-it';"
rm -rf web/vendor/languages.new
sources=()
for each in $languages; do
    [ ! -r "$modules/highlight.js/lib/languages/$each.js" ] || sources+=("$modules/highlight.js/lib/languages/$each.js")
done
minify highlight.js --outdir=web/vendor/languages.new "${sources[@]}"
rm -rf web/vendor/languages
mv web/vendor/languages.new web/vendor/languages
bundle highlight.js <<<"export { default } from 'highlight.js/lib/highlight';"
