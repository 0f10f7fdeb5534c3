#!/usr/bin/env bash
# The program behind nginx on the loopback, as one foreground process: `make run`.
#
#   PORT=9080 scripts/run.sh       another port than 8080
#   CHAT_FCGI_CONFIG=my.json5 ...  another configuration than ./chat-fcgi.json5 (which may be missing: defaults)
#   OPEN=1 ...                     opens the page in the browser
#
# Everything is written below ./var. Ctrl-C or SIGTERM: streams under way may finish, a second one ends
# them as interrupted, a third one kills.
# A program that is killed is started again. If it or nginx ends by itself, the other is ended too and the end of the log is shown.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 70
PATH="$PATH:/usr/sbin:/sbin"

port=${PORT:-8080}
program=${CHAT_FCGI_PROGRAM:-.build/release/chat-fcgi}
socket=var/chat-fcgi.sock
program_log=var/log/chat-fcgi.log
nginx_log=var/log/nginx-error.log
address=http://127.0.0.1:$port

say() { printf '%s\n' "$*"; }
fail() { # exit code, message
    local code=$1
    shift
    printf 'run: %s\n' "$*" >&2
    exit "$code"
}

case $port in
'' | *[!0-9]*) fail 64 "PORT is \"$port\"; it must be a number from 1 to 65535, such as PORT=9080 make run" ;;
esac
if [ "$port" -lt 1 ] || [ "$port" -gt 65535 ]; then
    fail 64 "PORT is $port; it must be from 1 to 65535, such as PORT=9080 make run"
fi
[ -x "$program" ] || fail 69 "no program at $program; make build makes it"
command -v nginx >/dev/null || fail 69 "nginx is not installed; make setup installs it"

# The chats and the token secret lie here: nobody else's business.
mkdir -p var/log var/nginx || fail 74 "cannot make the folder var here"
chmod 0700 var

# Two of these in one folder would take each other's socket. The lock goes with this process, however it ends.
exec 9>var/run.lock
if ! flock --nonblock 9; then
    fail 69 "make run is already running in this folder (process $(cat var/run.pid 2>/dev/null || echo unknown))"
fi
echo $$ >var/run.pid
trap 'rm -f var/run.pid' EXIT
# Left over by one that was killed; with the lock held nobody listens on it.
rm -f "$socket"
# The log of this run, and that of the one before.
if [ -f "$program_log" ]; then mv "$program_log" "$program_log.1"; fi

if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
    holder=$(ss -Hltnp "sport = :$port" 2>/dev/null | sed -n 's/.*users:(("\([^"]*\)",pid=\([0-9]*\).*/ by \1 (process \2)/p' | head -n 1)
    another=$([ "$port" -eq 9080 ] && echo 9081 || echo 9080)
    fail 69 "port $port is taken${holder}. Choose another:  PORT=$another make run"
fi

# Includes are searched beside the file that names them, so the shared parts are copied next to it.
cp nginx/{chat-fcgi,fastcgi_chat,security_headers}.conf var/nginx/ && sed "s/@PORT@/$port/" nginx/dev.conf.in >var/nginx/nginx.conf ||
    fail 74 "cannot write to var/nginx"

say "chat-fcgi, in a moment at  $address/"

config=()
if [ -n "${CHAT_FCGI_CONFIG:-}" ]; then
    [ -r "$CHAT_FCGI_CONFIG" ] || fail 78 "CHAT_FCGI_CONFIG names $CHAT_FCGI_CONFIG, which cannot be read"
    config=(--config "$CHAT_FCGI_CONFIG")
elif [ -r chat-fcgi.json5 ]; then
    config=(--config chat-fcgi.json5)
fi

# Says what would run, and stops here with every mistake of the configuration named.
report=$("$program" check "${config[@]}" 2>&1) || {
    code=$?
    say "$report" >&2
    fail "$code" "the configuration has mistakes (above)"
}

