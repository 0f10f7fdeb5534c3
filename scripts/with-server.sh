#!/usr/bin/env bash
# Runs a command against a fresh installation in a temporary folder, whose address is in CHAT_FCGI_URL and whose data folder
# is in CHAT_FCGI_DATA:
#
#   scripts/with-server.sh Tests/web/run.sh
#
# The installation is what `make run` starts, with the defaults, or with the configuration that CHAT_FCGI_TEST_CONFIG names, and an empty data
# folder; it is removed afterwards.
# Exits as the command did.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 70
[ $# -gt 0 ] || {
    echo "usage: scripts/with-server.sh COMMAND [ARGUMENT...]" >&2
    exit 64
}

program=$(realpath "${CHAT_FCGI_PROGRAM:-.build/release/chat-fcgi}")
folder=$(mktemp -d /tmp/chat-fcgi-test.XXXXXX)
server=""
remove() {
    if [ -n "$server" ]; then
        kill -TERM "$server" 2>/dev/null
        wait "$server"
    fi
    rm -rf "$folder"
}
trap remove EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

for part in nginx scripts web examples catalog agents; do
    if [ -e "$part" ]; then cp -R "$part" "$folder/"; fi
done

if [ -n "${CHAT_FCGI_TEST_CONFIG:-}" ]; then cp "$CHAT_FCGI_TEST_CONFIG" "$folder/chat-fcgi.json5"; fi

# Any port from the range that the system does not give out by itself; taken ones are passed over.
for _ in 1 2 3 4 5; do
    port=$((10000 + RANDOM % 20000))
    env -u CHAT_FCGI_CONFIG CHAT_FCGI_PROGRAM="$program" PORT=$port "$folder/scripts/run.sh" >"$folder/run.log" 2>&1 &
    server=$!
    while kill -0 "$server" 2>/dev/null && ! grep -qs 'Ctrl-C ends it' "$folder/run.log"; do sleep 0.1; done
    if kill -0 "$server" 2>/dev/null; then break; fi
    server=""
    grep -q 'is taken' "$folder/run.log" || break
done
if [ -z "$server" ]; then
    cat "$folder/run.log" >&2
    exit 69
fi

export CHAT_FCGI_URL="http://127.0.0.1:$port" CHAT_FCGI_DATA="$folder/var"
"$@"
code=$?
if [ "$code" -ne 0 ]; then
    echo "The end of the program's log:" >&2
    tail -n 20 "$folder/var/log/chat-fcgi.log" >&2
fi
exit "$code"
