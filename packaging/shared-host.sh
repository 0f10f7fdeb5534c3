#!/usr/bin/env bash
# One file for a shared host, .build/shared-host/chat-fcgi-VERSION-ARCHITECTURE.zip: unpacked in the home folder, it works. `make shared-host`.
# Beside it its parts list, and its debug file.
#
#   CHAT_FCGI_PROGRAM=... packaging/shared-host.sh [FOLDER]     with a program that was built already, into another folder
set -euo pipefail
cd "$(dirname "$0")/.."

for tool in zip strip objcopy; do
    command -v "$tool" >/dev/null || {
        echo "shared-host: $tool is not installed: apt-get install zip binutils" >&2
        exit 69
    }
done
program=${CHAT_FCGI_PROGRAM:-}
if [ -z "$program" ]; then
    # `make build` gives other bytes in another folder.
    echo "The program is built for it; the first time that takes some four minutes on two processors."
    packaging/build.sh .build/package
    program=.build/package/release/chat-fcgi
fi
program=$(realpath "$program")
to=${1:-.build/shared-host}
mkdir -p "$to"
to=$(realpath "$to")
name=chat-fcgi-$("$program" --version | cut -d ' ' -f 2)-$(uname -m)
tree=$to/tree
rm -rf "$tree" "${to:?}/$name.zip"

# As shared-host/README.md draws it.
mkdir -p "$tree/chat-fcgi/catalog" "$tree/public_html/cgi-bin"
cp shared-host/README.md LICENSE "$tree/chat-fcgi/"
cp shared-host/chat-fcgi/.htaccess "$tree/chat-fcgi/"
strip -o "$tree/chat-fcgi/chat-fcgi" "$program"
# Functions and lines, for who reads a crash (docs/operations.md).
objcopy --only-keep-debug --compress-debug-sections "$program" "$to/$name.debug"
chmod 644 "$to/$name.debug"
# docs/decisions.md says what the bytes are. A program of somebody else's flags (a debug build) may be larger.
if [ -z "${CHAT_FCGI_PROGRAM:-}" ] && [ "$(stat -c %s "$tree/chat-fcgi/chat-fcgi")" -ge 15000000 ]; then
    echo "shared-host: the stripped program has 15 MB or more" >&2
    exit 70
fi
# Libraries that hosts seldom have, or have old: the program looks for them beside itself first.
for library in libfcgi libsimdjson libsqlite3; do
    path=$(ldd "$program" | sed -n "s/^[[:space:]]*$library\.so[^ ]* => \([^ ]*\).*/\1/p")
    [ -n "$path" ] || continue
    strip -o "$tree/chat-fcgi/$(basename "$path")" "$(realpath "$path")"
done
printf '{ data_dir: "./data", agents_dir: "./agents" }\n' >"$tree/chat-fcgi/chat-fcgi.json5"
cp -r agents "$tree/chat-fcgi/"
# Compiled into the program.
rm -r "$tree/chat-fcgi/agents/words"
cp catalog/starter.csv "$tree/chat-fcgi/catalog/"
cp shared-host/.htaccess "$tree/public_html/"
cp -r web/. "$tree/public_html/"
cp shared-host/chat.cgi "$tree/public_html/cgi-bin/"
find "$tree" -name __pycache__ -prune -exec rm -rf {} +

# The rights count, and the times are those of the commit: two builds of one commit are the same bytes.
find "$tree" -type d -exec chmod 755 {} +
find "$tree" -type f -exec chmod 644 {} +
chmod 755 "$tree/chat-fcgi/chat-fcgi" "$tree/public_html/cgi-bin/chat.cgi"
chmod 700 "$tree/chat-fcgi"
epoch=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
find "$tree" -exec touch --no-dereference --date "@$epoch" {} +
(cd "$tree" && find . -mindepth 1 | sed 's#^\./##' | LC_ALL=C sort | TZ=UTC zip -q -9 -X "$to/$name.zip" -@)
SOURCE_DATE_EPOCH=$epoch packaging/sbom.py "$tree" "$to/$name.zip" >"$to/$name.spdx.json"
rm -rf "$tree"
printf '%s: %s bytes\n' "$to/$name.zip" "$(stat -c %s "$to/$name.zip")"