# The starter catalogue; reading it again changes nothing.
if [ -f catalog/starter.csv ]; then
    "$program" catalog import catalog/starter.csv --format csv "${config[@]}" >>"$program_log" 2>&1 ||
        say "run: the starter catalogue could not be read in, $program_log says why; going on without it" >&2
    # The first start has no catalogue before that.
    if [[ $report == *"warning: catalogue:"* ]]; then report=$("$program" check "${config[@]}" 2>&1); fi
fi

program_pid=""
nginx_pid=""
stopping=0
running() { [ -n "$1" ] && kill -0 "$1" 2>/dev/null; }

on_signal() {
    stopping=$((stopping + 1))
    if [ "$stopping" -eq 1 ]; then
        say ""
        say "Ending. Streams under way may finish; Ctrl-C again ends them."
        # The program takes no new requests and ends when its streams are done, nginx likewise.
        running "$program_pid" && kill -TERM "$program_pid"
        running "$nginx_pid" && kill -QUIT "$nginx_pid"
    elif [ "$stopping" -eq 2 ]; then
        running "$program_pid" && kill -TERM "$program_pid"
    else
        running "$nginx_pid" && kill -TERM "$nginx_pid"
        running "$program_pid" && kill -KILL "$program_pid"
    fi
}
trap on_signal INT TERM HUP

# The exit code of the process, once it has ended. A signal whose trap ran interrupts `wait`; then wait again.
await() { # pid
    local code
    while true; do
        wait "$1"
        code=$?
        running "$1" || return "$code"
    done
}

end_nginx() {
    local i
    running "$nginx_pid" || return 0
    kill -QUIT "$nginx_pid" 2>/dev/null
    for ((i = 0; i < 30; i++)); do
        running "$nginx_pid" || return 0
        sleep 0.1
    done
    # A client that holds its connection open does not hold up the end.
    kill -TERM "$nginx_pid" 2>/dev/null
    await "$nginx_pid"
}

show_log() { # file
    [ -s "$1" ] || return 0
    say "The end of $1:" >&2
    tail -n 20 "$1" | sed 's/^/    /' >&2
}

# Job control gives each child a process group of its own: Ctrl-C reaches this script alone, which ends them in order.
# setpriv: should this script be killed outright, the kernel ends the children.
died_with_us() { # command...
    if command -v setpriv >/dev/null; then exec setpriv --pdeathsig TERM "$@"; else exec "$@"; fi
}
start_program() {
    set -m
    (died_with_us "$program" serve "${config[@]}" --listen "unix:$socket") </dev/null >>"$program_log" 2>&1 8>&- 9>&- &
    program_pid=$!
    set +m
}
start_program

# nginx after the socket, or its log begins with refused connections.
for ((i = 0; i < 100; i++)); do
    [ ! -S "$socket" ] && running "$program_pid" || break
    sleep 0.05
done

# Started by root, nginx would drop to www-data, which may not enter ./var.
as_user=()
if [ "$(id -u)" -eq 0 ]; then as_user=(-g "user root;"); fi
set -m
(died_with_us nginx -p . -e "$nginx_log" -c var/nginx/nginx.conf "${as_user[@]}") </dev/null 9>&- &
nginx_pid=$!
set +m

# Ready when the whole way works: nginx, socket, program, store.
ready=0
for ((i = 0; i < 300; i++)); do
    [ "$stopping" -eq 0 ] && running "$program_pid" && running "$nginx_pid" || break
    if curl --silent --fail --max-time 2 --output /dev/null "$address/readyz"; then
        ready=1
        break
    fi
    sleep 0.1
done

if [ "$ready" -eq 1 ] && [ "$stopping" -eq 0 ]; then
    data=$(sed -n 's/^data folder *//p' <<<"$report")
    case $data in /*) ;; *) data=$(pwd)/${data#./} ;; esac
    cat <<END

  The page       $address/
  Data folder    $data
  Logs           var/log/

$report

Try it from another terminal:

  TOKEN=\$(curl -s -X POST $address/api/v1/auth/guest | sed -n 's/.*"token" *: *"\\([^"]*\\)".*/\\1/p')

  curl -N $address/api/v1/chat/stream -H "Authorization: Bearer \$TOKEN" -H 'Content-Type: application/json' -d '{"message":"I loved The Time Machine. What next?"}'

  curl -s $address/api/v1/chat/sessions -H "Authorization: Bearer \$TOKEN"

