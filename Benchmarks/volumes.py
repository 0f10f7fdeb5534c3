#!/usr/bin/env python3
"""Large removals, exports and backups: how long others wait, how long it takes, how much memory. Prints Markdown; some minutes.

    Benchmarks/volumes.py [removal] [export] [backup]     all when none is named
    CHAT_FCGI_PROGRAM=.build/release/chat-fcgi   what is measured

The conversations are written into the store by SQL, as the program would have written them.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "Tests/servers"))

import exchange  # noqa: E402
from harness import PROGRAM, Client, FastCGIClient, Process, Sandbox  # noqa: E402

# A removal answers when all of it is gone.
exchange.PATIENCE_S = 900
MESSAGES = 200_000
CONVERSATIONS = (25_000, 50_000, 100_000)
WORDS = [f"word{number}" for number in range(20_000)]


def sentence(source: random.Random) -> str:
    return " ".join(source.choices(WORDS, k=16))


def fill(place: Sandbox, user: str, conversations: int, messages: int, first: int = 0) -> None:
    """Gives a user so many conversations more, of so many messages each; the first one's number."""
    source = random.Random(1)
    store = sqlite3.connect(place.path / "data/chat.db", timeout=60)
    store.execute("PRAGMA synchronous = OFF")
    with store:
        owner = store.execute("SELECT id FROM users WHERE name = ?", [user]).fetchone()[0]
        for number in range(first, first + conversations):
            session = store.execute(
                "INSERT INTO sessions (user, name, title, message_count, created_at, updated_at) VALUES (?, ?, 't', ?, ?, ?)",
                [owner, f"large_{number}", messages, number, number],
            ).lastrowid
            question = 0
            for place_in_session in range(messages):
                text = sentence(source)
                role = "assistant" if place_in_session % 2 else "user"
                message = store.execute(
                    "INSERT INTO messages (session, name, role, status, content, created_at, ended_at) VALUES (?, ?, ?, 'complete', ?, ?, ?)",
                    [session, f"msg_{number}_{place_in_session}", role, text, place_in_session, place_in_session],
                ).lastrowid
                # As Sources/Storage/Search/SearchIndex.swift has it.
                words = "".join(f"{owner}x{word} " for word in text.split())
                store.execute("INSERT INTO message_search (rowid, words) VALUES (?, ?)", [message, words])
                if role == "assistant":
                    store.execute(
                        "INSERT INTO turns (reply, question, user, agent, worker, is_open, summary) VALUES (?, ?, ?, 'noah', 'w', 0, x'')",
                        [message, question, owner],
                    )
                question = message
        store.execute("UPDATE sessions SET bytes = (SELECT sum(length(content)) FROM messages WHERE session = sessions.id) WHERE bytes = 0")
        store.execute(
            "UPDATE users SET (sessions, messages, bytes) = (SELECT count(*), sum(message_count), sum(bytes) FROM sessions WHERE user = users.id)"
        )
    store.close()


def started(place: Sandbox) -> tuple[Process, Client]:
    process = place.serve()
    return process, FastCGIClient(place.socket)


def peak_kib(process: Process) -> int:
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM:")).split()[1])


def milliseconds(waits: list[float]) -> str:
    waits = sorted(waits)
    part = [statistics.median(waits), waits[int(len(waits) * 0.99)], waits[-1]]
    return f"{len(waits):,} | " + " | ".join(f"{1000 * wait:.1f}" for wait in part)


def filled(place: Sandbox):
    """The program on a store in which the first of two guests has many messages."""
    process, client = started(place)
    owner, other = client.guest(), client.guest()
    for guest in (owner, other):
        guest.ask("hello", session_id="s1").finish()
    process.end()
    fill(place, owner.user_id, 1, MESSAGES)
    process, client = started(place)
    return process, client, owner, other


def removal() -> None:
    place = Sandbox(limits={"requests_per_minute": 0})
    try:
        process, client, owner, other = filled(place)
        owner, other = client.with_token(owner.token), client.with_token(other.token)
        store = sqlite3.connect(place.path / "data/chat.db", timeout=60)

        def write() -> float:
            begun = time.monotonic()
            answer = other.request("PATCH", "/api/v1/chat/sessions/s1", {"title": f"{begun}"}).finish()
            assert answer.status == 200, answer.body
            return time.monotonic() - begun

        before = [write() for _ in range(500)]
        took: list[float] = []

        def remove() -> None:
            begun = time.monotonic()
            answer = owner.request("DELETE", "/api/v1/chat/sessions/large_0").finish()
            assert answer.status == 204, answer.body
            took.append(time.monotonic() - begun)

        thread = threading.Thread(target=remove)
        thread.start()
        during = []
        while thread.is_alive():
            during.append(write())
        begun = time.monotonic()
        after = []
        while store.execute("SELECT removed > forgotten FROM removals").fetchone()[0]:
            after.append(write())
        cleaned = time.monotonic() - begun
        left = store.execute("SELECT count(*) FROM messages WHERE name LIKE 'msg\\_0\\_%' ESCAPE '\\'").fetchone()[0]
        assert left == 0, left
        print(f"### Removal of one conversation of {MESSAGES:,} messages\n")
        print(f"`DELETE` took {took[0]:.1f} s; its words were out of the search index {cleaned:.1f} s later. Another user's writes meanwhile:\n")
        print("| | writes | median ms | 99 % ms | longest ms |\n|---|---|---|---|---|")
        for name, waits in [("before", before), ("during the removal", during), ("while the index is cleaned", after or [0.0])]:
            print(f"| {name} | {milliseconds(waits)} |")
        print(flush=True)
    finally:
        place.close()


