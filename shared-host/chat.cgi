#!/bin/sh
# chat-fcgi as a CGI program: https://example.org/cgi-bin/chat.cgi/api/v1/...
# Finds the private folder `chat-fcgi`, with the program, the configuration and the data, beside a folder above this script.
# One that the web server shows is refused: whoever fetches data/token-secret can be any user. README.md draws the layout.
#   CHAT_FCGI_HOME     the private folder, where it has another name or place
#   CHAT_FCGI_PROGRAM  the program            (default: chat-fcgi in the private folder)
#   CHAT_FCGI_CONFIG   the configuration      (default: chat-fcgi.json5 there)

fail() {
    # A CGI answer, so that the browser shows what is wrong; no path goes out, the error log has it.
    printf '%s\n' "chat.cgi: $1" >&2
    printf 'Status: 500 Internal Server Error\r\nContent-Type: application/problem+json\r\nCache-Control: no-store\r\n\r\n'
    printf '%s\n' '{"type":"about:blank","title":"Internal Server Error","status":500,"detail":"The chat program is not set up. The error log of the web server says what is missing.","code":"internal_error"}'
    exit 0
}

# Whether the web server shows the folder $1, an absolute path without symbolic links.
is_shown() {
    # Apache says in CONTEXT_DOCUMENT_ROOT what DOCUMENT_ROOT does not know: /~me/ is shown from /home/me/public_html.
    for root in "${DOCUMENT_ROOT:-}" "${CONTEXT_DOCUMENT_ROOT:-}"; do
        root=$(CDPATH='' cd -- "${root:-/nowhere}" 2>/dev/null && pwd -P) || continue
        [ "$root" = / ] && continue
        case $1/ in "$root"/*) return 0 ;; esac
    done
    case $1/ in */public_html/* | */htdocs/* | */httpdocs/*) return 0 ;; esac
    return 1
}

case $0 in
*/*) here=${0%/*} ;;
*) here=. ;;
esac
here=$(CDPATH='' cd -- "$here" && pwd -P) || fail "cannot enter the folder of $0"

home=${CHAT_FCGI_HOME:-}
shown=
folder=$here/.
while [ -z "$home" ] && [ "$folder" != "" ]; do
    folder=${folder%/*}
    if [ -d "$folder/chat-fcgi" ]; then
        # A symbolic link may lead out of what is shown, or into it.
        found=$(CDPATH='' cd -- "$folder/chat-fcgi" && pwd -P) || fail "cannot enter $folder/chat-fcgi"
        if is_shown "$found"; then shown=$found; else home=$found; fi
    fi
done
if [ -z "$home" ]; then
    [ -z "$shown" ] || fail "$shown lies where the web server shows it, so anybody could fetch its files; move it beside the folder that is shown (README.md draws it), and remove data/token-secret if it lay there before"
    fail "there is no folder chat-fcgi beside a folder above $here; make it as README.md draws it, or set CHAT_FCGI_HOME"
fi
home=$(CDPATH='' cd -- "$home" && pwd -P) || fail "cannot enter CHAT_FCGI_HOME ($home)"
if is_shown "$home"; then
    fail "CHAT_FCGI_HOME ($home) lies where the web server shows it; move it out of there, and remove data/token-secret"
fi
cd -- "$home" || fail "cannot enter $home"

program=${CHAT_FCGI_PROGRAM:-$home/chat-fcgi}
[ -f "$program" ] || fail "there is no program $program; copy it there, or set CHAT_FCGI_PROGRAM"
[ -x "$program" ] || fail "$program cannot be executed; chmod 755 it"

if [ -z "${CHAT_FCGI_CONFIG:-}" ] && [ -f ./chat-fcgi.json5 ]; then
    CHAT_FCGI_CONFIG=./chat-fcgi.json5
fi
[ -z "${CHAT_FCGI_CONFIG:-}" ] || export CHAT_FCGI_CONFIG

# What the book companion answers from, read in by the first request where nobody has over SSH. Only into the folder that was drawn: where
# else the data may lie, the program has to look at first.
if [ -f catalog/starter.csv ] && [ ! -e catalog/read-in ] && [ ! -L data ] &&
    grep -q '^[^/]*data_dir: *"\./data"' "${CHAT_FCGI_CONFIG:-/nowhere}" 2>/dev/null && : >catalog/read-in; then
    "$program" catalog import catalog/starter.csv --format csv </dev/null >/dev/null ||
        printf '%s\n' "chat.cgi: the starter catalogue could not be read in (above); ./chat-fcgi catalog import does it" >&2
fi

# Apache keeps Authorization from CGI programs unless told otherwise; .htaccess brings it under one of these names.
if [ -z "${HTTP_AUTHORIZATION:-}" ]; then
    HTTP_AUTHORIZATION=${REDIRECT_HTTP_AUTHORIZATION:-${REDIRECT_REDIRECT_HTTP_AUTHORIZATION:-}}
    if [ -n "$HTTP_AUTHORIZATION" ]; then export HTTP_AUTHORIZATION; else unset HTTP_AUTHORIZATION; fi
fi
# A client's `Proxy:` header must not become anybody's proxy (httpoxy.org).
unset HTTP_PROXY

exec "$program"
