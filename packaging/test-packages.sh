#!/usr/bin/env bash
# The Debian package in a clean Debian 12: installed, started, asked, upgraded, removed and purged. `make test-packages`, as root.
#
#   CHAT_FCGI_DEB=... packaging/test-packages.sh       a package that is there, instead of `make deb`
#
# Needs the network (debootstrap and what the package depends on). The clean system is kept in .build/test-packages/base.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '== %s\n' "$*"; }
fail() {
    printf 'test-packages: %s\n' "$*" >&2
    exit 1
}
[ "$(id -u)" -eq 0 ] || fail "must be run as root (chroot)"
command -v debootstrap >/dev/null || fail "debootstrap is not installed: apt-get install debootstrap"

package=${CHAT_FCGI_DEB:-}
if [ -z "$package" ]; then
    packaging/deb.sh
    package=$(ls .build/deb/chat-fcgi_*.deb)
fi
package=$(realpath "$package")
folder=$PWD/.build/test-packages
base=$folder/base
root=$folder/root
mkdir -p "$folder"

if [ ! -e "$base/complete" ]; then
    say "a clean Debian 12, with nginx and curl"
    rm -rf "$base"
    debootstrap --variant=minbase --include=ca-certificates,curl,nginx-light,adduser bookworm "$base" \
        "${CHAT_FCGI_DEBIAN_MIRROR:-http://deb.debian.org/debian}" >"$folder/debootstrap.log" 2>&1 ||
        fail "debootstrap failed; $folder/debootstrap.log says why"
    for list in bookworm-updates "bookworm-security"; do
        case $list in
        *security) address=http://deb.debian.org/debian-security ;;
        *) address=http://deb.debian.org/debian ;;
        esac
        echo "deb $address $list main" >>"$base/etc/apt/sources.list"
    done
    # No service is started by an installation: nothing here has systemd as its first process.
    printf '#!/bin/sh\nexit 101\n' >"$base/usr/sbin/policy-rc.d"
    chmod 755 "$base/usr/sbin/policy-rc.d"
    touch "$base/complete"
fi
rm -rf "$root"
cp -a "$base" "$root"

pids=()
inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
stop() {
    local pid
    for pid in "${pids[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
    for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
    pids=()
}
finish() {
    stop
    umount "$root/proc" "$root/dev" 2>/dev/null || true
}
trap finish EXIT
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
cp /etc/resolv.conf "$root/etc/resolv.conf"
sed -i 's/listen 80/listen 127.0.0.1:8089/; /listen \[::\]/d' "$root"/etc/nginx/sites-available/default 2>/dev/null || true

files() { (cd "$root" && find . -xdev \( -path ./proc -o -path ./dev -o -path ./tmp -o -path ./var/log -o -path ./var/cache -o -path ./var/lib/apt -o -path ./var/lib/dpkg -o -path ./run -o -path ./root \) -prune -o -print | LC_ALL=C sort); }

say "the package's own libraries are there before it is"
inside apt-get update -qq
cp "$package" "$root/tmp/chat-fcgi.deb"
mapfile -t needed < <(dpkg-deb --field "$package" Depends | tr ',' '\n' | sed 's/(.*//; s/|.*//; s/ //g' | grep -v '^$')
inside apt-get install -y -qq --no-install-recommends "${needed[@]}" >"$folder/apt.log" 2>&1 || fail "apt-get: $folder/apt.log"
files >"$folder/before"

