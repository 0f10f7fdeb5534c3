"""`chat-fcgi salvage`: what is left of a damaged store, and what every command says of one."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import subprocess
import unittest
from contextlib import closing
from pathlib import Path

from harness import PROGRAM, FastCGIClient, Sandbox, ServerCase

MESSAGES = 40


class Salvage(ServerCase):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.place = cls.shared_sandbox(providers={"builtin": {"kind": "builtin", "pace_ms": 0}})
        process = cls.place.serve()
        cls.guest = FastCGIClient(cls.place.socket).guest()
        for number in range(MESSAGES):
            # Long, so that they lie in many pages.
            list(cls.guest.ask(f"Thanks! marker{number}m " + "word " * 200, session_id=f"s{number % 4}").events())
        process.signal(signal.SIGTERM)
        process.wait()
        with closing(sqlite3.connect(cls.place.path / "data/chat.db")) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cls.page_bytes = database.execute("PRAGMA page_size").fetchone()[0]
            cls.total = database.execute("SELECT count(*) FROM messages").fetchone()[0]
        assert cls.total == 2 * MESSAGES

    def damaged(self, *markers: str) -> Sandbox:
        """The store with the pages of some messages overwritten."""
        place = self.sandbox(providers={"builtin": {"kind": "builtin", "pace_ms": 0}})
        shutil.rmtree(place.path / "data")
        shutil.copytree(self.place.path / "data", place.path / "data")
        store = place.path / "data/chat.db"
        content = bytearray(store.read_bytes())
        for marker in markers:
            page = content.index(marker.encode()) // self.page_bytes * self.page_bytes
            content[page : page + self.page_bytes] = b"\xee" * self.page_bytes
        store.write_bytes(content)
        return place

    def run_command(self, place: Sandbox, *words: str, code: int | None = 0) -> subprocess.CompletedProcess:
        done = subprocess.run(
            [PROGRAM, *words], cwd=place.path, env=place.environment(), capture_output=True, text=True, timeout=60, check=False)
        if code is not None:
            self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def messages(self, store: Path) -> list[str]:
        with closing(sqlite3.connect(store)) as database:
            self.assertEqual(database.execute("PRAGMA integrity_check").fetchone(), ("ok",))
            return [row[0] for row in database.execute("SELECT content FROM messages WHERE role = 'user' ORDER BY id")]

    def test_all_but_the_damaged_pages_comes_back_and_is_found(self) -> None:
        place = self.damaged("Thanks! marker13m", "Thanks! marker27m")
        before = (place.path / "data/chat.db").read_bytes()
        done = self.run_command(place, "salvage", "out")
        self.assertIn("lost of messages", done.stdout)
        self.assertEqual((place.path / "data/chat.db").read_bytes(), before)
        self.assertEqual((place.path / "out").stat().st_mode & 0o777, 0o700)
        kept = self.messages(place.path / "out/chat.db")
        # A page has some four of them.
        self.assertGreater(len(kept), MESSAGES - 12)
        for number in (0, MESSAGES - 1):
            self.assertTrue(any(f"marker{number}m" in text for text in kept), number)
        (place.path / "data").rename(place.path / "data.damaged")
        self.run_command(place, "restore", "out")
        place.serve()
        guest = FastCGIClient(place.socket).with_token(self.guest.token)
        number = next(number for number in range(MESSAGES) if any(f"marker{number}m" in text for text in kept))
        found = guest.post("/api/v1/chat/search", {"query": f"marker{number}m"}).json()["results"]
        self.assertGreater(len(found), 0)
        told = {message["content"] for session in range(4) for message in guest.history(f"s{session}", limit=200)["messages"]}
        self.assertLessEqual(set(kept), told)
        self.assert_complete_reply(guest.ask("Thanks!", session_id="s0"))

    def test_a_whole_store_loses_nothing(self) -> None:
        place = self.damaged()
        done = self.run_command(place, "salvage", "out")
        self.assertIn("every table was read whole", done.stdout)
        with closing(sqlite3.connect(place.path / "out/chat.db")) as new, \
                closing(sqlite3.connect(place.path / "data/chat.db")) as old:  # fmt: skip
            tables = [row[0] for row in old.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE 'message_search%'"
                # What is still to be indexed is indexed at once.
                " AND name <> 'unindexed_messages'"
                " AND name <> 'schema_migrations' AND name NOT LIKE 'sqlite%'")]  # fmt: skip
            for table in tables:
                rows = f"SELECT * FROM {table} ORDER BY 1, 2"
                self.assertEqual(new.execute(rows).fetchall(), old.execute(rows).fetchall(), table)

    def test_where_nothing_can_be_read_it_says_what_to_do(self) -> None:
        place = self.damaged()
        store = place.path / "data/chat.db"
        for content in (b"\xee" * 8_192, store.read_bytes()[:100] + b"\xee" * 20_000):
            store.write_bytes(content)
            done = self.run_command(place, "salvage", "out", code=65)
            self.assertIn("Restore the last backup", done.stderr)
            self.assertFalse((place.path / "out").exists())

    def test_a_store_of_no_bytes_is_told_by_every_command(self) -> None:
        place = self.damaged()
        (place.path / "data/chat.db").write_bytes(b"")
        for words, code in ((("serve",), 65), (("salvage", "out"), 65), (("check",), None), (("migrate",), 65), (("usage",), 65),
                            (("doctor", "--config", str(place.configuration_file)), None)):  # fmt: skip
            with self.subTest(words):
                done = self.run_command(place, *words, code=code)
                self.assertIn("0 bytes", done.stdout + done.stderr)
                self.assertNotIn("database is locked", done.stdout + done.stderr)
        # And once more as a script reads it.
        lines = self.run_command(place, "doctor", "--json", code=69).stdout.splitlines()
        told = [json.loads(line) for line in lines]
        self.assertIn(("failed", "store"), {(row["result"], row["subject"]) for row in told})
        self.assertTrue(all(row["remedy"] for row in told if row["result"] != "ok"))

    def test_no_command_ends_with_a_locked_database(self) -> None:
        place = self.damaged()
        with closing(sqlite3.connect(place.path / "data/chat.db", isolation_level=None)) as database:
            database.execute("PRAGMA locking_mode = EXCLUSIVE")
            database.execute("BEGIN EXCLUSIVE")
            done = self.run_command(place, "salvage", "out", code=74)
            self.assertIn("another process keeps", done.stderr)
            self.assertNotIn("database is locked", done.stderr)


if __name__ == "__main__":
    unittest.main()
