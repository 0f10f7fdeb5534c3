#!/usr/bin/env bash
# Every reader of what comes from outside, fed by libFuzzer (coverage-guided) under AddressSanitizer. Called by `make test-fuzz`.
#
#   scripts/fuzz.sh [TARGET...]            all, or some
#   CHAT_FCGI_FUZZ_SECONDS=60              for each
#
# A finding is written to .build/fuzz-findings/ and stops this; put it into Tests/fuzz/corpus/TARGET once the fault is fixed.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${CHAT_FCGI_FUZZ_SECONDS:-60}
export CHAT_FCGI_FUZZ=1
# The handler of Swift's backtraces would take libFuzzer's place.
export SWIFT_BACKTRACE=enable=no
# Optimized: some tenfold as many inputs. Traps stay, and with them what a fault of Swift's own is noticed by.
swift build -c release -Xswiftc -enable-testing --sanitize=fuzzer --sanitize=address --scratch-path .build/fuzz --product fuzz
program=.build/fuzz/release/fuzz

if [ $# -eq 0 ]; then
    for folder in Tests/fuzz/corpus/*/; do set -- "$@" "$(basename "$folder")"; done
fi
mkdir -p .build/fuzz-findings
for target in "$@"; do
    # What is found to be worth keeping stays for the next time, outside of the repository.
    grown=.build/fuzz-corpus/$target
    mkdir -p "$grown"
    printf '== %s, %s s\n' "$target" "$seconds"
    CHAT_FCGI_FUZZ_TARGET=$target ASAN_OPTIONS=detect_leaks=0:malloc_context_size=4:quarantine_size_mb=16 "$program" "$grown" "Tests/fuzz/corpus/$target" \
        -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=16384 -print_final_stats=1 \
        -artifact_prefix=".build/fuzz-findings/$target-" -verbosity=0 -print_funcs=0 2>&1 | grep -v '^$' || {
        echo "fuzz: $target: see .build/fuzz-findings" >&2
        exit 1
    }
done
echo "fuzz: nothing found"
