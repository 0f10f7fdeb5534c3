#!/bin/sh
# chat-fcgi as a CGI program: https://example.org/cgi-bin/chat.cgi/api/v1/...
# Finds the program, the configuration and the data folder beside itself, or where the variables say:
#   CHAT_FCGI_PROGRAM  the program            (default: chat-fcgi beside this script)
#   CHAT_FCGI_CONFIG   the configuration      (default: chat-fcgi.json5 in CHAT_FCGI_HOME)
#   CHAT_FCGI_HOME     relative paths of the configuration start here
#                      (default: ../chat-fcgi from here when it exists, else this script's folder)

fail() {
    # A CGI answer, so that the browser shows what is wrong; no path goes out, the error log has it.
    printf '%s\n' "chat.cgi: $1" >&2
    printf 'Status: 500 Internal Server Error\r\nContent-Type: application/problem+json\r\n\r\n'
    printf '%s\n' '{"type":"about:blank","title":"Internal Server Error","status":500,"detail":"The chat program is not set up. The error log of the web server says what is missing.","code":"internal_error"}'
    exit 0
}

case $0 in
*/*) here=${0%/*} ;;
*) here=. ;;
esac
here=$(CDPATH='' cd -- "$here" && pwd) || fail "cannot enter the folder of $0"

home=${CHAT_FCGI_HOME:-}
if [ -z "$home" ]; then
    # Outside the folder that the web server shows is the better place: no data file can be fetched from there.
    if [ -d "$here/../chat-fcgi" ]; then home=$here/../chat-fcgi; else home=$here; fi
fi
cd -- "$home" || fail "cannot enter CHAT_FCGI_HOME ($home)"

program=${CHAT_FCGI_PROGRAM:-}
if [ -z "$program" ]; then
    for candidate in "$here/chat-fcgi" ./chat-fcgi ./bin/chat-fcgi; do
        if [ -f "$candidate" ] && [ -x "$candidate" ]; then
            program=$candidate
            break
        fi
    done
fi
[ -n "$program" ] || fail "no program chat-fcgi in $here or $home; copy it there, chmod 755 it, or set CHAT_FCGI_PROGRAM"
[ -x "$program" ] || fail "$program cannot be executed; chmod 755 it"

if [ -z "${CHAT_FCGI_CONFIG:-}" ] && [ -f ./chat-fcgi.json5 ]; then
    CHAT_FCGI_CONFIG=./chat-fcgi.json5
fi
[ -z "${CHAT_FCGI_CONFIG:-}" ] || export CHAT_FCGI_CONFIG

# Apache keeps Authorization from CGI programs unless told otherwise; .htaccess brings it under one of these names.
if [ -z "${HTTP_AUTHORIZATION:-}" ]; then
    HTTP_AUTHORIZATION=${REDIRECT_HTTP_AUTHORIZATION:-${REDIRECT_REDIRECT_HTTP_AUTHORIZATION:-}}
    if [ -n "$HTTP_AUTHORIZATION" ]; then export HTTP_AUTHORIZATION; else unset HTTP_AUTHORIZATION; fi
fi
# A client's `Proxy:` header must not become anybody's proxy (httpoxy.org).
unset HTTP_PROXY

exec "$program"
