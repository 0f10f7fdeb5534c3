# The measurements. Each appends JSON lines to a file in $RESULTS; the report tool makes the tables.

# load LABEL FILE ARGUMENTS…: in the background and waited for, so that Ctrl-C or SIGTERM ends it at once.
load() {
    local label=$1 file=$2
    shift 2
    "$BIN/load" -label "$label" -round "${ROUND:-0}" "$@" >>"$RESULTS/$file" &
    PID[load]=$!
    wait "${PID[load]}" || exit 70
    unset "PID[load]"
}

completions_body() {
    echo '{"model":"'"$1"'","stream":true,"messages":[{"role":"user","content":"hello"}]}'
}

# asked NAME MODEL: sets ASKED, where and what the load client asks, and by how many users: only the real program knows them.
# The limit and LiteLLM speak OpenAI's dialect only.
asked() {
    ASKED=(-addresses "$(front "$1")")
    case $1 in
    limit) ASKED+=(-path /v1/chat/completions -body "$(completions_body "$2")") ;;
    litellm) ASKED+=(-path /v1/chat/completions -body "$(completions_body bench)") ;;
    chat-fcgi*) ASKED+=(-body "$MESSAGE" -guests "$GUESTS") ;;
    *) ASKED+=(-body "$MESSAGE") ;;
    esac
}

# watching NAME: sets WATCHED, whose processor time and memory the load client samples.
watching() {
    local name
    WATCHED=()
    for name in nginx provider; do WATCHED+=(${PID[$name]:+-watch "$name=${PID[$name]}"}); done
    [ "$1" = limit ] || WATCHED+=(-watch "program=${PID[$1]}")
}

# warm NAME MODEL …: a few short streams, so that memory and CPU before the measurement are those of a program in use.
warm() {
    asked "$1" "$2"
    load warm-up warm-up.jsonl "${ASKED[@]}" "${@:3}"
}

# idle STREAMS: memory a stream, CPU an event and lateness, with the program's own model at one event a second.
measure_idle() {
    local streams=$1 file=idle-$1.jsonl name
    : >"$RESULTS/$file"
    start_provider
    start_nginx
    for ((ROUND = 1; ROUND <= ROUNDS; ROUND++)); do
        for name in limit chat-fcgi; do
            start_contender "$name" builtin
            [ "$name" = limit ] || { warm "$name" builtin -streams 20 -pace 1s -settle 1s -window 1s; sleep 3; }
            asked "$name" tokens-3600-every-1000ms
            watching "$name"
            load "$name" "$file" "${ASKED[@]}" "${WATCHED[@]}" -streams "$streams" -rate "$RATE" -pace 1s -settle "$SETTLE" -window "$WINDOW"
            stop "$name"
        done
    done
    stop nginx
    stop provider
}

# in_turn FILE MODEL NAME… -- ARGUMENTS…: the contenders in turn, round after round, so that a slow minute of the machine hits all.
in_turn() {
    local file=$1 model=$2 name names=()
    shift 2
    while [ "$1" != -- ]; do names+=("$1"); shift; done
    shift
    : >"$RESULTS/$file"
    start_provider
    start_nginx
    for name in "${names[@]}"; do
        start_contender "$name" "$model"
        warm "$name" "$model" -streams 10 -opening 10 -drain -settle 0s
    done
    for ((ROUND = 1; ROUND <= ROUNDS; ROUND++)); do
        for name in "${names[@]}"; do
            asked "$name" "$model"
            watching "$name"
            load "$name" "$file" "${ASKED[@]}" "${WATCHED[@]}" -rate 1e6 -drain -settle 300ms "$@"
        done
    done
    for name in "${names[@]}" nginx provider; do stop "$name"; done
}

# S1: one client, one question after another.
measure_s1() {
    in_turn s1.jsonl "tokens-$FEW_TOKENS" "$@" -- -streams "$QUESTIONS" -concurrent 1 -tokens "$FEW_TOKENS"
}

# S2: many tokens at full speed.
measure_s2() {
    in_turn s2.jsonl "tokens-$TOKENS" "$@" -- -streams "$STREAMS" -opening "$STREAMS" -tokens "$TOKENS"
}

