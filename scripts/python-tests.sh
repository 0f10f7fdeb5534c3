#!/usr/bin/env bash
# The Python tests of a folder: python-tests.sh FOLDER [FILE...]. Each file runs in a process of its own, several at a time, since
# most of their time goes on waiting for servers; the largest begin first. A file's report is printed whole when it ends.
#
#     CHAT_FCGI_TEST_JOBS   files at a time (default: one more than there are processors, four at most)
set -uo pipefail
folder=$1
shift
cores=$(nproc)
jobs=${CHAT_FCGI_TEST_JOBS:-$((cores < 3 ? cores + 1 : 4))}
cd "$(dirname "$0")/../$folder" || exit 2
files=("$@")
[ "${#files[@]}" -gt 0 ] || mapfile -t files < <(ls -S test_*.py)
reports=$(mktemp -d)
trap 'rm -rf "$reports"' EXIT

run() { # file
    local status=0
    python3 -m unittest --verbose "$1" >"$reports/$1" 2>&1 || status=$?
    # 5: every test of the file was skipped (Python 3.12 and later).
    [ "$status" -ne 5 ] || status=0
    # One write each, so that reports do not mix.
    printf '%s\n' "-- $1" "$(cat "$reports/$1")" ""
    return "$status"
}
export -f run
export reports

# xargs ends with 123 when a file failed, having run all the others.
status=0
printf '%s\n' "${files[@]}" | xargs -P "$jobs" -I {} bash -c 'run "$@"' run {} || status=$?
echo "${#files[@]} files, $(cat "$reports"/*.py | sed -n 's/^Ran \([0-9]*\) test.*/\1/p' | awk '{ n += $1 } END { print n + 0 }') tests"
exit "$status"
