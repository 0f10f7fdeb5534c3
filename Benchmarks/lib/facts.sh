# The machine and the versions that the figures belong to, as Markdown.

machine_facts() {
    echo "## Machine"
    echo
    echo "- $(date -u +%Y-%m-%dT%H:%MZ), $(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)," \
        "$(awk '/MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo) of memory"
    echo "- Linux $(uname -r), $(. /etc/os-release && echo "$PRETTY_NAME"), $(ulimit -n) descriptors a process," \
        "load average at the start $(cut -d' ' -f1-3 /proc/loadavg)"
    echo "- chat-fcgi: $([ -x "$CHAT_FCGI" ] && "$CHAT_FCGI" --version 2>&1 | head -1 || echo "not built")"
    echo "- nginx $(nginx -v 2>&1 | sed 's,.*/,,'), $(go version | awk '{ print $3 }')," \
        "PHP $(php-fpm8.2 -v 2>/dev/null | awk 'NR == 1 { print $2 }')," \
        "Node $(node --version 2>/dev/null), $(python3 --version 2>&1)"
    [ -x "$VENV/bin/pip" ] &&
        echo "- $("$VENV/bin/pip" freeze 2>/dev/null | grep -E '^(fastapi|httpx|uvicorn|uvloop|httptools)=' | tr '\n' ' ')"
    awk -v cores="$(nproc)" '$1 > 0.3 * cores { print "- **The machine was busy with other work: do not trust these figures.**" }' \
        /proc/loadavg
    echo
}
