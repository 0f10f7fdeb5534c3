#!/bin/sh
# The program, so that two builds of one commit are the same bytes: no path of this machine in it, no debugging information, and no
# hashes of modules (.swift_modhash, which the compiler keeps for its next build; the paths go into them).
#
#   packaging/build.sh FOLDER      makes FOLDER/release/chat-fcgi
set -eu
cd "$(dirname "$0")/.."
folder=$1
here=$(pwd -P)
swift build -c release --static-swift-stdlib --product chat-fcgi --scratch-path "$folder" \
    -Xswiftc -gnone -Xswiftc -Xfrontend -Xswiftc -disable-incremental-llvm-codegen -Xswiftc -file-prefix-map -Xswiftc "$here=." -Xcc "-ffile-prefix-map=$here=." -Xcxx "-ffile-prefix-map=$here=."
