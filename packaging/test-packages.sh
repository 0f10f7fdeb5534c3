#!/usr/bin/env bash
# The Debian package on a bare Debian 12 with systemd: installed, asked, upgraded under load, restored, removed and purged, by the commands of
# the documents. `make test-packages`, as root.
#
#   CHAT_FCGI_DEB=... packaging/test-packages.sh       a package that is there, instead of `make deb`
#
# Needs systemd-nspawn, and the network for debootstrap and what the package depends on. The bare system is kept in .build/test-packages/base; what
# runs has a network of its own, with nothing but a loopback.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '== %s s: %s\n' "$SECONDS" "$*"; }
fail() {
    printf 'test-packages: %s\n' "$*" >&2
    exit 1
}
[ "$(id -u)" -eq 0 ] || fail "must be run as root (systemd-nspawn)"
for tool in debootstrap systemd-nspawn; do
    command -v $tool >/dev/null || fail "$tool is not installed: apt-get install debootstrap systemd-container"
done

package=${CHAT_FCGI_DEB:-}
if [ -z "$package" ]; then
    packaging/deb.sh
    package=$(ls .build/deb/chat-fcgi_*.deb)
fi
package=$(realpath "$package")
symbols=${package/chat-fcgi_/chat-fcgi-dbgsym_}
folder=$PWD/.build/test-packages
base=$folder/base
root=$folder/root
mkdir -p "$folder"

if [ ! -e "$base/complete" ]; then
    say "a bare Debian 12"
    rm -rf --one-file-system "$base"
    debootstrap --variant=minbase --include=ca-certificates,curl,dbus,systemd-sysv bookworm "$base" \
        "${CHAT_FCGI_DEBIAN_MIRROR:-http://deb.debian.org/debian}" >"$folder/debootstrap.log" 2>&1 ||
        fail "debootstrap failed; $folder/debootstrap.log says why"
    echo "deb http://deb.debian.org/debian-security bookworm-security main" >>"$base/etc/apt/sources.list"
    printf 'APT::Get::Assume-Yes "true";\n' >"$base/etc/apt/apt.conf.d/90assume-yes"
    # The installer of Debian writes it, debootstrap does not.
    printf '127.0.0.1 localhost\n::1 localhost\n' >"$base/etc/hosts"
    touch "$base/complete"
fi
rm -rf --one-file-system "$root"
cp -a "$base" "$root"

contained=(systemd-nspawn --quiet --register=no --keep-unit --directory "$root")
say "what it depends on is fetched, while there is a network"
mapfile -t needed < <(dpkg-deb --field "$package" Depends | tr ',' '\n' | sed 's/(.*//; s/|.*//; s/ //g' | grep -v '^$')
"${contained[@]}" --resolv-conf=copy-host --pipe sh -c 'apt-get update -qq && apt-get install -y -qq --download-only "$@"' sh nginx gdb binutils "${needed[@]}" \
    </dev/null >"$folder/apt.log" 2>&1 || fail "apt-get: $folder/apt.log"

"${contained[@]}" --private-network --boot --console=pipe </dev/null >"$folder/boot.log" 2>&1 &
nspawn=$!
leader=""
finish() {
    rm -f "$folder/load"
    [ -z "$leader" ] || kill -KILL "$leader" 2>/dev/null || true
    wait 2>/dev/null || true
}
trap finish EXIT
inside() { nsenter --target "$leader" --all --root --wd env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 HOME=/root DEBIAN_FRONTEND=noninteractive "$@"; }
until_so() { # what, command…
    local what=$1
    shift
    for _ in $(seq 600); do
        if "$@" >/dev/null 2>&1; then return; fi
        sleep 0.1
    done
    inside journalctl --no-pager --lines 20 >&2 || true
    fail "waited a minute in vain until $what"
}
has_begun() {
    # One word, without a line feed.
    read -r leader <"/proc/$nspawn/task/$nspawn/children" || true
    [ -n "$leader" ] && inside systemctl is-system-running | grep -qE 'running|degraded'
}
until_so "systemd runs" has_begun

