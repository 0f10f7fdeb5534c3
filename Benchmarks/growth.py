#!/usr/bin/env python3
"""How costs grow: a write with the length of its chat, a page and a search with the size of the store; start-up and size. JSON lines for the report.

    Benchmarks/growth.py [MESSAGES...]     10 to 1,000,000 when none is named; CHAT_FCGI_PROGRAM=.build/release/chat-fcgi

The program is asked over FastCGI without a web server, one request after another. The messages are written into the store by SQL, as the
program would have written them.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

import volumes
from harness import PROGRAM, Client, FastCGIClient, Process, Sandbox

SIZES = (10, 100, 1_000, 10_000, 100_000, 1_000_000)
LONGEST_CHAT = 10_000
# Of the user who asks, whatever the size of the store; one of the words that `volumes` writes with.
OWN_MESSAGES = 1_000
REPEATS = 100
STARTS = 10


def tell(what: str, seconds: list[float], size: int = 0, of: str = "", unit: str = "ms") -> None:
    seconds = sorted(seconds)
    figures = {"P50": 1000 * statistics.median(seconds), "P99": 1000 * seconds[int(len(seconds) * 0.99)]}
    print(json.dumps({"What": what, "Of": of, "Size": size, "Unit": unit} | figures), flush=True)


def timed(work) -> list[float]:
    for _ in range(5):
        work()
    taken = []
    for _ in range(REPEATS):
        begun = time.monotonic()
        work()
        taken.append(time.monotonic() - begun)
    return taken


def sandbox() -> Sandbox:
    return Sandbox(limits={"requests_per_minute": 0}, providers={"builtin": {"kind": "builtin", "pace_ms": 0}})


def request(client: Client, path: str, body: dict) -> None:
    answer = client.request("POST", path, body).finish()
    assert answer.status == 200, answer.body


def writes(sizes: list[int]) -> None:
    """A question until its first event, which says that it is committed and synced."""
    for size in sizes:
        place = sandbox()
        try:
            process, client = volumes.started(place)
            guest = client.guest()
            guest.ask("hello", session_id="s1").finish()
            process.end()
            volumes.fill(place, guest.user_id, 1, size)
            _, client = volumes.started(place)
            asking = client.with_token(guest.token)

            def ask() -> float:
                begun = time.monotonic()
                answer = asking.ask("hello", session_id="large_0")
                next(iter(answer.events()))
                taken = time.monotonic() - begun
                answer.finish()
                return taken

            for _ in range(5):
                ask()
            tell("a question, until it is committed", [ask() for _ in range(REPEATS)], size, "messages in its chat")
        finally:
            place.close()


def reads(sizes: list[int]) -> None:
    """A page of the history and a search, of a user whose own messages stay as many while those of others become more."""
    place = sandbox()
    try:
        process, client = volumes.started(place)
        owner, others = client.guest(), client.guest()
        for guest in (owner, others):
            guest.ask("hello", session_id="s1").finish()
        process.end()
        volumes.fill(place, owner.user_id, 10, OWN_MESSAGES // 10)
        filled = OWN_MESSAGES
        for size in sizes:
            if size > filled:
                volumes.fill(place, others.user_id, (size - filled) // 100, 100, first=filled)
                filled = size
            process, client = volumes.started(place)
            asking = client.with_token(owner.token)
            tell("a page of 50 messages", timed(lambda: request(asking, "/api/v1/chat/history", {"session_id": "large_3", "limit": 50})), size, "messages in the store")
            tell("a search", timed(lambda: request(asking, "/api/v1/chat/search", {"query": volumes.WORDS[7], "limit": 20})), size, "messages in the store")
            process.end()
    finally:
        place.close()


def starts() -> None:
    place = sandbox()
    try:
        taken = []
        for _ in range(STARTS):
            begun = time.monotonic()
            process: Process = place.serve()
            assert FastCGIClient(place.socket).get("/healthz").status == 200
            taken.append(time.monotonic() - begun)
            process.end()
        tell("start-up, until it answers", taken)
    finally:
        place.close()


def size_of_the_program() -> None:
    place = sandbox()
    try:
        stripped = place.path / "stripped"
        subprocess.run(["strip", "-o", stripped, PROGRAM], check=True)
        print(json.dumps({"What": "the program, stripped", "P50": Path(stripped).stat().st_size / 1e6, "Unit": "MB"}))
    finally:
        place.close()


def main() -> None:
    sizes = [int(word) for word in sys.argv[1:]] or list(SIZES)
    writes([size for size in sizes if size <= LONGEST_CHAT])
    reads([size for size in sizes if size >= OWN_MESSAGES])
    starts()
    size_of_the_program()


if __name__ == "__main__":
    main()