def export() -> None:
    print("### Export of many conversations of two messages\n")
    print("| conversations | seconds | a second | MB | memory before, MiB | most meanwhile, MiB |\n|---|---|---|---|---|---|")
    for count in CONVERSATIONS:
        place = Sandbox(limits={"requests_per_minute": 0})
        try:
            process, client = started(place)
            owner = client.guest()
            owner.ask("hello", session_id="s1").finish()
            process.end()
            fill(place, owner.user_id, count, 2)
            process, client = started(place)
            # Once on something small, so that what is loaded once is loaded.
            small = client.guest()
            small.ask("hello", session_id="s1").finish()
            small.get("/api/v1/me/export")
            Path(f"/proc/{process.pid}/clear_refs").write_text("5")
            before = peak_kib(process)
            begun = time.monotonic()
            answer = client.with_token(owner.token).get("/api/v1/me/export")
            took = time.monotonic() - begun
            assert answer.whole and answer.body.count(b"\n") >= 3 * count, answer.body[-300:]
            print(
                f"| {count:,} | {took:.1f} | {count / took:,.0f} | {len(answer.body) / 1e6:.0f} "
                f"| {before / 1024:.0f} | {peak_kib(process) / 1024:.0f} |",
                flush=True,
            )
        finally:
            place.close()
    print()


def backup() -> None:
    place = Sandbox(limits={"requests_per_minute": 0})
    try:
        process, client, owner, other = filled(place)
        store, copies = place.path / "data/chat.db", place.path / "copies"
        copies.mkdir()

        def by_command(to: Path) -> None:
            subprocess.run([PROGRAM, "backup", to, "--config", place.configuration_file], check=True, capture_output=True, cwd=place.path)

        def by_vacuum(to: Path) -> None:
            with closing(sqlite3.connect(store)) as source:
                source.execute("VACUUM INTO ?", [str(to)])

        def by_vacuum_with_checks(to: Path) -> None:
            by_vacuum(to)
            with closing(sqlite3.connect(to)) as copy:
                assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
                assert copy.execute("PRAGMA foreign_key_check").fetchall() == []

        ways = {"chat-fcgi backup": by_command, "VACUUM INTO": by_vacuum, "VACUUM INTO, then the same checks": by_vacuum_with_checks}
        took: dict[str, list[float]] = {name: [] for name in ways}
        waits: dict[str, list[float]] = {name: [] for name in ways}
        now, is_over = "", threading.Event()

        def write(guest: Client) -> None:
            while not is_over.is_set():
                name, begun = now, time.monotonic()
                answer = guest.request("PATCH", "/api/v1/chat/sessions/s1", {"title": f"{begun}"}).finish()
                assert answer.status == 200, answer.body
                if name in waits:
                    waits[name].append(time.monotonic() - begun)
                time.sleep(0.01)

        threads = [threading.Thread(target=write, args=[client.with_token(guest.token)]) for guest in (owner, other)]
        for thread in threads:
            thread.start()
        for number in range(3):
            for name, way in ways.items():
                now, begun = name, time.monotonic()
                way(copies / f"{number}-{len(took[name])}-{len(name)}")
                took[name].append(time.monotonic() - begun)
                now = ""
        is_over.set()
        for thread in threads:
            thread.join()
        print(f"### Copies of a store of {store.stat().st_size >> 20} MiB while two users write\n")
        print("| | seconds, three times | writes | median ms | 99 % ms | longest ms |\n|---|---|---|---|---|---|")
        for name, seconds in took.items():
            print(f"| {name} | {', '.join(f'{one:.1f}' for one in seconds)} | {milliseconds(waits[name])} |")
        print(flush=True)
    finally:
        place.close()


def main() -> None:
    measurements = {"removal": removal, "export": export, "backup": backup}
    for name in sys.argv[1:] or measurements:
        measurements[name]()


if __name__ == "__main__":
    main()
