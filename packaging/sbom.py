#!/usr/bin/env python3
"""The parts list of a package, SPDX 2.3 (spdx.github.io/spdx-spec): what is in it, and which libraries the program uses.

    packaging/sbom.py FOLDER [FILE]     of what is installed below FOLDER; FILE: what is given out (a .deb, a .zip), with its checksum
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path


def run(*words: str | Path) -> str:
    return subprocess.run(words, capture_output=True, text=True, check=False, env=os.environ | {"LC_ALL": "C"}).stdout


def checksum(path: Path) -> list[dict]:
    return [{"algorithm": name.upper(), "checksumValue": hashlib.new(name, path.read_bytes()).hexdigest()} for name in ("sha1", "sha256")]


def package(name: str, version: str, **more) -> dict:
    identifier = re.sub(r"[^A-Za-z0-9.-]", "-", f"SPDXRef-{name}")
    return {
        "SPDXID": identifier, "name": name, "versionInfo": version, "downloadLocation": "NOASSERTION", "filesAnalyzed": False,
        "licenseConcluded": "NOASSERTION", "licenseDeclared": "NOASSERTION", "copyrightText": "NOASSERTION",
    } | more  # fmt: skip


def libraries(program: Path) -> list[dict]:
    """The Debian packages of the libraries that the program names itself, and Swift's, which are in it."""
    needed = re.findall(r"NEEDED +(\S+)", run("objdump", "-p", program))
    places = dict(re.findall(r"(\S+) => (\S+)", run("ldd", program)))
    found = {}
    for name in needed:
        path = places.get(name)
        owner = run("dpkg-query", "--search", os.path.realpath(path)).split(":")[0] if path else ""
        # Where /lib is a link, dpkg may know the file by the other name.
        owner = owner or (run("dpkg-query", "--search", f"*/{os.path.basename(os.path.realpath(path))}").split(":")[0] if path else "")
        if owner and owner not in found:
            version = run("dpkg-query", "--show", "--showformat=${Version}", owner)
            purl = {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": f"pkg:deb/debian/{owner}@{version}"}
            found[owner] = package(owner, version, externalRefs=[purl])
    swift = re.search(r"Swift version (\S+)", run("swift", "--version"))
    found["swift-runtime"] = package(
        "swift-runtime", swift[1] if swift else "NOASSERTION", licenseDeclared="Apache-2.0 WITH Swift-exception",
        comment="Statically linked into the program.",
    )  # fmt: skip
    return [found[name] for name in sorted(found)]


def main() -> None:
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    given = Path(sys.argv[2]) if len(sys.argv) == 3 else None
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink() and "DEBIAN" not in path.parts)
    [program] = [path for path in files if path.name == "chat-fcgi" and path.read_bytes()[:4] == b"\x7fELF"]
    version = run(program, "--version").split()[-1]
    parts = [
        {"SPDXID": f"SPDXRef-File-{number}", "fileName": f"./{path.relative_to(folder)}", "checksums": checksum(path),
         "licenseConcluded": "NOASSERTION", "copyrightText": "NOASSERTION"}
        for number, path in enumerate(files)
    ]  # fmt: skip
    more = {"packageFileName": given.name, "checksums": checksum(given)} if given else {}
    itself = package("chat-fcgi", version, licenseDeclared="MIT", **more)
    used = libraries(program)
    now = int(os.environ.get("SOURCE_DATE_EPOCH") or time.time())
    relations = [("SPDXRef-DOCUMENT", "DESCRIBES", itself["SPDXID"])]
    relations += [(itself["SPDXID"], "CONTAINS", part["SPDXID"]) for part in parts]
    relations += [
        (itself["SPDXID"], "STATIC_LINK" if part["name"] == "swift-runtime" else "DYNAMIC_LINK", part["SPDXID"]) for part in used
    ]
    digest = hashlib.sha256("".join(part["checksums"][1]["checksumValue"] for part in parts).encode()).hexdigest()
    print(json.dumps({
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": f"chat-fcgi-{version}",
        "documentNamespace": f"https://spdx.org/spdxdocs/chat-fcgi-{version}-{digest}",
        "creationInfo": {
            "created": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now)), "creators": ["Tool: chat-fcgi packaging/sbom.py"],
        },
        "packages": [itself, *used], "files": parts,
        "relationships": [
            {"spdxElementId": one, "relationshipType": kind, "relatedSpdxElement": other} for one, kind, other in relations
        ],
    }, indent=1))  # fmt: skip


if __name__ == "__main__":
    main()
