#!/usr/bin/env python3
"""Holds the files of agents/words against the forms that its README gives, and Sources/CWords/words.c against the files."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "agents/words"

WORDS = r"[^\s|=:;$]+( [^\s|=:;$]+)*"
LIST = r"[^|;]*(; ?[^|;]+)*;?"
ELEMENT = r"([~][1-9]|##?|[\^.<>]|[?!]?[^\s|=:;?!~^<>]+(\|[^\s|=:;?!~^<>]+)*)"
FORMS = {
    "words": WORDS,
    "phrases": r"[^,=]+(,[^,=]+)*=[^=]*",
    "classes": rf"\w+: {WORDS}",
    "wordings": rf"[a-z]+\??:|{ELEMENT}( {ELEMENT})*",
    "concepts": rf"[^|;]+\|[a-z]+\|{LIST}\|{LIST}(\|{LIST})?",
    "authors": r"[^|;]+(; [^|;]+)*\|[a-z -]*\|[^|;]+(; [^|;]+)*",
    "series": rf"[^|;]+(; [^|;]+)*\|[^|;]*\|{LIST}",
    "headings": r"[a-z' -]+: [^|]+",
    "places": r"[^=,]+=[^=,]+(,[^=,]+)*",
}
OF_SECTION = {
    "function words": "words",
    "phrases": "phrases",
    "titles": "phrases",
    "follow-ups": "phrases",
    "classes": "classes",
    "wordings": "wordings",
}
OF_FILE = {
    "books/plot-words": "words",
    "books/stop-words": "words",
    "books/subjects": "concepts",
    "books/genres": "concepts",
    "books/authors": "authors",
    "books/series": "series",
    "books/headings": "headings",
    "places": "places",
}


def faults_in(path: Path) -> list[str]:
    name = str(path.relative_to(FOLDER))
    of_file = OF_FILE.get(name.removesuffix(".txt"))
    form = of_file
    classes: set[str] = set()
    lines: list[tuple[int, str]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith(" ") and lines:
            lines[-1] = (lines[-1][0], f"{lines[-1][1]} {line.strip()}")
        elif line and not line.startswith("//"):
            lines.append((number, line))
    faults = []
    for number, line in lines:
        if section := re.fullmatch(r"\[(.+)\]", line):
            form = of_file or OF_SECTION.get(section[1])
        elif form is None:
            faults.append(f"{name}:{number}: no section before it says what the line is")
        elif not re.fullmatch(FORMS[form], line):
            faults.append(f"{name}:{number}: not of the form \"{form}\": {line}")
        elif form == "classes":
            classes.add(line.split(":")[0])
        elif form == "wordings":
            faults += [f"{name}:{number}: no class ${used}" for used in re.findall(r"\$(\w+)", line) if used not in classes]
    return faults


def main() -> int:
    files = sorted(FOLDER.rglob("*.txt"))
    faults = [fault for path in files for fault in faults_in(path)]
    embedded = set(re.findall(r'#embed "\.\./\.\./agents/words/(.+)\.txt"', (ROOT / "Sources/CWords/words.c").read_text()))
    present = {str(path.relative_to(FOLDER)).removesuffix(".txt") for path in files}
    faults += [f"{name}.txt: not in Sources/CWords/words.c" for name in sorted(present - embedded)]
    for fault in faults:
        print(f"agents/words/{fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
