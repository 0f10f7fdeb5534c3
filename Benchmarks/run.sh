#!/bin/bash
# Benchmarks of chat-fcgi: see README.md beside this file. Prints Markdown; `make bench` calls it.
set -u

usage() {
    cat <<'EOF'
usage: Benchmarks/run.sh [COMMAND]
  idle N             N idle streams behind nginx, one event a second each: memory, CPU, lateness (1000, 10000)
  tokens             tokens of an HTTP provider at full speed through chat-fcgi: CPU a token, order, completeness
  provider-memory [N]  memory a stream with the provider's connection included (1000)
  compare            tokens and provider-memory for chat-fcgi and for Go, PHP-FPM, Node and FastAPI doing the same
  all                idle 1000, idle 10000, and what compare measures (the default)
  smoke              everything small, to see that the tools work; its figures mean nothing
Environment, with what `all` takes: REPEATS=5 REPEATS_HELD=3 STREAMS=50 TOKENS=2000 WINDOW=30s SETTLE=5s RATE=500
  GUESTS=100 CONTROLS=1 (0: no control rows) NGINX_WORKERS=2 MESSAGE='{"message":…}'
  CHAT_FCGI=.build/release/chat-fcgi CONTENDERS="chat-fcgi go …" (litellm: only where it is named)
EOF
}

HERE=$(cd "$(dirname "$0")" && pwd)
ROOT=$(dirname "$HERE")
OUT=$ROOT/.build/bench
# shellcheck disable=SC2034  # the parts below use them
BIN=$OUT/bin LOGS=$OUT/logs RESULTS=$OUT/results DATA=$OUT/data VENV=$ROOT/.build/bench-venv LITELLM_VENV=$ROOT/.build/bench-litellm-venv
CHAT_FCGI=${CHAT_FCGI:-$ROOT/.build/release/chat-fcgi}

if [ "${1:-}" = smoke ]; then
    : "${REPEATS:=1}" "${REPEATS_HELD:=1}" "${STREAMS:=5}" "${TOKENS:=200}" "${WINDOW:=2s}" "${SETTLE:=1s}" "${GUESTS:=2}"
fi
REPEATS=${REPEATS:-5} REPEATS_HELD=${REPEATS_HELD:-3} STREAMS=${STREAMS:-50} TOKENS=${TOKENS:-2000}
WINDOW=${WINDOW:-30s} SETTLE=${SETTLE:-5s} RATE=${RATE:-500} GUESTS=${GUESTS:-100} CONTROLS=${CONTROLS:-1}
NGINX_WORKERS=${NGINX_WORKERS:-2}
MESSAGE=${MESSAGE:-'{"message":"I loved The Time Machine. What next?"}'}

# shellcheck disable=SC1090  # each is looked at by itself
for part in needs processes contenders nginx facts measurements; do . "$HERE/lib/$part.sh"; done
CONTENDERS=${CONTENDERS:-$ALL_CONTENDERS}

have_program() {
    [ -x "$CHAT_FCGI" ] && return
    echo "run.sh: $CHAT_FCGI is not built: measuring without it" >&2
    return 1
}

# The contenders that can take part, prepared.
prepare_contenders() {
    local name
    TAKING_PART=()
    for name in $CONTENDERS; do
        if [ "$name" = chat-fcgi ]; then have_program || continue; fi
        need_contender "$name"
        TAKING_PART+=("$name")
    done
}

# PHP-FPM would need a process for each of many streams; go-drained differs from go only under load.
for_many_streams() { printf '%s\n' "${TAKING_PART[@]}" | grep -vx -e php -e go-drained; }

mkdir -p "$LOGS" "$RESULTS" "$DATA"
rm -f "$LOGS"/*.log
# Short, because a unix socket's path has 107 bytes at most.
TMP=$(mktemp -d "${TMPDIR:-/tmp}/chat-fcgi-bench.XXXXXX") || exit 74
trap 'stop_all; rm -rf "$TMP" "$DATA"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
ulimit -n "$(ulimit -Hn)"

case ${1:-all} in
idle)
    [[ ${2:-} =~ ^[1-9][0-9]*$ ]] || { usage >&2; exit 64; }
    build_tools; machine_facts; measure_idle "$2" ;;
tokens)
    CONTENDERS=chat-fcgi
    build_tools; prepare_contenders
    [ ${#TAKING_PART[@]} = 0 ] && exit 69
    machine_facts; measure_tokens chat-fcgi ;;
provider-memory)
    CONTENDERS=chat-fcgi
    build_tools; prepare_contenders
    [ ${#TAKING_PART[@]} = 0 ] && exit 69
    machine_facts; measure_provider_memory "${2:-1000}" chat-fcgi ;;
compare)
    build_tools; prepare_contenders; machine_facts
    measure_tokens "${TAKING_PART[@]}"
    # shellcheck disable=SC2046  # words
    measure_provider_memory 1000 $(for_many_streams) ;;
all)
    build_tools; prepare_contenders; machine_facts
    measure_idle 1000
    measure_idle 10000
    # shellcheck disable=SC2046  # words
    measure_provider_memory 1000 $(for_many_streams)
    measure_tokens "${TAKING_PART[@]}" ;;
smoke)
    build_tools; prepare_contenders; machine_facts
    echo "**A smoke run: these figures mean nothing.**"
    echo
    measure_idle 20
    measure_tokens "${TAKING_PART[@]}"
    # shellcheck disable=SC2046  # words
    measure_provider_memory 20 $(for_many_streams) ;;
-h | --help | help) usage ;;
*) usage >&2; exit 64 ;;
esac
