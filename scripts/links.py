#!/usr/bin/env python3
"""Every link between the project's documents leads to a file that is there, and to a heading that is in it. Links to other sites are not
followed. Exits with 1 and a line for each that does not."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parents[1]
LINK = re.compile(r"\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)")


def text_of(path: Path) -> str:
    """Without code, where a link is none."""
    text = re.sub(r"^( *)(```|~~~).*?^\1\2 *$", "", path.read_text(encoding="utf-8"), flags=re.M | re.S)
    return re.sub(r"`[^`\n]*`", "", text)


def anchors(path: Path) -> set[str]:
    """As GitHub and mkdocs make them of headings."""
    found: set[str] = set()
    text = re.sub(r"^( *)(```|~~~).*?^\1\2 *$", "", path.read_text(encoding="utf-8"), flags=re.M | re.S)
    for heading in re.findall(r"^#{1,6} +(.*?) *#*$", text, re.M):
        heading = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "")
        slug = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        # A heading that comes again gets a number.
        number, name = 0, slug
        while name in found:
            number += 1
            name = f"{slug}-{number}"
        found.add(name)
    return found | set(re.findall(r'(?:id|name)="([^"]+)"', text))


def main() -> int:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    wrong = 0
    for name in sorted(set(listed.stdout.splitlines())):
        path = ROOT / name
        if not path.exists():
            continue
        for link in LINK.findall(text_of(path)):
            if re.match(r"[a-z][a-z0-9+.-]*:", link, re.I):
                continue
            file, _, anchor = unquote(link).partition("#")
            target = (path.parent / file).resolve() if file else path
            reason = ""
            if not target.exists():
                reason = "is not there"
            elif anchor and target.suffix == ".md" and anchor not in anchors(target):
                reason = f"has no heading for #{anchor}"
            if reason:
                wrong += 1
                print(f"{name}: {link}: {target.relative_to(ROOT) if target.is_relative_to(ROOT) else target} {reason}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
