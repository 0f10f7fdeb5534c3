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

# Optimized: some tenfold as quick. Traps stay.
swift build --build-tests -c release -Xswiftc -enable-testing --sanitize="$kind" --scratch-path "$scratch"

preload=""
if [ "$kind" = thread ]; then
    # ThreadSanitizer is told of what Swift's runtime orders; that it needs to be, and that a race is seen all the same, is shown first.
    preload=$PWD/$scratch/runtime.so
    clang=$(dirname "$(readlink -f "$(command -v swift)")")/clang
    "$clang" -O1 -shared -fPIC -Wl,-z,initfirst Tests/thread-sanitizer/runtime.c -o "$preload"
    swiftc -O -sanitize=thread Tests/thread-sanitizer/handovers.swift -o "$scratch/handovers"
    export TSAN_OPTIONS=exitcode=66
    for what in mutex continuation array; do
        if "$scratch/handovers" "$what" >/dev/null 2>&1; then
            echo "sanitized-tests: ThreadSanitizer sees by itself what orders \`$what\` now: Tests/thread-sanitizer/runtime.c may have less" >&2
        fi
        LD_PRELOAD=$preload "$scratch/handovers" "$what" || {
            echo "sanitized-tests: ThreadSanitizer is not told of what orders \`$what\`: see Tests/thread-sanitizer/runtime.c" >&2
            exit 1
        }
    done
    if LD_PRELOAD=$preload "$scratch/handovers" race >/dev/null 2>&1; then
        echo "sanitized-tests: ThreadSanitizer does not see a race: see Tests/thread-sanitizer/runtime.c" >&2
        exit 1
    fi
fi

status=0
# With a code of its own for a report, a process that a test kills or expects to end would count as another end than it was.
CHAT_FCGI_SANITIZER=$kind \
    ASAN_OPTIONS=detect_leaks=0:log_path=$reports/address \
    TSAN_OPTIONS=exitcode=0:log_path=$reports/thread \
    LD_PRELOAD=$preload \
    "$scratch/release/chat-fcgiPackageTests.xctest" --testing-library swift-testing \
    --experimental-maximum-parallelization-width "$(($(nproc) * 2))" "$@" || status=$?

found=$(find "$reports" -type f | wc -l)
if [ "$found" -gt 0 ]; then
    grep -rhE '^SUMMARY' "$reports" | sort | uniq -c >&2 || true
    echo "sanitized-tests: reports in $reports" >&2
    exit 1
fi
[ "$status" -eq 0 ] || exit "$status"
echo "sanitized-tests: no report"