# S3 STREAMS NAME…: replies of one token a second, which begin and end all the time. A fresh process for each run.
measure_s3() {
    local streams=$1 file=s3-$1.jsonl model=tokens-$PACED_TOKENS-every-1000ms name
    shift
    : >"$RESULTS/$file"
    start_provider
    start_nginx
    for ((ROUND = 1; ROUND <= ROUNDS; ROUND++)); do
        for name in "$@"; do
            start_contender "$name" "$model"
            warm "$name" "tokens-1" -streams 20 -pace 1s -settle 1s -window 1s
            sleep 3 # the turns of the warm-up end: their grace is one second
            asked "$name" "$model"
            watching "$name"
            load "$name" "$file" "${ASKED[@]}" "${WATCHED[@]}" -streams "$streams" -rate "$((streams / STARTING_S + 1))" -opening 2000 \
                -pace 1s -drain -settle 1s -tokens "$PACED_TOKENS"
            stop "$name"
        done
    done
    stop nginx
    stop provider
}

# S4: a page of a conversation's history, over and over. chat-fcgi's own answer is what nginx serves as a file and what Go's database is
# filled with.
measure_s4() {
    local name page=$TMP/file/history.json page_asked=(-path /api/v1/chat/history -body '{"session_id":"bench","limit":100}')
    : >"$RESULTS/s4.jsonl"
    mkdir -p "$TMP/file"
    start_provider
    start_nginx
    # chat-fcgi is asked in any case, for the page that all give.
    for name in $(printf '%s\n' chat-fcgi "$@" | grep '^chat-fcgi' | sort -u); do
        start_contender "$name" tokens-40
        asked "$name"
        load conversation warm-up.jsonl "${ASKED[@]}" -guests 1 -token-file "$TMP/$name.tokens" -body "$(question_of_200_bytes)" \
            -streams 50 -concurrent 1 -drain -settle 0s -tokens 40
    done
    curl -sS -o "$page" -H "Authorization: Bearer $(cat "$TMP/chat-fcgi.tokens")" -H 'Content-Type: application/json' \
        -d '{"session_id":"bench","limit":100}' "http://127.0.0.1:${PORT[chat-fcgi]}/api/v1/chat/history" || exit 70
    [[ " $* " != *" go "* ]] || BENCH_HISTORY=$page BENCH_DATABASE=$DATA/go.db start_contender go tokens-40
    for ((ROUND = 0; ROUND <= ROUNDS; ROUND++)); do # round 0 warms up
        for name in "$@"; do
            watching "$name"
            case $name in
            limit) ASKED=(-method GET -path /file/history.json -body "") ;;
            chat-fcgi*) ASKED=("${page_asked[@]}" -guests 1 -token-file "$TMP/$name.tokens") ;;
            *) ASKED=("${page_asked[@]}") ;;
            esac
            load "$name" "$([ "$ROUND" = 0 ] && echo warm-up || echo s4).jsonl" -addresses "$(front "$name")" "${ASKED[@]}" "${WATCHED[@]}" \
                -mode repeat -concurrent 32 -messages 100 -window "$REPEATING"
        done
    done
    stop_all
}

question_of_200_bytes() {
    printf '{"session_id":"bench","message":"%s"}' "$(printf 'What was it that they said of the weather that day? %.0s' 1 2 3 4)"
}

# S5: one reader after another leaves, or stops its reply, after the first token of one a second.
measure_s5() {
    local name model=tokens-3600-every-1000ms
    : >"$RESULTS/s5.jsonl"
    start_provider
    start_nginx
    for name in "$@"; do
        GRACE_MS=0 start_contender "$name" "$model"
        warm "$name" "$model" -streams 5 -settle 1s -window 1s
    done
    sleep 3 # those of the warm-up end
    for ((ROUND = 1; ROUND <= ROUNDS; ROUND++)); do
        for name in "$@"; do
            GUESTS=1 asked "$name" "$model"
            load "$name" s5.jsonl "${ASKED[@]}" -mode leave -provider "$PROVIDER" -streams "$LEAVING"
            [[ $name = chat-fcgi* ]] || continue
            load "$name, stopped" s5.jsonl "${ASKED[@]}" -mode stop -provider "$PROVIDER" -streams "$LEAVING"
        done
    done
    stop_all
}

# S6 [MESSAGES…]: how costs grow with what is stored; how they grow with the streams is S3's.
measure_s6() {
    CHAT_FCGI_PROGRAM=$CHAT_FCGI "$HERE/growth.py" "$@" >"$RESULTS/s6.jsonl" || exit 70
}
