#!/usr/bin/env bash
# The units under a real systemd, which is the first process of namespaces of its own; nothing of this machine is changed. As root.
#
#   packaging/test-systemd.sh PROGRAM      started by its socket, handed over by SIGUSR2, ended by the watchdog, restarted, stopped
#
# What the units take away by mounts (ProtectSystem and its like) is left out: namespaces in namespaces may not mount. `systemd-analyze security`
# looks at those (Tests/servers/test_service_manager.py).
set -euo pipefail
cd "$(dirname "$0")/.."

if [ "${1:-}" = inside ]; then
    mount --make-rprivate /
    mount -t tmpfs none /mnt
    mkdir -p /mnt/dev/shm /mnt/dev/pts /mnt/bin
    for name in null zero full random urandom tty; do
        touch "/mnt/dev/$name"
        mount --bind "/dev/$name" "/mnt/dev/$name"
    done
    ln -s /proc/self/fd /mnt/dev/fd
    install -m 755 "$2" /mnt/bin/chat-fcgi
    cp packaging/systemd/chat-fcgi.* "$0" /mnt/bin/
    for file in passwd group; do cp "/etc/$file" "/mnt/$file"; done
    echo "chat-fcgi:x:990:990::/var/lib/chat-fcgi:/usr/sbin/nologin" >>/mnt/passwd
    echo "chat-fcgi:x:990:" >>/mnt/group
    for file in passwd group; do mount --bind "/mnt/$file" "/etc/$file"; done
    mount --bind /mnt/dev /dev
    for folder in /run /tmp /var/lib; do mount -t tmpfs none "$folder"; done
    mount -t proc proc /proc
    # There may be one already, which is not to be covered by the same.
    mount -t sysfs sysfs /sys 2>/dev/null || true
    mount -t cgroup2 none /sys/fs/cgroup 2>/dev/null || {
        mount -t tmpfs none /sys/fs/cgroup
        mount -t cgroup2 none /sys/fs/cgroup
    }
    mkdir -p /run/units/chat-fcgi.service.d
    cp /mnt/bin/chat-fcgi.socket /run/units/
    sed "s#/usr/bin/chat-fcgi#/mnt/bin/chat-fcgi#; s#CHAT_FCGI_CONFIG=.*#CHAT_FCGI_CONFIG=/mnt/bin/chat-fcgi.json5#" \
        /mnt/bin/chat-fcgi.service >/run/units/chat-fcgi.service
    echo '{ data_dir: "/var/lib/chat-fcgi" }' >/mnt/bin/chat-fcgi.json5
    {
        printf '[Service]\nWatchdogSec=3\nStandardError=append:/mnt/log\n'
        for key in PrivateTmp PrivateDevices PrivateUsers ProtectHome ProtectSystem ProtectKernelTunables ProtectKernelModules \
            ProtectKernelLogs ProtectControlGroups ProtectClock ProtectHostname; do echo "$key=no"; done
        echo ProtectProc=default
    } >/run/units/chat-fcgi.service.d/here.conf
    for unit in sysinit basic sockets multi-user shutdown network; do
        printf '[Unit]\nDefaultDependencies=no\n' >"/run/units/$unit.target"
    done
    printf '[Unit]\nWants=test.service\n' >/run/units/test.target
    printf '[Unit]\nDefaultDependencies=no\n[Service]\nType=oneshot\nStandardOutput=file:/mnt/told\nStandardError=file:/mnt/told\nExecStart=/bin/bash /mnt/bin/%s steps\n' \
        "$(basename "$0")" >/run/units/test.service
    export container=lxc SYSTEMD_UNIT_PATH=/run/units
    exec /lib/systemd/systemd --system --unit=test.target --log-target=null </dev/null
fi

if [ "${1:-}" = steps ]; then
    # What is asked, until it is so.
    await() {
        for _ in $(seq 300); do
            if [ "$(systemctl show chat-fcgi --property "$1" --value)" "$2" "$3" ]; then return; fi
            sleep 0.1
        done
        echo "failed: $1 $2 $3 is not so"
        systemctl show chat-fcgi --property MainPID,ActiveState,NRestarts,Result
        cat /mnt/log
        touch /mnt/done
        exit 1
    }
    main() { systemctl show chat-fcgi --property MainPID --value; }
    trap 'touch /mnt/done' EXIT
    systemctl start chat-fcgi.socket
    [ "$(stat -c '%U %a' /run/chat-fcgi/chat-fcgi.sock)" = "chat-fcgi 660" ]
    systemctl start chat-fcgi
    first=$(main)
    systemctl kill --kill-whom=main --signal=SIGUSR2 chat-fcgi
    await MainPID != "$first"
    await ActiveState = active
    await NRestarts = 0
    # The old one ends by itself.
    for _ in $(seq 300); do [ ! -e "/proc/$first" ] || sleep 0.1; done
    [ ! -e "/proc/$first" ]
    second=$(main)
    kill -STOP "$second"
    await NRestarts = 1
    await ActiveState = active
    [ "$(main)" != "$second" ]
    systemctl restart chat-fcgi
    systemctl is-active chat-fcgi
    systemctl stop chat-fcgi 2>/dev/null
    [ "$(systemctl is-active chat-fcgi.socket)" = active ]
    echo "well"
    exit
fi

program=$(realpath "${1:?packaging/test-systemd.sh PROGRAM}")
for tool in unshare nsenter /lib/systemd/systemd; do
    command -v "$tool" >/dev/null || { echo "test-systemd: $tool is not installed: apt-get install systemd util-linux" >&2; exit 69; }
done
unshare --mount --pid --fork --cgroup --uts --ipc bash "$0" inside "$program" >/dev/null 2>&1 &
outer=$!
first() {
    local children=""
    read -r children 2>/dev/null <"/proc/$outer/task/$outer/children" || true
    echo "${children%% *}"
}
told=""
for _ in $(seq 200); do
    sleep 0.5
    init=$(first)
    [ -n "$init" ] || break
    if nsenter --target "$init" --mount test -e /mnt/done 2>/dev/null; then
        told=$(nsenter --target "$init" --mount cat /mnt/told)
        break
    fi
done
[ -z "$(first)" ] || kill -KILL "$(first)"
wait "$outer" 2>/dev/null || true
echo "${told:-systemd did not start here}"
[ "${told##*$'\n'}" = well ]
