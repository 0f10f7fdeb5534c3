#!/bin/sh
# Measures the recommender beside its baselines: eval/README.md says how. `make eval` calls this.
#
#   eval/run.sh [--split tune|held_out|all] [--verbose]
#
# CHAT_FCGI_DATA is the folder with gutenberg/ and goodbooks/ (default ../shared/data beside the repository).
set -eu
cd "$(dirname "$0")/.."

data=${CHAT_FCGI_DATA:-../shared/data}
gutenberg=$data/gutenberg/pg_catalog.csv.gz
goodbooks=$data/goodbooks/books.csv.gz
for file in "$gutenberg" "$goodbooks"; do
    if [ ! -f "$file" ]; then
        echo "eval: skipped, there is no $file (set CHAT_FCGI_DATA to the folder with gutenberg/ and goodbooks/)" >&2
        exit 0
    fi
done

# The same flags as `make build`, so that nothing is compiled twice.
swift build -c release --static-swift-stdlib --product evaluate
evaluate=.build/release/evaluate

# The catalogue is made anew when the program that makes it, or the shipped list, is newer.
folder=.build/eval
catalog=$folder/catalog.db
mkdir -p "$folder"
# shellcheck disable=SC3013  # dash and bash know -nt
if [ ! -f "$folder/complete" ] || [ "$evaluate" -nt "$folder/complete" ] || [ catalog/starter.csv -nt "$folder/complete" ]; then
    rm -f "$catalog" "$catalog-wal" "$catalog-shm" "$folder/complete"
    "$evaluate" import "$catalog" catalog/starter.csv "$gutenberg" "$goodbooks"
    touch "$folder/complete"
fi

exec "$evaluate" --catalog "$catalog" --questions eval/questions.jsonl --conversations eval/conversations.jsonl "$@"
