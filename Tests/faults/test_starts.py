"""Twelve processes start at the same moment on one data folder: new, left behind by killed ones, or in use by another."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import time
import unittest
from contextlib import closing
from pathlib import Path

from stage import PROGRAM, ROOT, FaultCase, Sandbox, accepts, cgi_environment, count, wait_until

PROCESSES = 12


class Starts(FaultCase):
    def setUp(self) -> None:
        self.place = self.new_place()
        self.books = self.place.path / "books.csv"
        self.books.write_bytes(b"".join((ROOT / "catalog/starter.csv").read_bytes().splitlines(True)[:20]))

    def new_place(self) -> Sandbox:
        # The documents of the agents make an index of their own, which is opened as well.
        place = Sandbox(agents_dir=str(ROOT / "agents"), log={"level": "warning"})
        self.addCleanup(place.close)
        self.data = place.path / "data"
        shutil.rmtree(self.data, ignore_errors=True)
        return place

    def begin(self, number: int) -> subprocess.Popen:
        """One of the ways in which the program opens its databases; every third is a worker, which stays."""
        ways = [
            ["serve", "--listen", f"unix:{self.place.path}/{number}.sock"], ["migrate"], [],
            ["serve", "--listen", f"unix:{self.place.path}/{number}.sock"], ["catalog", "import", str(self.books)],
            ["catalog", "stats"],
        ]  # fmt: skip
        words = ways[number % len(ways)]
        environment = self.place.environment()
        if not words:
            environment |= cgi_environment("POST", "/api/v1/auth/guest", {}, b"")
        return subprocess.Popen(
            [PROGRAM, *words], cwd=self.place.path, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def end(self, processes: list[subprocess.Popen]) -> None:
        """Waits for the commands, then for the workers, and looks at what each of them had to say."""
        workers = [process for process in processes if "serve" in process.args]
        for process in workers:
            address = process.args[-1].removeprefix("unix:")
            wait_until("a worker answers, or has ended", lambda: process.poll() is not None or accepts(address))
        outputs = []
        for process in sorted(processes, key=lambda process: process in workers):
            if process in workers:
                process.terminate()
            outputs.append((process.communicate(timeout=60)[0].decode(), process))
        for text, process in outputs:
            self.assertEqual((process.returncode, "locked" in text), (0, False), f"{process.args[1:]}: {text}")
            if len(process.args) == 1:
                self.assertIn('"token"', text)
            if "serve" in process.args:
                # Whether there are books when it starts is a matter of chance.
                self.assertEqual([line for line in text.splitlines() if "warning catalogue:" not in line], [])

    def check_files(self) -> None:
        for name in ("chat.db", "catalog.db", "knowledge.db"):
            with closing(sqlite3.connect(self.data / name)) as database:
                self.assertEqual(database.execute("PRAGMA integrity_check").fetchall(), [("ok",)], name)
                names = [name for (name,) in database.execute("SELECT name FROM schema_migrations ORDER BY position")]
                self.assertEqual(len(names), len(set(names)))

    def test_all_of_them_open_a_new_data_folder(self) -> None:
        rounds = count("CHAT_FCGI_STARTS", 100, 4)
        for _ in range(rounds):
            shutil.rmtree(self.data, ignore_errors=True)
            self.end([self.begin(number) for number in range(PROCESSES)])
            self.check_files()
        self.tell(f"{rounds} rounds of {PROCESSES} processes")

    def test_all_of_them_open_what_killed_ones_left(self) -> None:
        """Killed at any moment of their opening: half a schema, a log that must be recovered."""
        rounds = count("CHAT_FCGI_STARTS", 100, 4)
        for round_ in range(rounds):
            shutil.rmtree(self.data, ignore_errors=True)
            doomed = [self.begin(number) for number in range(PROCESSES)]
            # Later in each round, from before the folder is there to after the first answer.
            time.sleep(0.3 * round_ / rounds)
            for process in doomed:
                process.kill()
            for process in doomed:
                process.communicate()
            self.end([self.begin(number) for number in range(PROCESSES)])
            self.check_files()
        self.tell(f"{rounds} rounds of {PROCESSES} processes, after as many that were killed")

    def test_all_of_them_wait_for_one_that_has_the_files_open(self) -> None:
        """A file that is not yet a write-ahead one, which another process reads or writes: SQLite refuses the switch at once,
        without asking anybody to wait."""
        for begin in ("BEGIN", "BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"):
            with self.subTest(begin):
                shutil.rmtree(self.data, ignore_errors=True)
                self.data.mkdir(mode=0o700)
                files = [self.data / "chat.db", self.data / "catalog.db"]
                databases = []
                for file in files:
                    file.touch(0o600)
                    database = sqlite3.connect(file, isolation_level=None)
                    database.execute(begin)
                    database.execute("SELECT count(*) FROM sqlite_schema")
                    databases.append(database)
                processes = [self.begin(number) for number in range(PROCESSES)]
                # All have come as far as the file that they cannot have.
                wait_until("all wait", lambda: all(has_open(process, files) for process in processes))
                for database in databases:
                    database.close()
                self.end(processes)
                self.check_files()

    def test_a_start_does_not_wait_for_a_writer_where_nothing_is_to_be_done(self) -> None:
        self.end([self.begin(1)])
        with closing(sqlite3.connect(self.data / "chat.db", isolation_level=None)) as database:
            database.execute("BEGIN IMMEDIATE")
            self.end([self.begin(1)])

    def test_a_worker_ended_as_soon_as_its_socket_is_there_ends_in_order(self) -> None:
        """What connects from then on has its answer, so the signal must find a worker that takes it as one to drain."""
        rounds = count("CHAT_FCGI_STARTS", 200, 20)
        self.end([self.begin(4)])
        for _ in range(rounds):
            process = self.begin(0)
            address = process.args[-1].removeprefix("unix:")
            # Without a pause: what may go wrong lasts less than a millisecond.
            while process.poll() is None and not accepts(address):
                pass
            process.terminate()
            self.assertEqual((process.communicate(timeout=60)[0].decode(), process.returncode), ("", 0))
        self.tell(f"{rounds} workers")


def has_open(process: subprocess.Popen, files: list[Path]) -> bool:
    """Whether it has one of the files open, or has ended."""
    folder = f"/proc/{process.pid}/fd"
    if process.poll() is not None:
        return True
    try:
        return any(os.readlink(f"{folder}/{name}") in map(str, files) for name in os.listdir(folder))
    except FileNotFoundError:
        return False


if __name__ == "__main__":
    unittest.main()
