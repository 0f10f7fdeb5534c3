#!/bin/sh
# The web servers' files as a package installs them, below the folder $1: nginx's in a folder of their own, with the paths that go with it.
set -eu
cd "$(dirname "$0")/.."
to=$1

mkdir -p "$to/nginx/snippets/chat-fcgi" "$to/nginx/conf.d" "$to/nginx/sites-available" "$to/lighttpd"
for file in chat-fcgi fastcgi_chat chat_site chat_headers security_headers cluster cluster_locations; do
    cp "nginx/$file.conf" "$to/nginx/snippets/chat-fcgi/"
done
cp nginx/upstream.conf "$to/nginx/conf.d/chat-fcgi-upstream.conf"
cp nginx/chat_http.conf "$to/nginx/conf.d/chat-fcgi-http.conf"
cp nginx/site.conf "$to/nginx/sites-available/chat-fcgi"
cp nginx/site-tls.conf "$to/nginx/sites-available/chat-fcgi-tls"
# Only directives, which begin a line; comments speak of the files by their names.
find "$to/nginx" -type f -exec sed -i -E \
    's#^( *include )((chat-fcgi|fastcgi_chat|chat_site|chat_(headers|cluster)\*?|security_headers)\.conf;)#\1snippets/chat-fcgi/\2#' {} +
# The comments that tell how to install by hand.
for site in chat-fcgi chat-fcgi-tls; do
    sed -i -e '1,/^server {/{/^#   cp nginx/d; s#sites-available/site-tls\.conf#sites-available/chat-fcgi-tls#; s#sites-available/site\.conf#sites-available/chat-fcgi#; s#site-tls\.conf#chat-fcgi-tls#g; s#site\.conf#chat-fcgi#g}' \
        "$to/nginx/sites-available/$site"
done
{
    printf '# For lighttpd-enable-mod chat-fcgi. The page: server.document-root = "/usr/share/chat-fcgi/web" in the site.\n'
    printf 'var.chat_fcgi_socket = "/run/chat-fcgi/chat-fcgi.sock"\nvar.chat_fcgi_errors = "/usr/share/chat-fcgi/errors/"\n\n'
    sed -n '/^server.modules/,$p' lighttpd/chat-fcgi.conf
} >"$to/lighttpd/50-chat-fcgi.conf"
