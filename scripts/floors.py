#!/usr/bin/env python3
"""Holds Package.swift and the sources against the floors that docs/architecture.md draws.

A target imports only targets that are drawn below it, declares what it imports and nothing else, and is in the drawing. Only the files listed
here can make an owner of data. Each folder's first file begins with what the folder is.
"""
from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Makes the program's evaluation, and stands beside the house.
BESIDE = {"evaluate"}
# What imports Ownership can make an owner: who authenticates, what reads stored rows back, and the operator's commands.
OWNER_MAKERS = {
    "Chat/Conversation/Identifiers.swift",
    "Routes/Identity/Authenticator.swift",
    "Routes/Identity/GuestTokens.swift",
    "Routes/Identity/KeyIdentity.swift",
    "Storage/Live/SQLiteLiveStore.swift",
    "Storage/Removal/Retention.swift",
    "Storage/Usage/LimitTables.swift",
    "Storage/Usage/UsageTotals.swift",
    "chat-fcgi/Commands/SmallCommands.swift",
    "chat-fcgi/Commands/UsageCommand.swift",
    "chat-fcgi/Commands/UserCommand.swift",
    "evaluate/Ask.swift",
}
IMPORT = re.compile(
    r"^(?:@\w+ )?(?:public |package |internal |fileprivate |private )?import (?:(?:struct|class|enum|protocol|func|var) )?(\w+)",
    re.MULTILINE,
)


def drawn(names: set[str]) -> list[str]:
    """The targets of the drawing, from above."""
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    section = text.split("\n## The floors\n", 1)[1]
    lines = section.split("```", 2)[1].splitlines()
    words: list[str] = []
    for line in lines:
        # At a line's beginning, one or several, or in a column of its own.
        if leading := re.match(r" ((?:[\w-]+ )*[\w-]+)(?:  |$)", line):
            words += leading[1].split()
        words += re.findall(r"   ([\w-]+)   ", line)
    order: list[str] = []
    for word in words:
        if word in names and word not in order:
            order.append(word)
    return order


def imported(folder: Path, names: set[str]) -> set[str]:
    found: set[str] = set()
    for file in folder.rglob("*.swift"):
        found.update(IMPORT.findall(file.read_text(encoding="utf-8")))
    return found & names


def main() -> int:
    dumped = subprocess.run(
        ["swift", "package", "dump-package"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    targets = {target["name"]: target for target in json.loads(dumped)["targets"]}
    names = set(targets)
    house = {name for name, target in targets.items() if (target.get("path") or "").split("/")[0] != "Tests"}
    house = {name for name in house if targets[name]["type"] != "test"} - BESIDE
    order = drawn(house)
    faults = [f"{name}: not in the drawing of docs/architecture.md" for name in sorted(house - set(order))]
    place = {name: number for number, name in enumerate(order)}
    for name, target in targets.items():
        default = ("Tests" if target["type"] == "test" else "Sources") + "/" + name
        imports = imported(ROOT / (target.get("path") or default), names) - {name}
        declared = {next(iter(dependency.values()))[0] for dependency in target["dependencies"]}
        faults += [f"{name}: declares {other}, which it does not import" for other in sorted(declared - imports)]
        faults += [f"{name}: imports {other}, which it does not declare" for other in sorted(imports - declared)]
        if name not in place:
            continue
        faults += [
            f"{name}: imports {other}, which is not drawn below it"
            for other in sorted(imports)
            if place.get(other, -1) <= place[name]
        ]
    makers = {
        str(file.relative_to(ROOT / "Sources"))
        for file in (ROOT / "Sources").rglob("*.swift")
        if "Ownership" in IMPORT.findall(file.read_text(encoding="utf-8"))
    }
    faults += [f"{file}: imports Ownership, and may not make an owner" for file in sorted(makers - OWNER_MAKERS)]
    faults += [f"{file}: is listed in OWNER_MAKERS and makes no owner" for file in sorted(OWNER_MAKERS - makers)]
    faults += [
        f"{first.relative_to(ROOT)}: is its folder's first file, and does not begin with what the folder is (// …)"
        for first in {min(file.parent.glob("*.swift")) for file in (ROOT / "Sources").rglob("*.swift")}
        if not first.read_text(encoding="utf-8").startswith("// ")
    ]
    for fault in faults:
        print(f"floors: {fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