site=http://127.0.0.1
fetch() { inside curl -fsS -H 'Content-Type: application/json' "$@"; }
guest() { fetch -X POST $site/api/v1/auth/guest | sed -n 's/.*"token" *: *"\([^"]*\)".*/\1/p'; }
ask() { # token, conversation, question
    fetch -N $site/api/v1/chat/stream -H "Authorization: Bearer $1" -d "{\"message\":\"$3\",\"session_id\":\"$2\"}"
}
# The code block of that number below a heading.
block() { # file, heading, number
    awk -v heading="$2" -v wanted="$3" '
        index($0, heading) == 1 { here = 1; next }
        here && /^##? / { exit }
        here && /^```/ { if (inside) { inside = 0 } else { inside = 1; number++ } next }
        here && inside && number == wanted' "$1"
}
documented() { # file, heading, number: the commands as they stand there, in root's folder
    local commands
    commands=$(block "$1" "$2" "$3" | sed "s/2026-11-29/$(date +%F)/")
    [ -n "$commands" ] || fail "$1 has other commands under \"$2\""
    inside sh -ec "cd /root; $commands" >"$folder/command.log" 2>&1 || fail "$1, $2: $commands: $(tail -n 5 "$folder/command.log")"
}
main() { inside systemctl show "${1:-chat-fcgi}" --property MainPID --value; }
runs() { # the file that the service's process was started from
    inside sha256sum "/proc/$(main)/exe" | cut -d ' ' -f 1
}
newer() { # name, command that changes the unpacked package: /root/chat-fcgi_NAME_amd64.deb
    rm -rf "$folder/newer"
    dpkg-deb --raw-extract "$package" "$folder/newer"
    sed -i "s/^Version: .*/&+$1/" "$folder/newer/DEBIAN/control"
    (cd "$folder/newer" && eval "$2")
    dpkg-deb --root-owner-group --build -Zgzip -z1 "$folder/newer" "$root/root/chat-fcgi_$1_amd64.deb" >/dev/null
}
install_package() { inside apt-get install -qq "/root/$1" >"$folder/apt.log" 2>&1 || fail "apt-get install $1: $folder/apt.log"; }

say "three commands (docs/deployment.md)"
cp "$package" "$symbols" "$root/root/"
documented docs/deployment.md "## The package" 1
until_so "the program is ready" fetch $site/readyz
fetch $site/ | grep -qi '<title' || fail "no page"
token=$(guest)
ask "$token" s1 "I loved The Time Machine. What next?" >"$folder/answer"
grep -q '"type":"recommendations"' "$folder/answer" && grep -q '"complete"' "$folder/answer" || fail "Noah does not answer: $folder/answer"
exposure=$(inside systemd-analyze security --no-pager chat-fcgi | sed -n 's/.*exposure level for chat-fcgi.service: \([0-9.]*\).*/\1/p')
[ "${exposure%%.*}" -lt 2 ] || fail "systemd-analyze security: $exposure"
[ -s "$root/usr/share/man/man1/chat-fcgi.1.gz" ] && [ -s "$root/usr/share/man/man5/chat-fcgi.json5.5.gz" ] || fail "no manual"
inside bash -nc 'source /usr/share/bash-completion/completions/chat-fcgi'

say "doctor, check, and the commands of docs/operations.md, as root"
inside chat-fcgi doctor --url http://localhost --config /etc/chat-fcgi/chat-fcgi.json5 | tee "$folder/doctor.log" || fail "doctor"
if grep -vE '^(ok |all is well)' "$folder/doctor.log"; then fail "doctor finds something"; fi
inside runuser -u chat-fcgi -- chat-fcgi check --config /etc/chat-fcgi/chat-fcgi.json5 >"$folder/check.log" || fail "check: $folder/check.log"
if grep -i warning "$folder/check.log" | grep -v 'prices:'; then fail "check warns"; fi
user=$(fetch $site/api/v1/auth/me -H "Authorization: Bearer $token" | sed -n 's/.*"user_id" *: *"\([^"]*\)".*/\1/p')
inside install -d -m 700 -o chat-fcgi -g chat-fcgi /var/backups/chat-fcgi
commands=$(sed -n 's/^| .* | .*`\(chat-fcgi [^`]*\)`.*/\1/p' docs/operations.md | sed "s#https://chat.example.org#$site#; s#DIR#/var/backups/chat-fcgi/first#; s#delete ID#export $user#")
[ "$(wc -l <<<"$commands")" -ge 5 ] || fail "docs/operations.md has other commands"
while IFS= read -r command; do
    # shellcheck disable=SC2086  # words
    inside $command >"$folder/command.log" 2>&1 </dev/null || fail "$command: $(tail -n 3 "$folder/command.log")"
done <<<"$commands"
strangers=$(inside find /var/lib/chat-fcgi ! -user chat-fcgi)
[ -z "$strangers" ] || fail "commands of root have made files that the service cannot write: $strangers"

say "restart, reload, watchdog"
# What an administrator changes stays through every upgrade. The load below is more than one guest's, and more than nginx lets one
# address ask.
sed -i 's/^}/  limits: { requests_per_minute: 100000 },\n}/' "$root/etc/chat-fcgi/chat-fcgi.json5"
limits=$(inside grep -lr 'zone=chat_requests:.*rate=' /etc/nginx)
inside sed -i 's/rate=20r/rate=9999r/' "$limits"
inside systemctl reload nginx
inside systemctl reload chat-fcgi
until_so "the configuration was read again" sh -c "$(declare -f inside); leader=$leader; inside journalctl --unit chat-fcgi | grep -q 'configuration was read again'"
inside systemctl restart chat-fcgi
[ "$(inside stat -c '%U:%G %a' /run/chat-fcgi/chat-fcgi.sock)" = "chat-fcgi:www-data 660" ] || fail "the socket's rights"
frozen=$(main)
inside sh -c "kill -STOP $frozen"
is_restarted() { [ "$(inside systemctl show chat-fcgi --property NRestarts --value)" = 1 ] && fetch $site/readyz; }
until_so "the watchdog has ended the frozen process" is_restarted

say "a crash is read with the package of the symbols"
documented docs/operations.md "### A crash" 1
documented docs/operations.md "### A crash" 2
until_so "the program is ready" fetch $site/readyz
crashed=$(main)
inside sh -c "kill -SEGV $crashed"
is_another() { [ "$(main)" != "$crashed" ] && fetch $site/readyz; }
until_so "the program was started again" is_another
documented docs/operations.md "### A crash" 3
grep -q ' at Sources/chat-fcgi/Commands/Serve.swift:\| at Sources/Scheduling/' "$folder/command.log" || fail "gdb names nothing of ours: $folder/command.log"
inside rm -r /var/lib/chat-fcgi/core /run/systemd/system/chat-fcgi.service.d
inside systemctl daemon-reload
inside systemctl restart chat-fcgi

# Four users who ask and read without a pause, until they are told to stop.
load() { # number
    local mine n=0
    mine=$(guest)
    while [ -e "$folder/load" ]; do
        n=$((n + 1))
        if ! ask "$mine" "load" "Thanks!" 2>&1 | tee "$folder/load-$1.last" | grep -q '"complete"' ||
            ! fetch $site/api/v1/chat/history -H "Authorization: Bearer $mine" -d '{"session_id":"load"}' >"$folder/load-$1.last" 2>&1; then
            echo "failed" >>"$folder/load-$1"
            cat "$folder/load-$1.last" >>"$folder/load-$1"
        fi
        echo "$n" >"$folder/load-$1.count"
    done
}
under_load() { # command…
    rm -f "$folder"/load*
    touch "$folder/load"
    local loads=() number
    for number in 1 2 3 4; do
        load "$number" &
        loads+=($!)
    done
    for number in 1 2 3 4; do until_so "user $number has asked" test -s "$folder/load-$number.count"; done
    "$@"
    sleep 1
    rm "$folder/load"
    wait "${loads[@]}"
    echo "   questions: $(cat "$folder"/load-*.count | awk '{ all += $1 } END { print all }'), failed: $(cat "$folder"/load-[1-4] 2>/dev/null | grep -c '^failed$' || true)"
    [ -z "$(cat "$folder"/load-[1-4] 2>/dev/null)" ] || fail "requests failed: $folder/load-*"
}

say "upgrade under load (docs/upgrading.md): the new program is the one that runs, and no request fails"
inside chat-fcgi backup /var/backups/chat-fcgi/before --config /etc/chat-fcgi/chat-fcgi.json5
documented docs/upgrading.md "## Without a wait" 2 # chat-fcgi@2, a second process
documented docs/deployment.md "### Several processes" 1
frozen=$(main)
inside sh -c "kill -STOP $frozen"
for _ in $(seq 20); do guest >"$folder/guest" && [ -s "$folder/guest" ] || fail "a frozen process holds requests up"; done
is_restarted_again() { [ "$(main)" != "$frozen" ] && inside systemctl is-active chat-fcgi; }
until_so "the watchdog has ended the frozen process" is_restarted_again
newer NEW 'printf x >>usr/bin/chat-fcgi'
first=$(main) second=$(main chat-fcgi@2)
under_load install_package chat-fcgi_NEW_amd64.deb
[ "$(main)" != "$first" ] && [ "$(main chat-fcgi@2)" != "$second" ] || fail "the old program still runs"
[ "$(runs)" = "$(sha256sum <"$folder/newer/usr/bin/chat-fcgi" | cut -d ' ' -f 1)" ] || fail "another program runs than the new one"
grep -q requests_per_minute "$root/etc/chat-fcgi/chat-fcgi.json5" || fail "the upgrade has replaced a changed configuration"
is_gone() { ! inside test -e "/proc/$1"; }
until_so "the old process has ended" is_gone "$first"
inside systemctl disable --now -q chat-fcgi@2
before=$(main)
under_load documented docs/upgrading.md "## Without a wait" 1
[ "$(main)" != "$before" ] || fail "SIGUSR2 has no effect"

say "an upgrade to a program that cannot start: the old one goes on, and apt says so"
newer broken 'printf "#!/bin/sh\nexit 1\n" >usr/bin/chat-fcgi'
before=$(main)
under_load install_package chat-fcgi_broken_amd64.deb
grep -q "the old one goes on" "$folder/apt.log" || fail "apt does not say it: $folder/apt.log"
[ "$(main)" = "$before" ] || fail "the old program does not run any more"

say "an upgrade with another unit: systemd starts the service anew"
newer unit 'echo "# changed" >>lib/systemd/system/chat-fcgi.service'
under_load install_package chat-fcgi_unit_amd64.deb
[ "$(main)" != "$before" ] || fail "the service was not started anew"
fetch $site/api/v1/chat/history -H "Authorization: Bearer $token" -d '{"session_id":"s1"}' | grep -q 'Time Machine' ||
    fail "the conversation from before the upgrades is not there"

say "back to the version before, backup, restore and salvage, as documented"
cp "$package" "$root/root/chat-fcgi_OLD_amd64.deb"
documented docs/upgrading.md "## Back to the version before" 1
until_so "the program is ready" fetch $site/readyz
inside rm -rf /var/lib/chat-fcgi.newer
documented docs/operations.md "## Backup and restore" 1
# The line for cron: its sixth field is the user; cron takes the backslash away.
inside rm -rf "/var/backups/chat-fcgi/$(date +%F)"
nightly=$(block docs/operations.md "## Backup and restore" 2 | sed 's/^\([^ ]* *\)\{6\}//; s/\\%/%/g')
inside runuser -u chat-fcgi -- sh -ec "$nightly" >"$folder/command.log" 2>&1 || fail "$nightly: $(cat "$folder/command.log")"
documented docs/operations.md "## Backup and restore" 3
documented docs/operations.md "### A damaged store" 1
until_so "the program is ready" fetch $site/readyz
fetch $site/api/v1/chat/history -H "Authorization: Bearer $token" -d '{"session_id":"s1"}' | grep -q 'Time Machine' || fail "the restored conversation is not there"
inside rm -rf /var/lib/chat-fcgi.before /var/lib/chat-fcgi.damaged /var/backups/chat-fcgi

say "remove: data and configuration stay"
inside systemctl enable -q --now chat-fcgi@2
inside apt-get remove -qq chat-fcgi >"$folder/apt.log" 2>&1
[ -s "$root/var/lib/chat-fcgi/chat.db" ] && [ -s "$root/etc/chat-fcgi/chat-fcgi.json5" ] || fail "remove took data or configuration"
if inside sh -c 'grep -l "^chat-fcgi$" /proc/[0-9]*/comm' 2>/dev/null; then fail "a process runs without its program"; fi
say "purge, where the data are to stay"
install_package chat-fcgi_NEW_amd64.deb
touch "$root/etc/chat-fcgi/keep-data"
inside apt-get purge -qq chat-fcgi >"$folder/apt.log" 2>&1
[ -s "$root/var/lib/chat-fcgi/chat.db" ] || fail "purge took data that were to stay"
rm "$root/etc/chat-fcgi/keep-data"

say "purge leaves nothing"
install_package chat-fcgi_NEW_amd64.deb
inside ln -sf ../sites-available/chat-fcgi /etc/nginx/sites-enabled/default
inside systemctl enable -q --now chat-fcgi@2
until_so "the program is ready" fetch $site/readyz
inside apt-get purge -qq chat-fcgi >"$folder/apt.log" 2>&1
left=$(inside find / /run -xdev \( -path /proc -o -path /root -o -path /var/cache/apt -o -path /var/log -o -path /var/lib/apt \) -prune -o \
    \( -name '*chat-fcgi*' -o -name 'chat_*.conf' -o -nouser -o -nogroup \) -print)
[ -z "$left" ] || fail "purge leaves: $left"
if inside getent passwd chat-fcgi || inside getent group chat-fcgi; then fail "the user or its group is still there"; fi
# Its own site was the default one.
inside nginx -t -q || fail "nginx does not take its configuration after the purge"
say "all well"
