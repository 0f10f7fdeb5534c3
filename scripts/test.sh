#!/usr/bin/env bash
# Every test, in the order of how quickly each tells that something is wrong. Stops at the first part that fails; the
# summary says what passed, what failed and what was not run, and repeats what the failed part said of its failures: a log's
# end is often all that is kept of it. Called by `make test`, which builds first.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
PATH="$PATH:/usr/sbin:/sbin"
logs=.build/test-logs
mkdir -p "$logs"

names=()
results=()
failed=0

part() { # name command...
    local name=$1 began=$SECONDS status=0
    shift
    names+=("$name")
    if [ "$failed" -ne 0 ]; then
        results+=("not run")
        return
    fi
    printf '\n== %s\n' "$name"
    "$@" > >(tee "$logs/part.log") 2>&1 || status=$?
    wait # for tee, which may still be writing
    if [ "$status" -eq 0 ]; then
        results+=("passed, $((SECONDS - began)) s")
    else
        results+=("FAILED (exit code $status)")
        failed=1
        # Swift Testing marks with a cross, unittest and the page's tests with words at the line's beginning.
        grep -aE '✘ Test .* recorded an issue|^(FAIL|ERROR|[A-Za-z]*Error|Fatal error)|: (error|Fatal error):' \
            "$logs/part.log" | cut -c 1-300 | tail -n 15 >"$logs/failures.log"
    fi
}

# Each file stands alone: a part that this checkout does not have is named in the summary, not passed over silently.
part_if() { # file name command...
    local file=$1
    shift
    if [ -e "$file" ]; then
        part "$@"
    else
        names+=("$1")
        results+=("not in this checkout")
    fi
}

# Swift Testing begins all tests at once unless told otherwise: each then takes as long as the whole run, and the limits of time that
# the program under test has run out. `swift test` cannot pass the width on, so the tests' own program is run.
swift_tests() {
    swift build --build-tests &&
        "$(swift build --show-bin-path)"/chat-fcgiPackageTests.xctest --testing-library swift-testing \
            --experimental-maximum-parallelization-width "$(($(nproc) * 3))"
}

part_if Package.swift "Swift" swift_tests
part_if Tests/work/run.py "counted work" python3 Tests/work/run.py
part "web servers" scripts/python-tests.sh Tests/servers
# A few seconds of each fault; `make test-faults` runs them in full.
part "faults, quickly" env CHAT_FCGI_FAULTS=quick scripts/python-tests.sh Tests/faults
part_if Tests/hostile/run.py "hostile FastCGI" python3 Tests/hostile/run.py
# The page before the program, and before a stub what only that can do: misbehave.
part_if Tests/web/run.sh "page" scripts/with-server.sh Tests/web/run.sh
part_if eval/check.py "evaluation questions" python3 eval/check.py

printf '\n'
for i in "${!names[@]}"; do printf '%-20s %s\n' "${names[$i]}" "${results[$i]}"; done
if [ "$failed" -ne 0 ]; then
    printf '\nWhat failed, once more:\n'
    cat "$logs/failures.log"
    echo "Tests failed."
    exit 1
fi
echo "All tests passed."
