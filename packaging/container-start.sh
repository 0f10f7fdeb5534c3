#!/bin/bash
# The first process of the container: the program, as its own user, and nginx before it. Ends when one of them does, and ends both in order.
set -euo pipefail

config=/etc/chat-fcgi/chat-fcgi.json5
install -d -o chat-fcgi -g www-data -m 0750 /run/chat-fcgi
# A new volume belongs to root.
chown chat-fcgi:chat-fcgi /var/lib/chat-fcgi
chmod 0700 /var/lib/chat-fcgi
as_service=(setpriv --reuid=chat-fcgi --regid=chat-fcgi --groups=www-data --inh-caps=-all --no-new-privs)
# Reading it again changes nothing.
"${as_service[@]}" chat-fcgi catalog import /usr/share/chat-fcgi/catalog/starter.csv --format csv --config "$config" >/dev/null

stop() {
    trap '' TERM INT
    kill -TERM "$program" 2>/dev/null || true
    kill -QUIT "$nginx" 2>/dev/null || true
}
# The socket belongs to nginx's group: the folder is closed to all others, so it may be open to everybody.
cd /var/lib/chat-fcgi
"${as_service[@]}" chat-fcgi serve --config "$config" --socket-mode 0666 &
program=$!
nginx -g 'daemon off;' &
nginx=$!
trap stop TERM INT
code=0
wait -n "$program" "$nginx" || code=$?
stop
wait "$program" "$nginx" || true
exit "$code"
