#!/usr/bin/env bash
# Two builds of the last commit, in two folders: the same bytes of the program, the packages, the zip, its debug file and the parts lists.
# `make test-reproducible`; two whole builds, some ten minutes on two processors.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$PWD/.build/test-reproducible
rm -rf "$folder"
mkdir -p "$folder"
# What is committed meanwhile is for the next time.
commit=$(git rev-parse HEAD)
for name in one another-of-a-longer-name; do
    tree=$folder/$name
    git clone --quiet . "$tree"
    git -C "$tree" checkout --quiet --detach "$commit"
    echo "== $SECONDS s: $tree"
    (
        cd "$tree"
        packaging/build.sh .build/package
        scripts/web.sh
        export CHAT_FCGI_PROGRAM=$tree/.build/package/release/chat-fcgi
        packaging/deb.sh
        packaging/shared-host.sh
        mkdir made
        cp "$CHAT_FCGI_PROGRAM" .build/deb/*.{deb,spdx.json} .build/shared-host/*.{zip,debug,spdx.json} made
    ) >"$folder/$name.log" 2>&1 || {
        tail -n 20 "$folder/$name.log" >&2
        exit 1
    }
done
cd "$folder"
diff --recursive --brief one/made another-of-a-longer-name/made
sha256sum one/made/*
echo "the same in both"
