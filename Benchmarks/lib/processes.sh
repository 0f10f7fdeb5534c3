# Starting and ending processes: each by its own pid, all of them ended when run.sh ends.

declare -A PID=()

# start NAME COMMAND…: runs it in the background; its output goes to LOGS/NAME.log.
start() {
    local name=$1
    shift
    "$@" >>"$LOGS/$name.log" 2>&1 </dev/null &
    PID[$name]=$!
}

# stop NAME: asks with SIGTERM, insists after 5 s with SIGKILL.
stop() {
    local pid=${PID[$1]:-} i
    [ -n "$pid" ] || return 0
    unset "PID[$1]"
    kill -TERM "$pid" 2>/dev/null || return 0
    for ((i = 0; i < 50; i++)); do
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.1
    done
    kill -KILL "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
    return 0
}

stop_all() {
    local name
    for name in "${!PID[@]}"; do stop "$name"; done
}

# await NAME WHAT COMMAND…: repeats COMMAND until it succeeds; gives up after 10 s or when process NAME has ended.
await() {
    local name=$1 what=$2 i
    shift 2
    # LiteLLM takes half a minute to load on a busy machine.
    for ((i = 0; i < 1200; i++)); do
        "$@" >/dev/null 2>&1 && return
        kill -0 "${PID[$name]}" 2>/dev/null || break
        sleep 0.05
    done
    echo "run.sh: $name: no $what; see $LOGS/$name.log:" >&2
    tail -n 5 "$LOGS/$name.log" >&2
    exit 69
}
