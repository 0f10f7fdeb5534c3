#!/usr/bin/env bash
# packaging/Containerfile, built and run by podman: asked, looked at by doctor, replaced with its volume, and ended in order. As root.
#
#   CHAT_FCGI_DEB=... packaging/test-container.sh      a package that is there, instead of `make deb`
#
# Images of others need not be fetched: the base is the bare Debian 12 of packaging/test-packages.sh. Images, containers and volumes lie in
# .build/test-container, and the container has no network but a loopback.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() {
    printf 'test-container: %s\n' "$*" >&2
    exit 1
}
command -v podman >/dev/null || fail "podman is not installed: apt-get install podman runc"
[ -e .build/test-packages/base/complete ] || fail "packaging/test-packages.sh makes the Debian that it starts from"
if [ -z "${CHAT_FCGI_DEB:-}" ]; then
    [ -e .build/deb ] || packaging/deb.sh
elif [ "$(realpath "$CHAT_FCGI_DEB")" != "$(realpath .build/deb/chat-fcgi_*.deb)" ]; then
    mkdir -p .build/deb
    cp "$CHAT_FCGI_DEB" .build/deb/
fi
folder=$PWD/.build/test-container
mkdir -p "$folder"
# runc and cgroupfs, so that it works without systemd and with any version of cgroups; limits that any user may set.
limits=(--ulimit nofile=1024:4096 --ulimit nproc=1024:1024)
podman() {
    command podman --root "$folder/storage" --runroot "$folder/run" --storage-driver vfs --cgroup-manager cgroupfs --events-backend none \
        --runtime runc --log-level fatal "$@"
}
finish() {
    podman rm --force --all >/dev/null 2>&1 || true
    podman volume rm --force chat-fcgi >/dev/null 2>&1 || true
}
trap finish EXIT
finish

podman image exists localhost/debian:12 || tar -C .build/test-packages/base -c . | podman import - localhost/debian:12
podman build --format docker --build-arg BASE=localhost/debian:12 --network host "${limits[@]}" \
    --file packaging/Containerfile --tag chat-fcgi . >"$folder/build.log" 2>&1 || fail "the build failed: $folder/build.log"

begin() {
    podman run --detach --name chat "${limits[@]}" --network none --volume chat-fcgi:/var/lib/chat-fcgi chat-fcgi >/dev/null
    for _ in $(seq 300); do
        if podman healthcheck run chat >/dev/null 2>&1; then return; fi
        sleep 0.1
    done
    fail "it is not healthy: $(podman logs --tail 20 chat 2>&1)"
}
end() {
    podman stop --time 45 chat >/dev/null
    code=$(podman inspect --format '{{.State.ExitCode}}' chat)
    [ "$code" = 0 ] || fail "it ended with $code where it was told to end: $(podman logs --tail 20 chat 2>&1)"
    podman rm chat >/dev/null
}
fetch() { podman exec chat curl -fsS -H 'Content-Type: application/json' "$@"; }

begin
fetch http://127.0.0.1/ | grep -qi '<title' || fail "no page"
token=$(fetch -X POST http://127.0.0.1/api/v1/auth/guest | sed -n 's/.*"token" *: *"\([^"]*\)".*/\1/p')
fetch -N http://127.0.0.1/api/v1/chat/stream -H "Authorization: Bearer $token" \
    -d '{"message":"I loved The Time Machine. What next?","session_id":"s1"}' >"$folder/answer"
grep -q '"type":"recommendations"' "$folder/answer" && grep -q '"complete"' "$folder/answer" || fail "Noah does not answer: $folder/answer"
podman exec chat chat-fcgi doctor --url http://127.0.0.1 --config /etc/chat-fcgi/chat-fcgi.json5 >"$folder/doctor.log" || fail "doctor: $folder/doctor.log"
if grep -vE '^(ok |all is well)' "$folder/doctor.log"; then fail "doctor finds something"; fi
end
begin
fetch http://127.0.0.1/api/v1/chat/history -H "Authorization: Bearer $token" -d '{"session_id":"s1"}' | grep -q 'Time Machine' ||
    fail "the conversation is not in the volume"
end
echo "test-container: all well"
