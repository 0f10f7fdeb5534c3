"""What becomes of the data folder when commands are run as another user, when its files are damaged, and when others have them."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import unittest
from contextlib import closing
from pathlib import Path

from harness import PROGRAM, SEARCH_PATH, STARTER_CATALOGUE, FastCGIClient, Sandbox, ServerCase, cgi_environment, free_port

# `nobody` of every Linux: a user that owns nothing else here.
SERVICE = 65_534


class FolderCase(ServerCase):
    def command(self, place: Sandbox, *words, program=PROGRAM, before=(), **environment) -> subprocess.CompletedProcess:
        return subprocess.run(
            [*before, program, *map(str, words)], cwd=place.path, env=place.environment(**environment), text=True,
            capture_output=True, timeout=120, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    def used(self) -> Sandbox:
        place = self.sandbox(providers={"builtin": {"kind": "builtin", "pace_ms": 0}})
        program = place.serve()
        self.assert_complete_reply(FastCGIClient(place.socket).guest().ask(session_id="s1"))
        program.signal(signal.SIGTERM)
        program.wait()
        # A program that ends while others look at its files may leave the last writes in the log beside them.
        for name in ("chat.db", "catalog.db"):
            with closing(sqlite3.connect(place.path / "data" / name)) as database:
                database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return place


@unittest.skipUnless(os.geteuid() == 0, "only root can run commands in another user's folder")
class Owner(FolderCase):
    def setUp(self) -> None:
        self.setpriv = shutil.which("setpriv", path=SEARCH_PATH)
        if not self.setpriv:
            self.skipTest("setpriv is not installed; apt-get install util-linux")
        self.place = self.sandbox()
        # The service's user must be able to run the program, and may not enter the checkout.
        self.place.path.chmod(0o755)
        self.program = shutil.copy(PROGRAM, self.place.path / "chat-fcgi")
        self.data = self.place.path / "data"
        shutil.rmtree(self.data)
        self.data.mkdir(mode=0o700)
        os.chown(self.data, SERVICE, SERVICE)
        self.user = [self.setpriv, f"--reuid={SERVICE}", f"--regid={SERVICE}", "--clear-groups"]

    def as_service(self, *words) -> subprocess.CompletedProcess:
        return self.command(self.place, *words, program=self.program, before=self.user)

    def assert_usable(self) -> None:
        for file in [self.data, *self.data.rglob("*")]:
            self.assertEqual((file.stat().st_uid, file.stat().st_gid), (SERVICE, SERVICE), file)
        for words in (("migrate",), ("usage",), ("catalog", "stats"), ("token", "--user", "anna")):
            done = self.as_service(*words)
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_what_root_makes_in_it_belongs_to_its_owner(self) -> None:
        for words in (
            ("migrate",), ("token", "--user", "anna"), ("catalog", "import", STARTER_CATALOGUE, "--format", "csv"),
            ("catalog", "stats"),
        ):  # fmt: skip
            with self.subTest(words):
                self.assertEqual(self.command(self.place, *words).returncode, 0)
                self.assert_usable()
                for file in self.data.iterdir():
                    shutil.rmtree(file) if file.is_dir() else file.unlink()
        request = cgi_environment("POST", "/api/v1/auth/guest", {}, b"")
        with self.subTest("CGI"):
            self.assertIn('"token"', self.command(self.place, **request).stdout)
            self.assert_usable()
        with self.subTest("a worker that is killed"):
            program = self.place.serve()
            self.assert_complete_reply(FastCGIClient(self.place.socket).guest().ask(session_id="s1"))
            program.signal(signal.SIGKILL)
            program.wait()
            self.assertEqual(len(list((self.data / "workers").iterdir())), 1)
            self.assert_usable()
        with self.subTest("a backup that is restored"):
            self.assertEqual(self.command(self.place, "backup", "copy").returncode, 0)
            self.assert_usable()
            shutil.rmtree(self.data)
            self.data.mkdir(mode=0o700)
            os.chown(self.data, SERVICE, SERVICE)
            self.assertEqual(self.command(self.place, "restore", "copy").returncode, 0)
            self.assert_usable()

    def test_a_folder_that_root_makes_belongs_to_who_owns_the_one_above(self) -> None:
        shutil.rmtree(self.data)
        home = self.place.path / "home"
        home.mkdir()
        os.chown(home, SERVICE, SERVICE)
        self.place.configuration_file.write_text('{ data_dir: "home/var/data" }')
        self.assertEqual(self.command(self.place, "migrate").returncode, 0)
        self.data = home / "var/data"
        self.assert_usable()

    def test_another_user_is_told_whose_it_is(self) -> None:
        self.assertEqual(self.command(self.place, "migrate").returncode, 0)
        self.assertEqual(self.command(self.place, "token", "--user", "anna").returncode, 0)
        os.chown(self.data, 0, 0)
        for words in (("usage",), ("user", "export", "anna"), ("migrate",), ("backup", "copy"), ("token", "--user", "a")):
            with self.subTest(words):
                done = self.as_service(*words)
                self.assertEqual(done.returncode, 74, done.stderr)
                self.assertIn(f"{self.data} belongs to user root", done.stderr)
                self.assertIn("sudo -u", done.stderr)
        # And a file within.
        os.chown(self.data, SERVICE, SERVICE)
        os.chown(self.data / "chat.db", 0, 0)
        for words in (("usage",), ("migrate",), ("backup", "copy")):
            with self.subTest(words):
                done = self.as_service(*words)
                self.assertEqual(done.returncode, 74, done.stderr)
                self.assertIn(f"{self.data}/chat.db belongs to user root", done.stderr)
        said = self.command(self.place, "doctor")
        self.assertIn("FAILED   owner", said.stdout)
        self.assertIn("chat.db", said.stdout)
        self.assertIn(f"chown -R --reference={self.data} {self.data}", said.stdout)


class Damage(FolderCase):
    def doctor(self, place: Sandbox, *words) -> str:
        """What it says of this machine; nobody answers at the address."""
        done = self.command(place, "doctor", "--config", place.configuration_file, "--url", f"http://127.0.0.1:{free_port()}", *words)
        self.assertEqual(done.returncode, 69, done.stderr)
        return done.stdout

    def test_a_store_that_has_become_empty_is_no_new_one(self) -> None:
        place = self.used()
        store = place.path / "data/chat.db"
        self.empty(store)
        request = cgi_environment("GET", "/readyz", {}, b"")
        for words in (("serve",), ("migrate",), ("usage",), ("user", "export", "anna"), ("backup", "copy"), ("key", "create", "--name", "site"),
                      ("key", "list"), ("token", "--user", "anna"), ()):  # fmt: skip
            with self.subTest(words):
                done = self.command(place, *words, **({} if words else request))
                self.assertEqual(done.returncode, 65, done.stderr)
                self.assertIn(f"{store} is empty", done.stderr)
                self.assertEqual(store.stat().st_size, 0)
        self.assertIn("FAILED   store", self.doctor(place))
        # To begin anew is for the operator to decide.
        store.unlink()
        place.serve()
        self.assert_complete_reply(FastCGIClient(place.socket).guest().ask(session_id="s1"))

    def test_nor_is_one_that_was_only_restored_or_given_a_key(self) -> None:
        used = self.used()
        self.assertEqual(self.command(used, "backup", used.path / "copy").returncode, 0)
        for words in (("restore", used.path / "copy"), ("key", "create", "--name", "site")):
            with self.subTest(words):
                place = self.sandbox()
                shutil.rmtree(place.path / "data")
                self.assertEqual(self.command(place, *words).returncode, 0)
                self.empty(place.path / "data/chat.db")
                done = self.command(place, "serve")
                self.assertEqual((done.returncode, "chat.db is empty" in done.stderr), (65, True), done.stderr)

    def empty(self, store: Path) -> None:
        for end in ("-wal", "-shm"):
            store.with_name(store.name + end).unlink(missing_ok=True)
        store.write_bytes(b"")

    def test_a_process_that_was_killed_at_its_very_first_start_does_no_harm(self) -> None:
        place = self.sandbox()
        shutil.rmtree(place.path / "data")
        (place.path / "data").mkdir(mode=0o700)
        (place.path / "data/chat.db").touch(0o600)
        (place.path / "data/catalog.db").touch(0o600)
        place.serve()
        self.assert_complete_reply(FastCGIClient(place.socket).guest().ask(session_id="s1"))

    def test_a_deep_look_finds_what_a_start_does_not(self) -> None:
        place = self.used()
        for name, subject in (("chat.db", "store"), ("catalog.db", "catalogue")):
            with self.subTest(name):
                file = place.path / "data" / name
                self.assertIn(f"ok       {subject}: {file} is whole", self.doctor(place, "--deep"))
                whole = file.read_bytes()
                with closing(sqlite3.connect(file)) as database:
                    table = "messages" if name == "chat.db" else "works"
                    index = f"SELECT rootpage FROM sqlite_schema WHERE type = 'index' AND tbl_name = '{table}'"
                    page = database.execute(index).fetchone()[0]
                    size = database.execute("PRAGMA page_size").fetchone()[0]
                file.write_bytes(whole[: (page - 1) * size] + b"\7" * size + whole[page * size :])
                self.assertNotIn(f"FAILED   {subject}", self.doctor(place))
                said = self.doctor(place, "--deep")
                self.assertIn(f"FAILED   {subject}: {file}", said)
                self.assertIn("restore" if name == "chat.db" else "import the books again", said)
                file.write_bytes(whole)
        self.assertEqual(self.command(place, "doctor", "--deep", "--url", "http://localhost").returncode, 64)

    def test_a_store_that_cannot_be_opened_is_told_without_statements(self) -> None:
        place = self.used()
        store = place.path / "data/chat.db"
        whole = store.read_bytes()
        for content in (whole[:2048], b"This is a letter and no database." * 200, whole[:100] + b"\7" * 8000):
            store.write_bytes(content)
            for words in (("serve",), ("usage",), ("migrate",)):
                done = self.command(place, *words)
                self.assertEqual(done.returncode, 74, done.stderr)
                self.assertNotIn("secure_delete", done.stderr)
                self.assertIn("chat-fcgi salvage DIR", done.stderr)
            self.assertIn("FAILED   store", self.doctor(place))

    def test_a_token_secret_that_was_cut_is_told(self) -> None:
        place = self.used()
        (place.path / "data/token-secret").write_bytes(b"x" * 31)
        self.assertIn("FAILED   token secret", self.doctor(place))
        done = self.command(place, "serve")
        self.assertEqual(done.returncode, 74, done.stderr)
        self.assertIn("does not hold 32 bytes", done.stderr)

    def test_what_can_be_made_anew_is_told_so_when_it_is_damaged(self) -> None:
        place = self.used()
        for pattern, remedy in (("live-*.db", "live-*: it holds nothing that lasts"), ("catalog.db", "import the books again")):
            (file,) = (place.path / "data").glob(pattern)
            whole = file.read_bytes()
            file.write_bytes(b"This is a letter and no database." * 200)
            done = self.command(place, "serve")
            self.assertEqual(done.returncode, 74, done.stderr)
            self.assertIn(remedy, done.stderr)
            file.write_bytes(whole)

    def test_a_database_that_somebody_keeps_locked_is_named(self) -> None:
        place = self.used()
        with closing(sqlite3.connect(place.path / "data/chat.db", isolation_level=None)) as database:
            database.execute("PRAGMA locking_mode = EXCLUSIVE")
            database.execute("BEGIN EXCLUSIVE")
            waiting = [
                subprocess.Popen(
                    [PROGRAM, *words], cwd=place.path, env=place.environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                    text=True,
                )
                for words in (("usage",), ("migrate",), ("user", "delete", "a"), ("backup", "copy"), ("serve",))
            ]  # fmt: skip
            for process in waiting:
                said = process.communicate(timeout=120)[0]
                with self.subTest(process.args[1:]):
                    self.assertEqual(process.returncode, 74, said)
                    self.assertNotIn("database is locked", said)
                    self.assertIn(f"another process keeps {place.path}/data/chat.db locked", said)
                    self.assertIn("fuser", said)
            said = self.doctor(place)
            self.assertIn("warning  store", said)


if __name__ == "__main__":
    unittest.main()
