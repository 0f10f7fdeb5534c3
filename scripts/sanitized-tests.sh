#!/usr/bin/env bash
# The Swift tests under a sanitizer, a few at a time (see scripts/test.sh). Called by `make test-asan` and `make test-tsan`.
#
#   scripts/sanitized-tests.sh address|thread [ARGUMENTS OF THE TESTS, such as --filter StorageTests]
#
# Reports of all processes, also of those that tests start, are in .build/sanitizer-reports; one fails the run.
set -euo pipefail
cd "$(dirname "$0")/.."

kind=$1
shift
scratch=.build/tsan
[ "$kind" = address ] && scratch=.build/asan
reports=$PWD/.build/sanitizer-reports
rm -rf "$reports"
mkdir -p "$reports"

swift build --build-tests --sanitize="$kind" --scratch-path "$scratch"

preload=""
if [ "$kind" = thread ]; then
    # ThreadSanitizer is told of Swift's locks; that it needs to be, and that it works, is shown first.
    preload=$PWD/$scratch/mutex.so
    clang=$(dirname "$(readlink -f "$(command -v swift)")")/clang
    "$clang" -O1 -shared -fPIC Tests/thread-sanitizer/mutex.c -o "$preload"
    swiftc -sanitize=thread Tests/thread-sanitizer/counter.swift -o "$scratch/counter"
    if TSAN_OPTIONS=exitcode=66 "$scratch/counter" >/dev/null 2>&1; then
        echo "sanitized-tests: ThreadSanitizer sees the locks of Swift's Mutex by itself now: Tests/thread-sanitizer may go" >&2
    fi
    TSAN_OPTIONS=exitcode=66 LD_PRELOAD=$preload "$scratch/counter" >/dev/null || {
        echo "sanitized-tests: ThreadSanitizer does not see the locks of Swift's Mutex: see Tests/thread-sanitizer/mutex.c" >&2
        exit 1
    }
fi

status=0
# With a code of its own for a report, a process that a test kills or expects to end would count as another end than it was.
CHAT_FCGI_SANITIZER=$kind \
    ASAN_OPTIONS=detect_leaks=0:log_path=$reports/address \
    TSAN_OPTIONS=exitcode=0:log_path=$reports/thread \
    LD_PRELOAD=$preload \
    "$scratch/debug/chat-fcgiPackageTests.xctest" --testing-library swift-testing \
    --experimental-maximum-parallelization-width "$(nproc)" "$@" || status=$?

found=$(find "$reports" -type f | wc -l)
if [ "$found" -gt 0 ]; then
    grep -rhE '^SUMMARY' "$reports" | sort | uniq -c >&2 || true
    echo "sanitized-tests: reports in $reports" >&2
    exit 1
fi
[ "$status" -eq 0 ] || exit "$status"
echo "sanitized-tests: no report"