say "install"
inside apt-get install -y -qq --no-install-recommends /tmp/chat-fcgi.deb >>"$folder/apt.log" 2>&1 || fail "apt-get: $folder/apt.log"
inside ln -sf ../sites-available/chat-fcgi /etc/nginx/sites-enabled/default
sed -i 's/listen 80;/listen 127.0.0.1:8089;/; /listen \[::\]/d' "$root/etc/nginx/sites-available/chat-fcgi"
inside nginx -t -q || fail "nginx does not take its configuration"
inside runuser -u chat-fcgi -- chat-fcgi check --config /etc/chat-fcgi/chat-fcgi.json5 >"$folder/check.log" || fail "check: $folder/check.log"
if grep -i warning "$folder/check.log" | grep -v 'prices:'; then fail "check warns"; fi
inside bash -nc 'source /usr/share/bash-completion/completions/chat-fcgi'
[ -s "$root/usr/share/man/man1/chat-fcgi.1.gz" ] && [ -s "$root/usr/share/man/man5/chat-fcgi.json5.5.gz" ] || fail "no manual"
# What systemd would do: the socket is open before the program, which gets it as descriptor 3.
start() {
    inside install -d -m 755 /run/chat-fcgi
    chroot "$root" /usr/bin/perl -e '
        use Socket; use POSIX (); $^F = 9; my $path = "/run/chat-fcgi/chat-fcgi.sock"; unlink $path;
        socket(my $s, PF_UNIX, SOCK_STREAM, 0) or die; bind($s, sockaddr_un($path)) or die; listen($s, 512) or die; chmod 0660, $path;
        my ($u, $g) = ((getpwnam("chat-fcgi"))[2], (getgrnam("www-data"))[2]); chown $u, $g, $path;
        if (fileno($s) != 3) { POSIX::dup2(fileno($s), 3); }
        %ENV = (PATH => "/usr/bin:/bin", LISTEN_FDS => 1, LISTEN_PID => $$, CHAT_FCGI_CONFIG => "/etc/chat-fcgi/chat-fcgi.json5");
        chdir "/var/lib/chat-fcgi"; my $gid = (getpwnam("chat-fcgi"))[3]; $( = $gid; $) = "$gid $gid"; POSIX::setuid($u);
        exec "/usr/bin/chat-fcgi" or die' 2>>"$folder/program.log" &
    pids+=($!)
    chroot "$root" nginx -g 'daemon off;' 2>>"$folder/nginx.log" &
    pids+=($!)
    for _ in $(seq 200); do
        if curl -fs -o /dev/null http://127.0.0.1:8089/healthz; then return; fi
        sleep 0.1
    done
    fail "it does not answer; $folder/program.log and nginx.log"
}
ask() { # file for the answer
    curl -fsN http://127.0.0.1:8089/api/v1/chat/stream -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
        -d '{"message":"I loved The Time Machine. What next?","session_id":"s1"}' >"$1"
    grep -q '"type":"recommendations"' "$1" || fail "no books in the answer: $1"
    grep -q '"complete"' "$1" || fail "the answer does not end: $1"
}
: >"$folder/program.log"
say "start"
start
curl -fs http://127.0.0.1:8089/ >"$folder/page.html" || fail "no page"
grep -qi '<title' "$folder/page.html" || fail "no page: $folder/page.html"
token=$(curl -fs -X POST http://127.0.0.1:8089/api/v1/auth/guest | sed -n 's/.*"token" *: *"\([^"]*\)".*/\1/p')
ask "$folder/answer-1"
say "doctor"
inside chat-fcgi doctor --url http://127.0.0.1:8089 --config /etc/chat-fcgi/chat-fcgi.json5 | tee "$folder/doctor.log" || fail "doctor"
if grep -q FAILED "$folder/doctor.log"; then fail "the doctor finds something"; fi

stop

say "as in a container (packaging/Containerfile)"
install -m 755 packaging/container-start.sh "$root/usr/local/bin/chat-fcgi-container"
rm -rf "$root/run/chat-fcgi"
inside /usr/local/bin/chat-fcgi-container >>"$folder/container.log" 2>&1 &
container=$!
for _ in $(seq 200); do
    if curl -fs -o /dev/null http://127.0.0.1:8089/readyz; then break; fi
    sleep 0.1
done
ask "$folder/answer-container"
kill -TERM "$container"
wait "$container" || fail "it ends with $? where it is told to end; $folder/container.log"
rm "$root/usr/local/bin/chat-fcgi-container"

say "upgrade"
rm -rf "$folder/newer"
dpkg-deb --raw-extract "$package" "$folder/newer"
sed -i 's/^Version: .*/&+test1/' "$folder/newer/DEBIAN/control"
dpkg-deb --root-owner-group --build "$folder/newer" "$root/tmp/newer.deb" >/dev/null
echo "// of the administrator's" >>"$root/etc/chat-fcgi/chat-fcgi.json5"
inside apt-get install -y -qq --no-install-recommends /tmp/newer.deb >>"$folder/apt.log" 2>&1 || fail "apt-get: $folder/apt.log"
grep -q "of the administrator's" "$root/etc/chat-fcgi/chat-fcgi.json5" || fail "the upgrade has replaced a changed configuration"
start
ask "$folder/answer-2"
curl -fs http://127.0.0.1:8089/api/v1/chat/history -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
    -d '{"session_id":"s1"}' | grep -o '"role":"user"' | wc -l | grep -qx 3 || fail "the conversation from before the upgrade is not there"
stop

say "remove, and install again: the data and the configuration stay"
inside apt-get remove -y -qq chat-fcgi >>"$folder/apt.log" 2>&1
[ -s "$root/var/lib/chat-fcgi/chat.db" ] && [ -s "$root/etc/chat-fcgi/chat-fcgi.json5" ] || fail "remove took data or configuration"
inside apt-get install -y -qq --no-install-recommends /tmp/newer.deb >>"$folder/apt.log" 2>&1

say "purge, where the data are to stay"
touch "$root/etc/chat-fcgi/keep-data"
inside apt-get purge -y -qq chat-fcgi >>"$folder/apt.log" 2>&1
[ -s "$root/var/lib/chat-fcgi/chat.db" ] || fail "purge took data that were to stay"
inside apt-get install -y -qq --no-install-recommends /tmp/newer.deb >>"$folder/apt.log" 2>&1
inside ln -sf ../sites-available/chat-fcgi /etc/nginx/sites-enabled/default
rm "$root/etc/chat-fcgi/keep-data"

say "purge"
inside apt-get purge -y -qq chat-fcgi >>"$folder/apt.log" 2>&1
files >"$folder/after"
# Debian's own link of this name was replaced, and is not put back; user databases keep a copy of the time before; nginx has made its folders.
others='sites-enabled/default$|/etc/(passwd|group|shadow|gshadow|subuid|subgid)-$|/var/lib/nginx/'
left=$(diff "$folder/before" "$folder/after" | grep '^[<>]' | grep -vE "$others" || true)
[ -z "$left" ] || fail "purge leaves (>) or takes (<): $left"
if inside getent passwd chat-fcgi; then fail "the user is still there"; fi
inside nginx -t -q || fail "nginx does not take its configuration after the purge"
say "all well"
