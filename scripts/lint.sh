#!/usr/bin/env bash
# Syntax of every shell script and Python file of the project, and shellcheck's opinion where it is installed; that targets import
# what docs/architecture.md draws; that the words of the agents are in the form that is told of them; that links
# between the documents lead somewhere; and that the tests which docs/threat-model.md names exist.
set -euo pipefail
cd "$(dirname "$0")/.."

while IFS= read -r file; do
    case $(head -n 1 "$file") in
    '#!'*bash*) bash -n "$file" ;;
    '#!'*sh*) sh -n "$file" ;;
    *) continue ;;
    esac
    if command -v shellcheck >/dev/null; then shellcheck --severity=warning "$file"; fi
done < <(git ls-files --cached --others --exclude-standard -- .ci scripts shared-host Tests Benchmarks packaging eval |
    grep -v '^Tests/fuzz/corpus/' | grep -E '(\.sh|\.cgi|^\.ci/[^.]+|^[^.]+)$' || true)

git ls-files -z --cached --others --exclude-standard -- '*.py' |
    xargs -0 -r python3 -c 'import ast, sys
for path in sys.argv[1:]:
    ast.parse(open(path, encoding="utf-8").read(), path)'
python3 scripts/floors.py
python3 scripts/words.py
python3 scripts/links.py
python3 scripts/threats.py
echo "lint: scripts, floors, words, the documents' links and the threats' tests are fine"
