#!/usr/bin/env python3
"""Whether a turn and a token still cost what they did: counted in instructions of the real program, which noise does not change.

    Benchmarks/check.py [--set]      CHAT_FCGI_PROGRAM=.build/release/chat-fcgi; --set writes Benchmarks/check.json anew

The program runs under callgrind and is asked over FastCGI; a stand-in for a provider sends the tokens. What is counted lies between
two dumps, so the program's start is not in it:

- a turn: a question in a new conversation, answered with one token: guard, admission, the transaction that opens it, the provider's
  call, the transaction that closes it;
- a token at full speed: what 2,000 tokens more cost, which come many at a time, from the bytes of libcurl to the records for the web server;
- a token by itself: the same of 240 of which each is sent when the one before has arrived.

The recorder's ticks are not in it: how many a reply takes is a matter of time.

Each is the least of several, since threads in another order only add to it. What the program does by the clock meanwhile (looking at the store,
heartbeats) is counted while a reply waits, and taken off; a machine that is busy with other work makes that inexact.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "Tests/servers"))

from harness import PROGRAM, FastCGIClient, Process, Sandbox, accepts, free_port, wait_until  # noqa: E402

COMMITTED = ROOT / "Benchmarks/check.json"
# What the order of threads and what is done by the clock change by themselves: most for tokens that come one by one.
TOLERANCES = {"a turn": 0.05, "a token at full speed": 0.05, "a token by itself": 0.35}
REPEATS = 6
TOKENS = 2_000
SINGLE_TOKENS = 240
WAITING_S = 3


class Asked(NamedTuple):
    instructions: int
    seconds: float


class Counted:
    """The program under callgrind."""

    def __init__(self, place: Sandbox) -> None:
        self.place = place
        stripped = place.path / "chat-fcgi"
        # valgrind 3.19 cannot read what Swift says of lines.
        subprocess.run(["strip", "--strip-debug", "-o", stripped, PROGRAM], check=True)
        self.process: Process = place.start(
            "chat-fcgi",
            ["valgrind", "-q", "--tool=callgrind", "--instr-atstart=no", f"--callgrind-out-file={place.path}/counts", f"--vgdb-prefix={place.path}/vgdb",
             stripped, "serve", "--config", place.configuration_file, "--listen", f"unix:{place.socket}"], env=place.environment(BENCH_KEY="none"),
        )  # fmt: skip
        wait_until("the program accepts connections under callgrind", lambda: accepts(place.socket), seconds=300)
        self._tell("instrumentation", "on")
        self.taken = 0

    def _tell(self, *words: str) -> None:
        subprocess.run(["vgdb", f"--vgdb-prefix={self.place.path}/vgdb", f"--pid={self.process.pid}", *words], check=True, capture_output=True)

    def instructions(self) -> int:
        """What was executed since the last call (https://valgrind.org/docs/manual/cl-format.html)."""
        self.taken += 1
        self._tell("dump")
        file = self.place.path / f"counts.{self.taken}"
        count = int(re.search(r"^(?:summary|totals): (\d+)", file.read_text(errors="replace"), re.M)[1])
        file.unlink()
        return count


def measure() -> dict[str, int]:
    port = free_port()
    place = Sandbox(
        providers={"bench": {"kind": "openai", "base_url": f"http://127.0.0.1:{port}/v1", "api_key_env": "BENCH_KEY"}},
        models=[{"name": "*", "chain": [{"provider": "bench", "model": "as-asked"}]}],
        stream={"record_every_ms": 10_000},
        clocks={"first_token_ms": 120_000, "idle_ms": 120_000, "total_ms": 600_000},
    )
    try:
        provider = place.path / "provider"
        subprocess.run(["go", "build", "-o", provider, "./provider"], check=True, cwd=ROOT / "Benchmarks")
        place.start("provider", [provider, "-listen", f"127.0.0.1:{port}"])
        counted = Counted(place)
        client = FastCGIClient(place.socket)

        def step() -> None:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/step").close()

        def ask(tokens: int, pace: str, while_it_waits=None) -> Asked:
            """A question by a new guest, whose conversations and taste are empty."""
            guest = client.guest()
            counted.instructions()
            begun = time.monotonic()
            answer = guest.ask(f"hello tokens-{tokens}{pace}")
            came = 0
            for event in answer.events():
                came += event.value.get("content", "").count("tok")
                if pace == "-stepped" and event.type == "content_chunk" and came < tokens:
                    if while_it_waits:
                        while_it_waits()
                    step()
            assert came == tokens, answer.body[-500:]
            seconds = time.monotonic() - begun
            return Asked(counted.instructions(), seconds)

        waiting: list[float] = []

        def wait() -> None:
            counted.instructions()
            time.sleep(WAITING_S)
            waiting.append(counted.instructions() / WAITING_S)

        def alone(one: Asked) -> float:
            """Without what the program does by the clock."""
            return one.instructions - waiting[0] * one.seconds

        def fastest(asked: list[Asked]) -> Asked:
            return min(asked, key=lambda one: one.seconds)

        for tokens in (1, 1, 1 + TOKENS, 1 + TOKENS):
            ask(tokens, "-together")
        ask(2, "-stepped", wait)
        turns = [ask(1, "") for _ in range(REPEATS)]
        # The words of a question are read as well, so each pace has turns of its own to compare with.
        waited_for = [ask(1, "-stepped") for _ in range(REPEATS)]
        one_by_one = [ask(1 + SINGLE_TOKENS, "-stepped") for _ in range(REPEATS)]
        short = [ask(1, "-together") for _ in range(REPEATS)]
        at_full_speed = [ask(1 + TOKENS, "-together") for _ in range(REPEATS)]
        if os.environ.get("CHAT_FCGI_VERBOSE"):
            print(f"by the clock, a second: {waiting[0]:,.0f}")
            for asked in (turns, waited_for, one_by_one, short, at_full_speed):
                print(*(f"{one.instructions:,} in {one.seconds:.1f} s" for one in sorted(asked)), sep=", ")
        return {
            "a turn": round(alone(min(turns))),
            # The fastest, of which the least is the clock's.
            "a token by itself": round((alone(fastest(one_by_one)) - alone(fastest(waited_for))) / SINGLE_TOKENS),
            "a token at full speed": round((alone(min(at_full_speed)) - alone(min(short))) / TOKENS),
        }
    except BaseException:
        print(place.tails_of_logs(), file=sys.stderr)
        raise
    finally:
        place.close()


def main() -> int:
    missing = [tool for tool in ("valgrind", "vgdb", "strip", "go") if not shutil.which(tool)]
    if missing:
        print(f"bench-check: skipped, not installed: {', '.join(missing)}; make setup installs valgrind, apt-get install golang-go the rest")
        return 0
    found = measure()
    if sys.argv[1:] == ["--set"]:
        COMMITTED.write_text(json.dumps(found, indent=2) + "\n")
        print(f"bench-check: set {found}")
        return 0
    committed = json.loads(COMMITTED.read_text())
    has_grown = False
    for what, count in found.items():
        ratio = count / committed[what]
        verdict = "as committed"
        if ratio > 1 + TOLERANCES[what]:
            verdict, has_grown = "FAIL: grown", True
        elif ratio < 1 - TOLERANCES[what]:
            verdict = "shrunk: commit the lower figure (Benchmarks/check.py --set)"
        print(f"bench-check: {what}: {count:,} instructions, committed {committed[what]:,} ({ratio - 1:+.1%}): {verdict}")
    return 1 if has_grown else 0


if __name__ == "__main__":
    sys.exit(main())
