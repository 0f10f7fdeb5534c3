#!/bin/bash
# Benchmarks of chat-fcgi: see README.md beside this file. `make bench` calls it.
set -u

usage() {
    cat <<'EOF'
usage: Benchmarks/run.sh [COMMAND]
  s1        one client, one question after another: the first token
  s2        50 streams of 2,000 tokens at full speed: processor time a token, tokens a second
  s3 [N…]   N streams of 30 tokens at one a second (1000 5000 9500): delay of a token, processor time, memory a stream
  s4        a history of 100 messages over 32 connections: requests a second
  s5        a reader stops a reply or leaves: when the provider's connection is closed
  s6 [N…]   how costs grow: writes, pages and searches with N messages; start-up, size of the program
  all       s1 to s6 and idle, then docs/performance.md (the default); some two hours
  report    docs/performance.md's tables and plots from the results of the runs before
  idle [N…] N streams of the built-in model, one event a second each: memory, processor time, delay (1000 10000)
  smoke     everything small, to see that the tools work; its figures mean nothing
Environment: ROUNDS=3 CONTENDERS="limit chat-fcgi …" (litellm: only where it is named) CHAT_FCGI=.build/release/chat-fcgi
  RESULTS=.build/bench/results STREAMS=50 TOKENS=2000 QUESTIONS=500 LEAVING=100 GUESTS=100 NGINX_WORKERS=2
EOF
}

HERE=$(cd "$(dirname "$0")" && pwd)
ROOT=$(dirname "$HERE")
OUT=$ROOT/.build/bench
# shellcheck disable=SC2034  # the parts below use them
BIN=$OUT/bin LOGS=$OUT/logs DATA=$OUT/data VENV=$ROOT/.build/bench-venv LITELLM_VENV=$ROOT/.build/bench-litellm-venv
CHAT_FCGI=${CHAT_FCGI:-$ROOT/.build/release/chat-fcgi}

MANY=(1000 5000 9500)
if [ "${1:-}" = smoke ]; then
    MANY=(20 40) SIZES=(1000)
    : "${RESULTS:=$OUT/smoke}" "${ROUNDS:=1}" "${STREAMS:=5}" "${TOKENS:=200}" "${QUESTIONS:=20}" "${PACED_TOKENS:=5}" "${REPEATING:=1s}" "${LEAVING:=5}" "${STARTING_S:=2}" "${WINDOW:=2s}" "${SETTLE:=1s}" "${GUESTS:=2}"
fi
RESULTS=${RESULTS:-$OUT/results}
ROUNDS=${ROUNDS:-3} STREAMS=${STREAMS:-50} TOKENS=${TOKENS:-2000} QUESTIONS=${QUESTIONS:-500} FEW_TOKENS=5
REPEATING=${REPEATING:-5s} LEAVING=${LEAVING:-100}
PACED_TOKENS=${PACED_TOKENS:-30} STARTING_S=${STARTING_S:-20}
WINDOW=${WINDOW:-30s} SETTLE=${SETTLE:-5s} RATE=${RATE:-500} GUESTS=${GUESTS:-100}
NGINX_WORKERS=${NGINX_WORKERS:-2}
MESSAGE=${MESSAGE:-'{"message":"I loved The Time Machine. What next?"}'}

# shellcheck disable=SC1090  # each is looked at by itself
for part in needs processes contenders nginx facts measurements; do . "$HERE/lib/$part.sh"; done
CONTENDERS=${CONTENDERS:-$ALL_CONTENDERS}

# prepare: the tools, and the contenders that can take part.
prepare() {
    local name
    build_tools
    TAKING_PART=()
    for name in $CONTENDERS; do
        if [[ $name = chat-fcgi* && ! -x $CHAT_FCGI ]]; then
            echo "run.sh: $CHAT_FCGI is not built: measuring without it" >&2
            continue
        fi
        need_contender "$name"
        TAKING_PART+=("$name")
    done
}

# but NAME…: those that take part, without some.
but() {
    local patterns=() name
    for name in "$@"; do patterns+=(-e "$name"); done
    printf '%s\n' "${TAKING_PART[@]}" | grep -vx "${patterns[@]}"
}

mkdir -p "$LOGS" "$RESULTS" "$DATA"
exec 9>"$OUT/lock"
flock -n 9 || { echo "run.sh: another run is under way" >&2; exit 75; }
rm -f "$LOGS"/*.log
# Short, because a unix socket's path has 107 bytes at most.
TMP=$(mktemp -d "${TMPDIR:-/tmp}/chat-fcgi-bench.XXXXXX") || exit 74
trap 'stop_all; rm -rf "$TMP" "$DATA"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
ulimit -n "$(ulimit -Hn)"

# measure SCENARIO [N…]: one of them, with those that can take part in it.
measure() {
    local scenario=$1 streams
    shift
    case $scenario in
    s1 | s2 | s5) "measure_$scenario" "${TAKING_PART[@]}" ;;
    # PHP-FPM would need a process for each of many streams; go-drained differs from go only under load.
    # shellcheck disable=SC2046  # words
    s3) for streams in "$@"; do measure_s3 "$streams" $(but php go-drained); done ;;
    # shellcheck disable=SC2046  # words
    s4) measure_s4 $(but go-drained go-stored php node fastapi litellm) ;;
    s6) measure_s6 "$@" ;;
    idle) for streams in "$@"; do measure_idle "$streams"; done ;;
    esac
}

# report [ARGUMENTS…]: prints the tables of what is in $RESULTS.
report() { "$BIN/report" -results "$RESULTS" "$@"; }

write_documents() { report -document "$ROOT/docs/performance.md" -plots "$ROOT/docs/performance"; }

command=${1:-all}
[ $# = 0 ] || shift
case $command in
s3) [ $# -gt 0 ] || set -- "${MANY[@]}" ;;
idle) [ $# -gt 0 ] || set -- 1000 10000 ;;
esac
case $command in
s1 | s2 | s3 | s4 | s5 | s6 | idle)
    prepare
    machine_facts
    measure "$command" "$@"
    report -only "$command" ;;
all)
    prepare
    rm -f "$RESULTS"/*
    machine_facts | tee "$RESULTS/machine.md"
    for command in s1 s2 "s3 ${MANY[*]}" s4 s5 s6 "idle 1000 10000"; do
        # shellcheck disable=SC2086  # words
        measure $command
    done
    write_documents ;;
report) build_tools; write_documents ;;
smoke)
    prepare
    echo "**A smoke run: these figures mean nothing.**"
    for command in s1 s2 "s3 ${MANY[*]}" s4 s5 "s6 ${SIZES[*]}" "idle 20"; do
        # shellcheck disable=SC2086  # words
        measure $command
    done
    report ;;
-h | --help | help) usage ;;
*) usage >&2; exit 64 ;;
esac
