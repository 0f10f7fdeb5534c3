#!/usr/bin/env python3
"""Every test that docs/threat-model.md names is there: a file, a suite, a test of a file that the row names, a target of the Makefile. Exits
with 1 and a line for each that is not."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    files = [path for path in (ROOT / "Tests").rglob("*") if path.suffix in (".py", ".swift")]
    texts = {path.name: path.read_text(encoding="utf-8") for path in files}
    suites = {name for text in texts.values() for name in re.findall(r"^(?:\S+ )*(?:struct|class|enum) (\w+)", text, re.M)}
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    wrong = []
    for row in (ROOT / "docs/threat-model.md").read_text(encoding="utf-8").split("\n## Threats\n")[1].splitlines():
        cells = row.split("|")
        if len(cells) != 5 or set(cells[1]) <= set(" -") or not cells[2].strip() or cells[1].strip() == "threat":
            continue
        named = re.findall(r"`([^`]+)`", cells[3])
        # What stands in brackets is a part of a test's name, or of a class's.
        own = " ".join(texts.get(name.rpartition("/")[2], "") for name in named)
        for name in named:
            is_there = (
                (ROOT / name).exists() or name in texts or name in suites or (ROOT / "Tests" / name).is_dir()
                or (name.startswith("make ") and name[5:] in targets) or re.search(rf"(def test_|class )\w*{re.escape(name)}", own)
            )  # fmt: skip
            if not is_there:
                wrong.append(f"threats: `{name}` is no test: {cells[1].strip()}")
        if not named:
            wrong.append(f"threats: no test is named: {cells[1].strip()}")
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
