# One nginx for everything: a port for each contender, and one straight to the provider as a control.

# limit is nginx straight to the provider, or to a file.
ALL_CONTENDERS="limit chat-fcgi chat-fcgi-normal go go-drained go-stored php node fastapi"
# Only where it is named: half a gigabyte of packages.
NAMED_CONTENDERS="litellm"

# front NAME: the addresses to reach a contender at. Four loopback addresses, so that 10,000 connections and those
# of the run before (TIME_WAIT) never come near the 28,000 local ports that one address pair has.
front() {
    local port=${PORT[$1]}
    echo "127.0.0.1:$port,127.0.0.2:$port,127.0.0.3:$port,127.0.0.4:$port"
}

declare -A PORT=()

# start_nginx: needs PROVIDER; the contenders may start before or after it.
start_nginx() {
    local attempt base name
    for attempt in 1 2 3 4 5; do
        base=$((20000 + RANDOM % 11000)) # below the range that the kernel gives to outgoing connections
        for name in $ALL_CONTENDERS $NAMED_CONTENDERS; do PORT[$name]=$((base++)); done
        render_nginx >"$TMP/nginx.conf"
        start nginx nginx -p "$TMP" -c "$TMP/nginx.conf" -e "$LOGS/nginx.log"
        sleep 0.3
        kill -0 "${PID[nginx]}" 2>/dev/null && [ -s "$TMP/nginx.pid" ] && return
        stop nginx
    done
    echo "run.sh: nginx does not start; see $LOGS/nginx.log" >&2
    exit 69
}

render_nginx() {
    local name
    cat <<EOF
daemon off;
pid $TMP/nginx.pid;
$([ "$(id -u)" = 0 ] && echo "user root;")
# Two descriptors a stream: two workers share 10,000 streams within 20,000 descriptors each.
worker_processes $NGINX_WORKERS;
worker_rlimit_nofile $(ulimit -n);
events { worker_connections $(($(ulimit -n) - 100)); }
http {
    access_log off;
    sendfile on;
    keepalive_requests 1000000000;
    client_body_temp_path $TMP/nginx-body;
    proxy_temp_path $TMP/nginx-proxy;
    fastcgi_temp_path $TMP/nginx-fastcgi;
    uwsgi_temp_path $TMP/nginx-uwsgi;
    scgi_temp_path $TMP/nginx-scgi;
    fastcgi_read_timeout 3600s;
    proxy_read_timeout 3600s;
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header Host \$http_host;
    fastcgi_param QUERY_STRING \$query_string;
    fastcgi_param REQUEST_METHOD \$request_method;
    fastcgi_param CONTENT_TYPE \$content_type;
    fastcgi_param CONTENT_LENGTH \$content_length;
    fastcgi_param SCRIPT_NAME \$fastcgi_script_name;
    fastcgi_param REQUEST_URI \$request_uri;
    fastcgi_param DOCUMENT_URI \$document_uri;
    fastcgi_param SERVER_PROTOCOL \$server_protocol;
    fastcgi_param GATEWAY_INTERFACE CGI/1.1;
    fastcgi_param REMOTE_ADDR \$remote_addr;
    fastcgi_param SERVER_NAME \$server_name;
    fastcgi_param SERVER_PORT \$server_port;
    # PHP-FPM wants a file; the others do not read this.
    fastcgi_param SCRIPT_FILENAME $HERE/comparators/php/chat.php;
EOF
    upstream limit "$PROVIDER"
    for name in chat-fcgi chat-fcgi-normal go go-drained go-stored node fastapi litellm; do upstream "$name" "unix:$TMP/$name.sock"; done
    server limit "proxy_pass http://limit;" "location /file { root $TMP; }"
    for name in chat-fcgi chat-fcgi-normal go go-drained go-stored; do server "$name" "fastcgi_pass $name; fastcgi_keep_conn on;"; done
    # A kept connection would hold one of PHP-FPM's processes.
    server php "fastcgi_pass unix:$TMP/php.sock;"
    for name in node fastapi litellm; do server "$name" "proxy_pass http://$name;"; done
    echo "}"
}

# Connections are kept as in the configuration that chat-fcgi comes with (nginx/upstream.conf).
upstream() { echo "    upstream $1 { server $2; keepalive 16; keepalive_timeout 30s; }"; }

# reuseport: the kernel shares connections evenly among the workers, so that none runs out of descriptors.
server() {
    local address
    echo "    server {"
    for address in 127.0.0.1 127.0.0.2 127.0.0.3 127.0.0.4; do
        echo "        listen $address:${PORT[$1]} reuseport backlog=4096;"
    done
    echo "        location / { $2 }"
    [ -z "${3:-}" ] || echo "        $3"
    echo "    }"
}
