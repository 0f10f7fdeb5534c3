"""Whether the work of every reader of users' texts grows with the text and no faster: counted in instructions, not timed.

Tests/work/Sources has the readers, in tables: whole agents, so that no rule of theirs is forgotten, and their parts. Each
reads texts that it has the most to do with: signs, and the words that it looks for itself, found in its sources. A text that is doubled
twice may take some four times the work.

    python3 Tests/work/run.py [--all] [READER...]     after `swift build --build-tests`; some of the texts, or all of them
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("CHAT_FCGI_COUNTED_WORK", ROOT / ".build/debug/counted-work"))
SIZES = (256, 1_024)
# What is linear has 4; the rest is for tables that are made larger.
MOST_GROWTH = 5
# Signs, and words that belong to no reader alone.
PIECES = (
    "a", "a ", "A ", "ab. ", "\n", " ", "-", "a-", "\"a ", "\"", "(", "<a>", "[", "`", "*", "&a=b", "a=b; ", "%41", "e\u0301", "\u202e", "\U0001f469\u200d",
    "\u6771 ", "1 ", "1.", "1.1.2024-", "5 days ", "from 1 May 2026 to 3 May 2026 in Spain. ", "I was in Rome on 3 May 2026, ", "not by ", "like Dune but ",
    "$AAPL ", "{\"a\":[", "[1,", "a,\"b\",", "data: a\n\n", "2026-11-20,10\n", "# a\n", "- a\n", "> ", "|a", "H. G. Wells, ",
)  # fmt: skip
# Words that are all different, and names, dates and symbols.
NUMBERED = ("w{} ", "Name{} ", "$S{} ", "\"t {}\" ", "{} May 2026, ", "{}, ", "c{}=1; ", "\"k{}\":1,")
WORDS_BYTES = 240
# Between the words of agents/words.
OF_A_TABLE = re.compile(r"\s*[\n|;,=:$!?<>^#.\[\]]+\s*|~\d")
LITERAL = re.compile(r'"((?:[^"\\\n]|\\["n]){1,40})"')


def texts_of(words: list[str]) -> list[str]:
    """What the sources look for, some at a time, so that a short text has each of them several times."""
    files = [file for path in words for file in ([ROOT / path] if (ROOT / path).is_file() else sorted((ROOT / path).rglob("*.*")))]
    found: set[str] = set()
    for file in files:
        if file.suffix == ".swift":
            found |= {word.replace('\\"', '"').replace("\\n", "\n") for word in LITERAL.findall(file.read_text())}
        elif file.suffix == ".txt":
            found |= {word.strip() for word in OF_A_TABLE.split(file.read_text()) if word.strip()}
    texts = [""]
    for word in sorted(found, key=lambda word: (len(word), word)):
        if len(texts[-1].encode()) + len(word.encode()) > WORDS_BYTES:
            texts.append("")
        texts[-1] += word + " "
    return texts if texts[-1] else texts[:-1]


def of_size(text: str, size: int) -> str:
    if "{}" in text:
        repeated, number = "", 0
        while len(repeated) < size:
            number += 1
            repeated += text.replace("{}", str(number if "May" not in text else number % 31 + 1))
        return repeated[:size]
    return (text * (size // len(text.encode()) + 1)).encode()[:size].decode(errors="ignore")


def chosen(reader: dict, turn: int, takes_all: bool) -> list[str]:
    """The texts for a reader: of both kinds the same number, evenly, and other ones than the reader before it had."""
    kinds = [[*PIECES, *NUMBERED], texts_of(reader["words"])]
    if takes_all:
        return [text for texts in kinds for text in texts]
    own = min(reader["texts"] // 2, len(kinds[1]))
    shares = [reader["texts"] - own, own]
    return [texts[(turn + place * len(texts) // share) % len(texts)] for texts, share in zip(kinds, shares) for place in range(min(share, len(texts)))]


def count(folder: Path, inputs: list[tuple[str, str]], number: int) -> subprocess.Popen:
    """Begins to count the readers' work on the inputs."""
    own = folder / str(number)
    shutil.copytree(folder / "parts", own)
    (own / "inputs").write_text("".join(json.dumps({"reader": reader, "text": text}) + "\n" for reader, text in inputs))
    command = ["valgrind", "-q", "--tool=callgrind", f"--callgrind-out-file={own}/counts", folder / "counted-work", "count", own, own / "inputs"]
    return subprocess.Popen(command, cwd=ROOT, stdout=sys.stderr, stderr=subprocess.STDOUT)


def counts_in(folder: Path) -> dict[int, int]:
    """What callgrind has counted for each input (https://valgrind.org/docs/manual/cl-format.html)."""
    counts = {}
    for file in folder.glob("counts.*"):
        text = file.read_text(errors="replace")
        label = re.search(r"^desc: Trigger: Client Request: (\d+)$", text, re.M)
        if label:
            counts[int(label[1])] = int(re.search(r"^summary: (\d+)$", text, re.M)[1])
        file.unlink()
    return counts


def main() -> int:
    if not shutil.which("valgrind"):
        print("counted work: skipped, valgrind is not installed; make setup installs it")
        return 0
    only = [word for word in sys.argv[1:] if word != "--all"]
    readers = [json.loads(line) for line in subprocess.run([PROGRAM, "list"], check=True, capture_output=True, text=True).stdout.splitlines()]
    cases = [
        (reader["name"], text) for turn, reader in enumerate(readers) if not only or reader["name"] in only
        for text in chosen(reader, turn, takes_all="--all" in sys.argv)
    ]  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="counted-work-") as temporary:
        folder = Path(temporary)
        # valgrind 3.19 cannot read what Swift says of lines.
        subprocess.run(["strip", "--strip-debug", "-o", folder / "counted-work", PROGRAM], check=True)
        (folder / "parts").mkdir()
        books = (ROOT / "catalog/starter.csv").read_text().splitlines(keepends=True)
        (folder / "parts/books.csv").write_text("".join(books[:40]))
        subprocess.run([folder / "counted-work", "prepare", folder / "parts"], check=True, cwd=ROOT)
        # Each reader in one of two processes, which it is made ready in; what is costly stands together.
        names = list(dict.fromkeys(reader for reader, _ in cases))
        halves = [[case for case in cases if (names.index(case[0]) % 4 in (0, 3)) == half] for half in (True, False)]
        processes = [
            count(folder, [(reader, of_size(text, size)) for reader, text in half for size in SIZES], number)
            for number, half in enumerate(halves)
        ]
        problems = [f"counted-work ended with {process.returncode}" for process in processes if process.wait() != 0]
        for number, half in enumerate(halves):
            counts = counts_in(folder / str(number))
            for place, (reader, text) in enumerate(half):
                short, long = (counts.get(place * len(SIZES) + size, 0) for size in range(len(SIZES)))
                if os.environ.get("CHAT_FCGI_VERBOSE"):
                    print(f"{reader}\t{text[:40]!r}\t{short}\t{long}\t{long / max(short, 1):.2f}")
                if short == 0 or long == 0:
                    problems.append(f"{reader}: {text[:60]!r} was not counted")
                elif long > MOST_GROWTH * short:
                    problems.append(f"{reader}: {text[:60]!r} takes {short:,} and {long:,} instructions for {SIZES} bytes")
    for problem in problems:
        print(f"FAIL: {problem}")
    print(f"counted work: {len(names)} readers, {len(cases)} texts, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
