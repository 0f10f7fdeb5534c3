# The provider stand-in and the programs that relay it. Each contender listens on $TMP/NAME.sock.

# start_provider: sets PROVIDER to its HOST:PORT.
start_provider() {
    rm -f "$TMP/provider.port"
    start provider "$BIN/provider" -port-file "$TMP/provider.port"
    await provider "port" test -s "$TMP/provider.port"
    PROVIDER=127.0.0.1:$(cat "$TMP/provider.port")
}

# start_contender NAME MODEL: MODEL is the provider's script (Benchmarks/provider), or "builtin" for the program's own.
start_contender() {
    local name=$1 model=$2 socket=$TMP/$1.sock
    rm -f "$socket"
    export BENCH_PROVIDER=http://${PROVIDER:-127.0.0.1:9}/v1 BENCH_MODEL=$model BENCH_SOCKET=$socket
    case $name in
    limit) return ;;
    chat-fcgi | chat-fcgi-normal)
        render_chat_fcgi "$name" "$model"
        BENCH_KEY=none start "$name" "$CHAT_FCGI" serve --config "$TMP/$name.json5" --listen "unix:$socket" ;;
    go) BENCH_FLUSH=each start "$name" "$BIN/relay-go" ;;
    go-stored)
        rm -f "$DATA/go-stored.db"*
        BENCH_STORE=$DATA/go-stored.db BENCH_FLUSH=each start "$name" "$BIN/relay-go" ;;
    go-drained) BENCH_FLUSH=drained start "$name" "$BIN/relay-go" ;;
    php)
        render_php
        # -R: this may be root in a container; the pool serves one unix socket and nothing else.
        start "$name" php-fpm8.2 --nodaemonize -R --fpm-config "$TMP/php-fpm.conf" -d display_errors=stderr ;;
    node) start "$name" node "$HERE/comparators/node/server.mjs" ;;
    fastapi)
        start "$name" "$VENV/bin/uvicorn" server:app --app-dir "$HERE/comparators/fastapi" --uds "$socket" \
            --no-access-log --log-level warning --backlog 4096 ;;
    litellm)
        render_litellm "$model"
        # Without keys, which it keeps in Postgres, and without fetching prices.
        export CONFIG_FILE_PATH=$TMP/litellm.yaml LITELLM_LOCAL_MODEL_COST_MAP=True LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY=true
        start "$name" "$LITELLM_VENV/bin/uvicorn" litellm.proxy.proxy_server:app --uds "$socket" \
            --no-access-log --log-level warning --backlog 4096 ;;
    *) echo "run.sh: no contender $name" >&2; exit 64 ;;
    esac
    await "$name" "socket" test -S "$socket"
}

# render_chat_fcgi NAME MODEL. Limits are raised out of the way, the builtin model speaks once a second, and a leaving client ends its turn soon.
render_chat_fcgi() {
    local name=$1 provider model durability=full
    [ "$name" = chat-fcgi-normal ] && durability=normal
    if [ "$2" = builtin ]; then
        provider='builtin: { kind: "builtin", pace_ms: 1000 }'
        model='{ provider: "builtin" }'
    else
        provider="bench: { kind: \"openai\", base_url: \"http://$PROVIDER/v1\", api_key_env: \"BENCH_KEY\" }"
        model="{ provider: \"bench\", model: \"$2\" }"
    fi
    # The store lies on the disk of the build folder: a memory file system would make fsync free.
    rm -rf "$DATA/$name"
    mkdir -p "$DATA/$name"
    cat >"$TMP/$name.json5" <<EOF
{
  data_dir: "$DATA/$name",
  store: { durability: "$durability" },
  auth: { mode: "guest" },
  limits: { streams: 10000, streams_per_user: 10000, requests_per_minute: 1000000, tokens_per_day: 1000000000 },
  stream: { detach_grace_ms: ${GRACE_MS:-1000}, drain_timeout_ms: 500 },
  providers: { $provider },
  models: [ { name: "*", chain: [ $model ] } ],
  clocks: { first_token_ms: 60000, idle_ms: 60000, total_ms: 3600000 },
  agents_dir: "$ROOT/agents",
  log: { level: "${BENCH_LOG_LEVEL:-warning}" },
}
EOF
    # Without books the embedded answers are too short to be watched for a minute.
    "$CHAT_FCGI" catalog import "$ROOT/catalog/starter.csv" --config "$TMP/$name.json5" >"$LOGS/catalog.log" 2>&1
}

render_php() {
    cat >"$TMP/php-fpm.conf" <<EOF
[global]
error_log = $LOGS/php.log
[bench]
user = $(id -un)
group = $(id -gn)
listen = $TMP/php.sock
listen.mode = 0666
listen.backlog = 4096
pm = static
pm.max_children = $STREAMS
clear_env = no
EOF
}

render_litellm() {
    cat >"$TMP/litellm.yaml" <<EOF
model_list:
  - model_name: bench
    litellm_params: { model: "openai/$1", api_base: "http://$PROVIDER/v1", api_key: none }
EOF
}
