"""Packages from PyPI that some tests need: each set of Tests/requirements in a virtual environment of its own under .build.

    python3 Tests/servers/packages.py litellm      installs a set that no test installs by itself
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# What pip says when the network is in the way. Anything else that goes wrong is a mistake to be corrected.
UNREACHABLE = (
    "NewConnectionError", "NameResolutionError", "ConnectTimeoutError", "ReadTimeoutError", "Connection refused",
    "Network is unreachable", "Temporary failure in name resolution", "ProxyError", "Connection broken",
)  # fmt: skip


def environment(name: str) -> Path:
    return ROOT / f".build/{name}-venv"


def is_installed(name: str) -> bool:
    """Whether the environment has what the list asks for now."""
    mark = environment(name) / "installed"
    return mark.exists() and mark.read_text() == _wanted(name)


def install(name: str, run=subprocess.run) -> None:
    """Nothing when that has been done. Skips the test when PyPI cannot be reached.

    `run` runs pip; it gives what `subprocess.run` gives.
    """
    if is_installed(name):
        return
    folder = environment(name)
    subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True, capture_output=True)
    # The list is complete, so there is nothing to resolve, and nothing is built from source but what the list says.
    command = [
        folder / "bin/pip", "install", "--disable-pip-version-check", "--no-input", "--retries", "1",
        "--no-deps", "--only-binary", ":all:", "--requirement", _requirements(name),
    ]  # fmt: skip
    done = run(command, capture_output=True, text=True)
    if done.returncode != 0:
        if any(word in done.stderr for word in UNREACHABLE):
            raise unittest.SkipTest(f"PyPI cannot be reached, so {name} is not there: {done.stderr.strip()[-200:]}")
        raise AssertionError(f"pip could not install {_requirements(name)}:\n{done.stderr[-2000:]}")
    (folder / "installed").write_text(_wanted(name))


def use(name: str) -> None:
    """Makes the packages of a set known to this process, installing them first."""
    install(name)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    folder = environment(name) / "lib" / version / "site-packages"
    sys.path.insert(0, str(folder))
    # Other tests may have brought older ones of the same names, which were found elsewhere.
    brought = {entry.stem for entry in folder.iterdir()}
    for module in [module for module in sys.modules if module.split(".")[0] in brought]:
        if not str(getattr(sys.modules[module], "__file__", None) or "").startswith(str(folder)):
            del sys.modules[module]


def interpreter(name: str) -> Path:
    """A Python that has an installed set, which may be at odds with this process's packages; otherwise skips the test."""
    if not is_installed(name):
        raise unittest.SkipTest(f"{name} is not installed; python3 Tests/servers/packages.py {name} does that")
    return environment(name) / "bin/python"


def _requirements(name: str) -> Path:
    return ROOT / f"Tests/requirements/{name}.txt"


def _wanted(name: str) -> str:
    return hashlib.sha256(_requirements(name).read_bytes() + sys.version.encode()).hexdigest()


if __name__ == "__main__":
    for wanted in sys.argv[1:]:
        install(wanted)
