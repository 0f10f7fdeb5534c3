# The measurements. Each appends JSON lines to a file in $RESULTS; the report tool makes the tables.

# load LABEL FILE ARGUMENTS…: in the background and waited for, so that Ctrl-C or SIGTERM ends it at once.
load() {
    local label=$1 file=$2
    shift 2
    "$BIN/load" -label "$label" "$@" >>"$RESULTS/$file" &
    PID[load]=$!
    wait "${PID[load]}" || exit 70
    unset "PID[load]"
}

completions_body() {
    echo '{"model":"'"$1"'","stream":true,"messages":[{"role":"user","content":"hello"}]}'
}

# guests NAME: how many users sign in first; only the real program knows users.
guests() { [ "$1" = chat-fcgi ] && echo "$GUESTS" || echo 0; }

# asked NAME: sets ASKED, what the load client asks of it. LiteLLM speaks OpenAI's dialect only.
asked() {
    if [ "$1" = litellm ]; then
        ASKED=(-path /v1/chat/completions -body "$(completions_body bench)")
    else
        ASKED=(-body "$MESSAGE")
    fi
}

# warm NAME: a few short streams, so that memory and CPU before the measurement are those of a program in use.
warm() {
    asked "$1"
    load warm-up warm-up.jsonl -addresses "$(front "$1")" "${ASKED[@]}" -guests "$(($(guests "$1") > 0))" "${@:2}"
}

# hold LABEL FILE NAME STREAMS: opens them at the pace of one token a second and watches a steady window.
hold() {
    asked "$3"
    load "$1" "$2" -addresses "$(front "$3")" "${ASKED[@]}" -guests "$(guests "$3")" -streams "$4" -rate "$RATE" \
        -pace 1s -settle "$SETTLE" -window "$WINDOW" -watch "program=${PID[$3]}" -watch "nginx=${PID[nginx]}" \
        ${PID[provider]:+-watch "provider=${PID[provider]}"}
}

# hold_control LABEL FILE ADDRESSES STREAMS: the provider alone at the same pace: what client, nginx and kernel add.
hold_control() {
    load "$1" "$2" -addresses "$3" -path /v1/chat/completions -body "$(completions_body tokens-3600-every-1000ms)" \
        -streams "$4" -rate "$RATE" -pace 1s -settle "$SETTLE" -window "$WINDOW" \
        -watch "program=${PID[provider]}" -watch "nginx=${PID[nginx]}"
}

# idle STREAMS: memory a stream, CPU an event and lateness, with the program's own model at one event a second.
measure_idle() {
    local streams=$1 file=idle-$1.jsonl i
    : >"$RESULTS/$file"
    start_provider
    start_nginx
    if [ "$CONTROLS" = 1 ]; then
        hold_control "control: provider alone" "$file" "$PROVIDER" "$streams"
        hold_control "control: provider behind nginx" "$file" "$(front control)" "$streams"
    fi
    stop provider
    if have_program; then
        for ((i = 0; i < REPEATS_HELD; i++)); do
            start_contender chat-fcgi builtin
            warm chat-fcgi -streams 20 -pace 1s -settle 1s -window 1s
            sleep 3 # the turns of the warm-up end: their grace is one second
            hold chat-fcgi "$file" chat-fcgi "$streams"
            stop chat-fcgi
        done
    fi
    stop nginx
    "$BIN/report" -table held -title "Idle streams: $streams, one event a second each" -memory-aim 10240 \
        -lateness-aim 10000 "$RESULTS/$file"
}

# measure_provider_memory STREAMS NAME…: memory a stream when each also holds a connection to the provider.
measure_provider_memory() {
    local streams=$1 file=provider-memory-$1.jsonl i name
    shift
    [ $# -gt 0 ] || return 0
    : >"$RESULTS/$file"
    start_provider
    start_nginx
    for ((i = 0; i < REPEATS_HELD; i++)); do
        for name in "$@"; do
            start_contender "$name" tokens-3600-every-1000ms
            warm "$name" -streams 20 -pace 1s -settle 1s -window 1s
            sleep 3
            hold "$name" "$file" "$name" "$streams"
            stop "$name"
        done
    done
    stop nginx
    stop provider
    "$BIN/report" -table held -title "Relayed streams: $streams, one token a second each from a provider over HTTP" \
        -memory-aim 24576 "$RESULTS/$file"
}

# measure_tokens NAME…: the contenders in turn, round after round, so that a slow minute of the machine hits all.
measure_tokens() {
    local shape file i name
    [ $# -gt 0 ] || return 0
    start_provider
    start_nginx
    for shape in "" -together; do
        file=tokens$shape.jsonl
        : >"$RESULTS/$file"
        for name in "$@"; do
            start_contender "$name" "tokens-$TOKENS$shape"
            warm "$name" -streams 10 -opening 10 -drain -settle 0s
        done
        for ((i = 0; i < REPEATS; i++)); do
            for name in "$@"; do
                asked "$name"
                load "$name" "$file" -addresses "$(front "$name")" "${ASKED[@]}" -guests "$(guests "$name")" \
                    -streams "$STREAMS" -opening "$STREAMS" -rate 1e6 -drain -settle 300ms -tokens "$TOKENS" \
                    -watch "program=${PID[$name]}" -watch "nginx=${PID[nginx]}" -watch "provider=${PID[provider]}"
            done
        done
        for name in "$@"; do stop "$name"; done
        "$BIN/report" -table tokens -cpu-aim 3 -title "$STREAMS streams of $TOKENS tokens at full speed, $(
            [ -z "$shape" ] && echo "each token written by itself" || echo "tokens written in blocks of 16 KiB"
        )" "$RESULTS/$file"
    done
    stop nginx
    stop provider
}
