#!/bin/sh
# Measures the agents, and the recommender beside its baselines: eval/README.md says how. `make eval` calls this.
#
#   eval/run.sh [--split tune|held_out|all] [--verbose]
#
# CHAT_FCGI_DATA is the folder with gutenberg/ and goodbooks/ (default ../shared/data beside the repository); without it only the other
# agents are measured.
set -eu
cd "$(dirname "$0")/.."

# The same flags as `make build`, so that nothing is compiled twice.
swift build -c release --static-swift-stdlib --product evaluate
evaluate=.build/release/evaluate
folder=.build/eval
mkdir -p "$folder"
status=0
"$evaluate" --agents agents --index "$folder/knowledge.db" --conversations eval/agents.jsonl "$@" || status=$?

data=${CHAT_FCGI_DATA:-../shared/data}
gutenberg=$data/gutenberg/pg_catalog.csv.gz
goodbooks=$data/goodbooks/books.csv.gz
for file in "$gutenberg" "$goodbooks"; do
    if [ ! -f "$file" ]; then
        echo "eval: the recommender is skipped, there is no $file (set CHAT_FCGI_DATA to the folder with gutenberg/ and goodbooks/)" >&2
        exit "$status"
    fi
done

# The catalogue is made anew when the program that makes it, or the shipped list, is newer.
catalog=$folder/catalog.db
# shellcheck disable=SC3013  # dash and bash know -nt
if [ ! -f "$folder/complete" ] || [ "$evaluate" -nt "$folder/complete" ] || [ catalog/starter.csv -nt "$folder/complete" ]; then
    rm -f "$catalog" "$catalog-wal" "$catalog-shm" "$folder/complete"
    "$evaluate" import "$catalog" catalog/starter.csv "$gutenberg" "$goodbooks"
    touch "$folder/complete"
fi

"$evaluate" --catalog "$catalog" --questions eval/questions.jsonl --conversations eval/conversations.jsonl "$@" || status=$?
exit "$status"
