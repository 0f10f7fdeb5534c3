#!/usr/bin/env bash
# The Debian package of the last commit, in .build/deb: `make deb`.
#
#   CHAT_FCGI_PROGRAM=... packaging/deb.sh     with a program that was built already, instead of building one
set -euo pipefail
cd "$(dirname "$0")/.."

for tool in dpkg-buildpackage dh dh_bash-completion chrpath git; do
    command -v "$tool" >/dev/null || {
        echo "deb: $tool is not installed: apt-get install --no-install-recommends debhelper bash-completion chrpath dpkg-dev git" >&2
        exit 69
    }
done
if [ -n "$(git status --porcelain)" ]; then
    echo "deb: what is not committed is not in the package" >&2
fi

version=$(dpkg-parsechangelog --show-field Version)
folder=$PWD/.build/deb
tree=$folder/chat-fcgi-$version
rm -rf "$folder"
mkdir -p "$tree"
git archive HEAD | tar -x -C "$tree"

# The time of the commit in the place of now: two builds of one commit are the same bytes.
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
if [ -n "${CHAT_FCGI_PROGRAM:-}" ]; then
    CHAT_FCGI_PROGRAM=$(realpath "$CHAT_FCGI_PROGRAM")
    export CHAT_FCGI_PROGRAM
fi
# Swift is seldom a Debian package; what else is needed, `make setup` has looked after.
(cd "$tree" && dpkg-buildpackage --build=binary --no-sign --no-check-builddeps >"$folder/build.log" 2>&1) || {
    tail -n 40 "$folder/build.log" >&2
    echo "deb: failed; the whole of it is in $folder/build.log" >&2
    exit 70
}
package=$(ls "$folder"/chat-fcgi_*.deb)
packaging/sbom.py "$tree/debian/chat-fcgi" "$package" >"${package%.deb}.spdx.json"
rm -rf "$tree"
if command -v lintian >/dev/null; then lintian --fail-on error,warning --allow-root "$package"; fi
ls -l "$package" "${package%.deb}.spdx.json"
