#!/bin/sh
# The program, so that two builds of one commit are the same bytes: no path of this machine in it, no debugging information.
#
#   packaging/build.sh FOLDER      makes FOLDER/release/chat-fcgi
set -eu
cd "$(dirname "$0")/.."
folder=$1
here=$(pwd -P)
swift build -c release --static-swift-stdlib --product chat-fcgi --scratch-path "$folder" \
    -Xswiftc -gnone -Xswiftc -file-prefix-map -Xswiftc "$here=." -Xcc "-ffile-prefix-map=$here=." -Xcxx "-ffile-prefix-map=$here=."
