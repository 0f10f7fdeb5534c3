#!/bin/sh
# The program, so that two builds of one commit are the same bytes: no path of this machine in it, and no hashes of modules
# (.swift_modhash, which the compiler keeps for its next build; the paths go into them). Functions and lines can be told from
# addresses: the packages strip that into a file of its own, with which a crash can be read.
#
#   packaging/build.sh FOLDER      makes FOLDER/release/chat-fcgi
set -eu
cd "$(dirname "$0")/.."
folder=$1
here=$(pwd -P)
# The optimizer decides a few things by hashes and addresses, which are others in each process.
export SWIFT_DETERMINISTIC_HASHING=1
fixed=
if setarch --addr-no-randomize true 2>/dev/null; then fixed="setarch --addr-no-randomize"; fi
# What macros expand to, the compiler takes for files in the temporary folder: that is here, too, so that one map does for all.
mkdir -p "$folder/tmp"
TMPDIR=$(cd "$folder/tmp" && pwd -P)
export TMPDIR
$fixed swift build -c release --static-swift-stdlib --product chat-fcgi --scratch-path "$folder" \
    -Xswiftc -gline-tables-only -Xswiftc -Xfrontend -Xswiftc -no-clang-module-breadcrumbs -Xswiftc -Xfrontend -Xswiftc -disable-incremental-llvm-codegen \
    -Xswiftc -file-prefix-map -Xswiftc "$here=." \
    -Xcc "-ffile-prefix-map=$here=." -Xcxx "-ffile-prefix-map=$here=."