The same server in the other dialects: the tutor, OpenAI's chat completions, the plain agent, the desk:

  curl -N $address/stream-chat -H "Authorization: Bearer \$TOKEN" -H 'Content-Type: application/json' -d '{"message":"Help me prepare for my exam on photosynthesis"}'

  curl -N $address/v1/chat/completions -H "Authorization: Bearer \$TOKEN" -H 'Content-Type: application/json' -d '{"model":"any","stream":true,"messages":[{"role":"user","content":"What can you do?"}]}'

  curl -s $address/api/agent/chat -H "Authorization: Bearer \$TOKEN" -H 'Content-Type: application/json' -d '{"message":"Which visa lets me study in Germany?","mode":"visa_expert"}'

  curl -N $address/api/chat/stream -H "Authorization: Bearer \$TOKEN" -H 'Content-Type: application/json' -d '{"message":"Analyze DEMO1 and DEMO2","assistantType":"analyst"}'

Ctrl-C ends it.
END
    if [ "${OPEN:-}" = 1 ]; then
        opener=$(command -v "${BROWSER:-xdg-open}" || command -v open || true)
        if [ -n "$opener" ]; then
            "$opener" "$address/" </dev/null >/dev/null 2>&1 9>&- &
            disown
        else
            say "run: OPEN=1 needs xdg-open (apt-get install xdg-utils), or BROWSER=..." >&2
        fi
    fi
elif [ "$stopping" -eq 0 ] && running "$program_pid" && running "$nginx_pid"; then
    say "run: not ready after 30 s; $address/readyz answers:" >&2
    curl --silent --max-time 2 "$address/readyz" >&2
    say "" >&2
    show_log "$program_log"
    kill -TERM "$program_pid"
    end_nginx
    await "$program_pid"
    exit 69
fi

# Until one of them ends, or a signal comes. A program that was killed (by the kernel for want of memory, by a crash) is started again, as
# a service manager would; one that is killed again and again within seconds is not.
killed=0
# A pipe into which nobody writes: reading it waits without a process of its own, and traps run meanwhile. `wait -n` misses a child that
# ends just before it (bash 5.2), and would then wait for the other one.
exec 8<> <(:)
while [ "$stopping" -eq 0 ] && running "$nginx_pid"; do
    began=$SECONDS
    while [ "$stopping" -eq 0 ] && running "$program_pid" && running "$nginx_pid"; do
        read -r -t 0.3 -u 8
    done
    if [ "$stopping" -ne 0 ] || running "$program_pid"; then break; fi
    wait "$program_pid"
    code=$?
    if [ $((SECONDS - began)) -lt 10 ]; then killed=$((killed + 1)); else killed=1; fi
    # Above 128: by a signal.
    if [ "$code" -le 128 ] || [ "$killed" -gt 3 ]; then break; fi
    say "run: chat-fcgi was killed (signal $((code - 128))); it is started again." >&2
    start_program
done

if [ "$stopping" -eq 0 ]; then
    if running "$program_pid"; then
        wait "$nginx_pid"
        code=$?
        # A worker outlives a master that was killed; both are in the group that bears the master's id.
        kill -TERM -- "-$nginx_pid" 2>/dev/null
        say "run: nginx ended by itself (exit code $code), so the program is ended too." >&2
        show_log "$nginx_log"
        kill -TERM "$program_pid"
        await "$program_pid"
    else
        wait "$program_pid"
        code=$?
        say "run: chat-fcgi ended by itself (exit code $code), so nginx is ended too." >&2
        show_log "$program_log"
        end_nginx
    fi
    exit $((code == 0 ? 70 : code))
fi

await "$program_pid"
code=$?
end_nginx
if [ "$code" -ne 0 ] && [ "$stopping" -eq 1 ]; then
    say "run: chat-fcgi ended with exit code $code." >&2
    show_log "$program_log"
    exit "$code"
fi
say "Ended."
exit 0
