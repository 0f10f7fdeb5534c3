"""Two processes of the program on one data folder behind one nginx, and what is done to them.

    CHAT_FCGI_FAULTS    `quick`: each fault for seconds (`make test`); else in full (`make test-faults`)

Every count of the full runs can be set by an environment variable of its own; docs/reliability.md names them.
"""

from __future__ import annotations

import asyncio
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

from exchange import connect  # noqa: E402
from harness import (  # noqa: E402
    PROGRAM, ROOT, SEARCH_PATH, FastCGIClient, HTTPClient, Process, Sandbox, ServerCase, accepts, cgi_environment,
    copy_nginx_files, free_port, link, need_program, run_nginx, tool, wait_until,
)  # fmt: skip

LONG_QUESTION = "I loved The Time Machine. What next? Please tell me about every book you recommend, and why."
QUICK = os.environ.get("CHAT_FCGI_FAULTS") == "quick"
# A worker's silence is noticed after ten seconds and a look every five; a busy machine takes longer.
ABANDONED_S = 60.0

__all__ = [
    "ABANDONED_S", "LONG_QUESTION", "PROGRAM", "QUICK", "ROOT", "FastCGIClient", "FaultCase", "HTTPClient", "Process", "SEARCH_PATH",
    "Sandbox", "Stage", "accepts", "builtin", "cgi_environment", "connect", "count", "need_program", "tool", "until", "wait_until",
]  # fmt: skip


def count(variable: str, full: int, quick: int) -> int:
    """How often, how many: the variable's value, else what this kind of run takes."""
    return int(os.environ.get(variable) or (quick if QUICK else full))


def builtin(pace_ms: int, **more) -> dict:
    """A configuration whose replies take `pace_ms` between two pieces of a few words (about sixty of them)."""
    return {"providers": {"builtin": {"kind": "builtin", "pace_ms": pace_ms}}} | more


async def until(what: str, is_so, seconds: float = 30.0) -> None:
    """`wait_until` for a task: the others go on meanwhile."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            raise AssertionError(f"after {seconds} s still not so: {what}")
        await asyncio.sleep(0.01)


class Stage(Sandbox):
    """A sandbox with workers and nginx before them, each with a socket of its own, so that a test knows which it asks."""

    def __init__(self, workers: int = 2, **configuration) -> None:
        super().__init__(**({"agents_dir": str(ROOT / "agents")} | configuration))
        self.sockets = [f"{self.path}/worker-{number}.sock" for number in range(workers)]
        self.workers: list[Process | None] = [None] * workers
        self.mounted = False

    # The program

    def begin_worker(self, number: int, **options) -> Process:
        """Starts it, and does not wait for it. Always in the main thread: a child is told when its parent thread ends."""
        listen = f"unix:{self.sockets[number]}"
        command = [PROGRAM, "serve", "--config", self.configuration_file, "--listen", listen]
        self.workers[number] = self.start(f"worker-{number}", command, **options)
        return self.workers[number]

    def start_workers(self, **options) -> None:
        for number in range(len(self.sockets)):
            process = self.begin_worker(number, **options)
            process.wait_for("it answers", lambda number=number: accepts(self.sockets[number]))

    async def restart(self, number: int) -> None:
        self.begin_worker(number)
        await until(f"worker {number} answers", lambda: accepts(self.sockets[number]))

    def kill(self, number: int) -> None:
        process = self.workers[number]
        process.signal(signal.SIGKILL)
        process.popen.wait()

    def through(self, number: int, token: str | None = None) -> FastCGIClient:
        """Straight to one worker, where a test must know which one it asks."""
        client = FastCGIClient(self.sockets[number])
        client.token = token
        return client

    def worker_logs(self) -> str:
        return "".join(path.read_text(errors="replace") for path in sorted(self.path.glob("worker-*.log")))

    # nginx

    def start_nginx(self, listen: str = "") -> HTTPClient:
        """With `listen`, further parameters of nginx's directive of that name."""
        nginx = tool("nginx")
        self.port = free_port()
        for folder in ("var/nginx", "var/log"):
            (self.path / folder).mkdir(parents=True, exist_ok=True)
        copy_nginx_files(self, "chat-fcgi.conf", "fastcgi_chat.conf", "security_headers.conf")
        servers = "".join(f"    server unix:{path} max_fails=2 fail_timeout=5s;\n" for path in self.sockets)
        # zone: nginx's workers know together how many requests are open where, and who failed. Turns in order would heap streams up
        # on a worker that came back empty.
        upstream = f"upstream chat_fcgi {{\n    zone chat_fcgi 256k;\n    least_conn;\n{servers}    keepalive 32;\n}}\n"
        site = (ROOT / "nginx/dev.conf.in").read_text().replace("@PORT@", str(self.port))
        site, replaced = re.subn(r"upstream chat_fcgi \{.*?\n    \}\n", lambda _: upstream, site, flags=re.DOTALL)
        assert replaced == 1
        site = site.replace(f":{self.port};", f":{self.port} {listen};")
        (self.path / "var/nginx/nginx.conf").write_text(site)
        link(self.path / "web", ROOT / "web")
        return self.run_nginx()

    def run_nginx(self) -> HTTPClient:
        client = run_nginx(self, tool("nginx"), self.port)
        self.nginx = client.process
        return client

    # The disk

    def mount_small(self, mebibytes: int) -> bool:
        """Puts the data folder on a file system of its own; false where that is not allowed."""
        data, aside = self.path / "data", self.path / "data-aside"
        data.mkdir(mode=0o700, exist_ok=True)
        shutil.copytree(data, aside)
        options = f"size={mebibytes}m,mode=0700"
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", data], capture_output=True)
        if done.returncode != 0:
            return False
        self.mounted = True
        shutil.copytree(aside, data, dirs_exist_ok=True)
        return True

    def close(self) -> None:
        for process in reversed(self.processes):
            process.signal(signal.SIGTERM)
            process.signal(signal.SIGCONT)
        if self.mounted:
            for process in reversed(self.processes):
                process.end()
            subprocess.run(["umount", "-l", self.path / "data"], check=True, capture_output=True)
        super().close()


class FaultCase(ServerCase):
    """A test that tells what it counted, whether it passes or not."""

    def run(self, result=None):
        self.began = time.monotonic()
        return super().run(result)

    def stage(self, **configuration) -> Stage:
        stage = Stage(**configuration)
        self.own.append(stage)
        self.addCleanup(stage.close)
        return stage

    def tell(self, figures: object) -> None:
        seconds = time.monotonic() - self.began
        print(f"\n    {self.id().rpartition('.')[2]}, {seconds:.0f} s: {figures}", file=sys.stderr, flush=True)
