"""`chat-fcgi backup DIR` while the program is used: whole, checked, private, and under its name only when it is complete."""

from __future__ import annotations

import json
import os
import pty
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import threading
import unittest
from contextlib import closing
from pathlib import Path

import packages
from harness import PROGRAM, ROOT, FastCGIClient, Sandbox, ServerCase, freeze, wait_until

FILES = {"chat.db", "catalog.db", "token-secret", "chat-fcgi.json5"}


def quick(**more) -> dict:
    return {"providers": {"builtin": {"kind": "builtin", "pace_ms": 0}}} | more


class BackupCase(ServerCase):
    def command(self, place: Sandbox, *words, **options) -> subprocess.CompletedProcess:
        return subprocess.run(
            [PROGRAM, *map(str, words)], cwd=place.path, env=place.environment(), text=True, capture_output=True, timeout=120,
            check=False, **options,
        )  # fmt: skip

    def used(self, **more) -> Sandbox:
        """A place with a store that somebody has used, and whose program has ended."""
        place = self.sandbox(**quick(**more))
        program = place.serve()
        self.guest = FastCGIClient(place.socket).guest()
        self.assert_complete_reply(self.guest.ask("What is in the backup?", session_id="s1"))
        program.signal(signal.SIGTERM)
        program.wait()
        return place

    def enlarge(self, place: Sandbox, mebibytes: int) -> None:
        """So much that a backup takes a moment. The store does not mind a table that is not its own."""
        with closing(sqlite3.connect(place.path / "data/chat.db")) as database:
            database.execute("CREATE TABLE ballast (bytes)")
            database.execute(
                "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ?1) "
                "INSERT INTO ballast SELECT randomblob(1048000) FROM n", (mebibytes,))  # fmt: skip
            database.commit()

    def assert_backup(self, folder: Path, files: set[str] = FILES) -> None:
        self.assertEqual({file.name for file in folder.iterdir()}, files)
        self.assertEqual(folder.stat().st_mode & 0o777, 0o700)
        for file in folder.iterdir():
            self.assertEqual(file.stat().st_mode & 0o777, 0o600, file)
        for name in ("chat.db", "catalog.db"):
            with closing(sqlite3.connect(f"file:{folder / name}?immutable=1", uri=True)) as database:
                self.assertEqual(database.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
                self.assertEqual(database.execute("PRAGMA foreign_key_check").fetchall(), [])

    def assert_no_trace(self, folder: Path) -> None:
        """Neither under its name nor under another."""
        self.assertFalse(folder.exists())
        self.assertEqual([name for name in os.listdir(folder.parent) if "unfinished" in name], [])


class UnderLoad(BackupCase):
    def test_it_ends_and_holds_all_that_was_acknowledged_before_it_began(self) -> None:
        place = self.sandbox(**quick())
        place.serve()
        client = FastCGIClient(place.socket)
        self.enlarge(place, 48)
        guest = client.guest()
        acknowledged: list[tuple[str, str]] = []
        going_on = threading.Event()
        failures: list[BaseException] = []

        def chat(name: str) -> None:
            """Asks one question after the other, as long as it should; the message is acknowledged with the first event."""
            number = 0
            try:
                while going_on.is_set() or number < 3:
                    text = f"Question {number} of {name}"
                    with guest.ask(text, session_id=name) as exchange:
                        acknowledged.append((next(exchange.events()).value["message_id"], text))
                        exchange.all_events()
                    number += 1
            except BaseException as error:  # noqa: BLE001
                failures.append(error)

        going_on.set()
        chatting = [threading.Thread(target=chat, args=(f"c{number}",)) for number in range(3)]
        for thread in chatting:
            thread.start()
        try:
            for round_ in range(3):
                wait_until("there is something new", lambda least=len(acknowledged) + 3: len(acknowledged) >= least or failures)
                before = list(acknowledged)
                done = self.command(place, "backup", place.path / f"backup-{round_}")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn("chat.db", done.stdout)
                self.assert_backup(place.path / f"backup-{round_}")
                with closing(sqlite3.connect(f"file:{place.path}/backup-{round_}/chat.db?immutable=1", uri=True)) as database:
                    kept = dict(database.execute("SELECT name, content FROM messages"))
                self.assertEqual({name: kept.get(name) for name, _ in before}, dict(before))
        finally:
            going_on.clear()
            for thread in chatting:
                thread.join()
        self.assertEqual(failures, [])


class Places(BackupCase):
    def test_a_place_that_is_not_there_is_made_and_an_empty_one_taken(self) -> None:
        place = self.used()
        for name in ("new", "above/above/new", f"{place.path}/absolute/", "empty"):
            with self.subTest(name):
                if name == "empty":
                    (place.path / name).mkdir()
                done = self.command(place, "backup", name)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assert_backup(place.path / name)

    def test_no_backup_replaces_or_mixes_with_what_is_there(self) -> None:
        place = self.used()
        (place.path / "full").mkdir()
        (place.path / "full/file").write_text("mine")
        (place.path / "file").write_text("mine")
        (place.path / "link").symlink_to("nowhere")
        self.assertEqual(self.command(place, "backup", "made").returncode, 0)
        (place.path / "to-data").symlink_to("data")
        for name, says in (
            ("full", f"such as {place.path}/full/2"), ("made", "there already"), ("file", "no folder"), ("link", "link"),
            (".", "there already"), ("/", "there already"), ("data", "in the data folder"), ("data/", "in the data folder"),
            ("data/backups/new", "in the data folder"), ("./data/../data/new", "in the data folder"),
            ("to-data/new", "in the data folder"), ("file/new", "a file, or a link"), ("/proc/new", "nothing can be made"),
            ("", ""),
        ):  # fmt: skip
            with self.subTest(name):
                done = self.command(place, "backup", name)
                self.assertEqual(done.returncode, 73, done.stderr)
                self.assertIn(says, done.stderr)
                self.assertEqual(done.stdout, "")
        self.assertEqual((place.path / "full/file").read_text(), "mine")
        self.assert_no_trace(place.path / "new")
        self.assertFalse((place.path / "data/backups").exists())
        for words in (("backup",), ("backup", "a", "b"), ("backup", "--force", "a")):
            self.assertEqual(self.command(place, *words).returncode, 64)

    def test_what_cannot_be_backed_up_is_named(self) -> None:
        place = self.used()
        target = place.path / "copy"
        store = place.path / "data/chat.db"
        whole = store.read_bytes()
        for damage, says, code in (
            (lambda: store.write_bytes(b""), "empty", 65),
            (lambda: store.write_bytes(b"This is a letter and no database." * 99), "not a database", 65),
            (lambda: store.write_bytes(whole[:8192] + b"\7" * 8192 + whole[16384:]), "", 65),
            (lambda: store.unlink(), "there is no store", 74),
            (lambda: shutil.rmtree(place.path / "data"), "there is no data folder", 69),
        ):  # fmt: skip
            damage()
            done = self.command(place, "backup", target)
            with self.subTest(says or "damaged"):
                self.assertEqual(done.returncode, code, done.stderr)
                self.assertIn(says, done.stderr)
                self.assert_no_trace(target)

    def test_a_damaged_catalogue_does_not_keep_the_conversations_from_being_backed_up(self) -> None:
        place = self.used()
        (place.path / "data/catalog.db").write_bytes(b"no database " * 1000)
        done = self.command(place, "backup", "copy")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("catalog.db", done.stderr)
        self.assertIn("import the books again", done.stderr)
        self.assertEqual({file.name for file in (place.path / "copy").iterdir()}, FILES - {"catalog.db"})

    def test_a_store_elsewhere_is_found(self) -> None:
        place = self.used()
        elsewhere = place.path / "elsewhere"
        elsewhere.mkdir(mode=0o700)
        for file in (place.path / "data").glob("chat.db*"):
            file.rename(elsewhere / file.name)
        (place.path / "data/chat.db").unlink(missing_ok=True)
        place.configuration_file.write_text(
            json.dumps(place.configuration | {"store": {"url": f"sqlite:{elsewhere}/chat.db"}}))
        done = self.command(place, "backup", "copy")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assert_backup(place.path / "copy")


class Failing(BackupCase):
    """A backup that does not come to its end leaves nothing that could be taken for one."""

    def test_on_a_full_disk(self) -> None:
        place = self.used()
        self.enlarge(place, 8)
        disk = place.path / "disk"
        disk.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk], capture_output=True, check=False).returncode:
            self.skipTest("a small file system cannot be mounted here (that takes root)")
        self.addCleanup(subprocess.run, ["umount", "-l", disk], check=True)
        for target in (disk / "copy", disk / "above/copy"):
            done = self.command(place, "backup", target)
            self.assertEqual(done.returncode, 74, done.stderr)
            self.assertIn("is full", done.stderr)
            self.assert_no_trace(target)
        # A mount point cannot be renamed over.
        done = self.command(place, "backup", disk)
        self.assertEqual((done.returncode, "such as" in done.stderr), (73, True))
        # Not a byte is left: not even for the folder's files.
        with open(disk / "filler", "wb", buffering=0) as filler:
            try:
                while True:
                    filler.write(b"\0" * 4096)
            except OSError:
                pass
        done = self.command(place, "backup", disk / "copy")
        self.assertEqual(done.returncode, 74, done.stderr)
        self.assert_no_trace(disk / "copy")

    def test_where_files_may_not_grow(self) -> None:
        place = self.used()
        self.enlarge(place, 8)

        def limit() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))

        done = self.command(place, "backup", "copy", preexec_fn=limit)
        self.assertEqual(done.returncode, 74, done.stderr)
        self.assertIn("no backup was made", done.stderr)
        self.assert_no_trace(place.path / "copy")

    def in_the_middle(self, place: Sandbox, target: Path) -> subprocess.Popen:
        """A backup that has begun to copy the store, and is stopped there."""
        process = subprocess.Popen(
            [PROGRAM, "backup", target], cwd=place.path, env=place.environment(), stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)

        def has_begun() -> bool:
            sizes = [file.stat().st_size for file in target.parent.glob(".chat-fcgi-unfinished-*/chat.db")]
            return bool(sizes and sizes[0] > 1 << 20) or process.poll() is not None

        wait_until("it copies", has_begun)
        freeze(process)
        return process

    def test_when_a_signal_ends_it(self) -> None:
        place = self.used()
        self.enlarge(place, 64)
        target = place.path / "copies/copy"
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(number.name):
                process = self.in_the_middle(place, target)
                self.assertFalse(target.exists())
                process.send_signal(number)
                process.send_signal(signal.SIGCONT)
                output, said = process.communicate(timeout=60)
                self.assertEqual((process.returncode, output), (-number, ""), said)
                self.assertEqual(said, f"chat-fcgi: ended by {number.name}: what was begun of the backup is removed\n")
                self.assert_no_trace(target)

    def test_when_it_is_killed_the_next_one_tidies_up(self) -> None:
        place = self.used()
        self.enlarge(place, 64)
        target = place.path / "copies/copy"
        process = self.in_the_middle(place, target)
        process.kill()
        process.wait()
        self.assertFalse(target.exists())
        self.assertEqual(len(list(target.parent.iterdir())), 1)
        # One that is at work is left to it.
        working = self.in_the_middle(place, target.with_name("other"))
        done = self.command(place, "backup", target)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assert_backup(target)
        working.send_signal(signal.SIGCONT)
        working.communicate(timeout=60)
        self.assertEqual(working.returncode, 0)
        self.assert_backup(target.with_name("other"))
        self.assertEqual({file.name for file in target.parent.iterdir()}, {"copy", "other"})


class Restoring(BackupCase):
    def backed_up(self) -> Sandbox:
        place = self.used()
        self.assertEqual(self.command(place, "backup", "copy").returncode, 0)
        return place

    def history(self, place: Sandbox) -> dict:
        program = place.serve()
        told = FastCGIClient(place.socket).with_token(self.guest.token).history("s1")
        program.end()
        return told

    def data(self, place: Sandbox) -> set[str]:
        return {file.name for file in (place.path / "data").iterdir()}

    def test_what_was_backed_up_serves_again_for_the_same_users(self) -> None:
        place = self.backed_up()
        before = self.history(place)
        self.assertEqual(before["messages"][0]["content"], "What is in the backup?")
        for state in ("away", "empty"):
            with self.subTest(f"the data folder is {state}"):
                shutil.rmtree(place.path / "data")
                if state == "empty":
                    (place.path / "data").mkdir(mode=0o700)
                done = self.command(place, "restore", "copy")
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                self.assertIn("copy/chat-fcgi.json5", done.stdout)
                self.assertEqual(self.data(place), FILES - {"chat-fcgi.json5"} | {"workers"})
                for file in (place.path / "data").iterdir():
                    self.assertEqual(file.stat().st_mode & 0o777, 0o700 if file.is_dir() else 0o600)
                self.assertEqual(self.history(place), before)
        # Nor has the backup changed.
        self.assert_backup(place.path / "copy")

    def test_nothing_is_overwritten_and_nobody_is_disturbed(self) -> None:
        place = self.backed_up()
        data = place.path / "data"
        for name in ("chat.db", "catalog.db", "token-secret", "chat.db-wal"):
            with self.subTest(name):
                shutil.rmtree(data)
                data.mkdir(mode=0o700)
                (data / name).write_bytes(b"mine")
                done = self.command(place, "restore", "copy")
                self.assertEqual(done.returncode, 73, done.stderr)
                self.assertIn(f"{data}/{name} is there", done.stderr)
                self.assertEqual((self.data(place), (data / name).read_bytes()), ({name}, b"mine"))
        shutil.rmtree(data)
        program = place.serve()
        for path in ("chat.db", "chat.db-wal", "chat.db-shm", "catalog.db", "token-secret"):
            (data / path).unlink(missing_ok=True)
        done = self.command(place, "restore", "copy")
        self.assertEqual((done.returncode, "end it first" in done.stderr), (69, True), done.stderr)
        program.end()

    def test_what_is_no_whole_backup_is_refused(self) -> None:
        place = self.backed_up()
        shutil.rmtree(place.path / "data")
        copy = place.path / "copy"
        store = (copy / "chat.db").read_bytes()
        for damage, says in (
            (lambda: (copy / "chat.db").write_bytes(store[:8192] + b"\7" * 8192 + store[16384:]), "chat-fcgi: "),
            (lambda: (copy / "chat.db").write_bytes(store[: len(store) // 2]), "malformed"),
            (lambda: (copy / "chat.db").write_bytes(b""), "empty"),
            (lambda: (copy / "chat.db").write_bytes((copy / "catalog.db").read_bytes()), "another program"),
            (lambda: (copy / "chat.db").unlink(), "no backup"), (lambda: shutil.rmtree(copy), "no backup"),
        ):  # fmt: skip
            damage()
            done = self.command(place, "restore", "copy")
            with self.subTest(says):
                self.assertEqual(done.returncode, 69 if says == "no backup" else 74 if "another" in says else 65, done.stderr)
                self.assertNotIn("PRAGMA", done.stderr)
                self.assertIn(says, done.stderr)
                self.assertFalse((place.path / "data").exists() and self.data(place))

    def test_a_secret_that_was_cut_is_neither_kept_nor_put_back(self) -> None:
        place = self.backed_up()
        secret = place.path / "copy/token-secret"
        secret.write_bytes(secret.read_bytes()[:10])
        shutil.move(place.path / "data", place.path / "before")
        done = self.command(place, "restore", "copy")
        self.assertEqual((done.returncode, "copy/token-secret does not hold 32 bytes" in done.stderr), (65, True), done.stderr)
        self.assertFalse((place.path / "data").exists())
        shutil.move(place.path / "before", place.path / "data")
        (place.path / "data/token-secret").write_bytes(b"")
        done = self.command(place, "backup", "other")
        self.assertEqual((done.returncode, "does not hold 32 bytes" in done.stderr), (0, True), done.stderr)
        self.assertEqual({file.name for file in (place.path / "other").iterdir()}, FILES - {"token-secret"})

    def test_a_data_folder_that_leads_nowhere_is_named(self) -> None:
        place = self.backed_up()
        shutil.rmtree(place.path / "data")
        for make in (lambda data: data.symlink_to("nowhere"), lambda data: data.touch()):
            make(place.path / "data")
            done = self.command(place, "restore", "copy")
            self.assertEqual((done.returncode, "a file, or a link that leads nowhere, is there" in done.stderr), (73, True), done.stderr)
            (place.path / "data").unlink()

    def test_a_signal_ends_it_with_nothing_restored(self) -> None:
        place = self.used()
        self.enlarge(place, 64)
        self.assertEqual(self.command(place, "backup", "copy").returncode, 0)
        shutil.rmtree(place.path / "data")
        process = subprocess.Popen(
            [PROGRAM, "restore", "copy"], cwd=place.path, env=place.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        half = place.path / "data/chat.db.restoring"
        wait_until("it copies", lambda: process.poll() is not None or half.exists() and half.stat().st_size > 1 << 20)
        freeze(process)
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGCONT)
        said = process.communicate(timeout=60)[1]
        self.assertEqual((process.returncode, said), (-signal.SIGINT, b"chat-fcgi: ended by SIGINT: nothing was restored\n"))
        self.assertEqual(self.data(place), set())
        self.assertEqual(self.command(place, "restore", "copy").returncode, 0)

    def test_a_store_elsewhere_comes_back_there(self) -> None:
        place = self.backed_up()
        shutil.rmtree(place.path / "data")
        elsewhere = place.path / "elsewhere"
        elsewhere.mkdir(mode=0o700)
        place.configuration_file.write_text(json.dumps(place.configuration | {"store": {"url": f"sqlite:{elsewhere}/my.db"}}))
        self.assertEqual(self.command(place, "restore", "copy").returncode, 0)
        self.assertEqual((self.data(place), os.listdir(elsewhere)), ({"catalog.db", "token-secret", "workers"}, ["my.db"]))
        self.assertEqual(self.history(place)["messages"][0]["content"], "What is in the backup?")


class Litestream(BackupCase):
    """As docs/operations.md has it, in a folder of the test."""

    def test_what_it_copied_serves_again_and_is_copied_on(self) -> None:
        packages.install("litestream")
        program = packages.environment("litestream") / "bin/litestream"
        text = (ROOT / "docs/operations.md").read_text()
        [recipe] = re.findall(r"```yaml\n(dbs:.*?)```", text, re.S)
        [restore] = re.findall(r"umask 077 && litestream restore (\S+)'", text)
        place = self.sandbox(**quick())
        data, configuration = place.path / "data", place.path / "litestream.yml"

        def here(words: str) -> str:
            return words.replace("/var/lib/chat-fcgi", str(data)).replace("/var/backups/chat-fcgi", str(place.path))

        configuration.write_text(here(recipe))
        served = place.serve()
        guest = FastCGIClient(place.socket).guest()
        self.assert_complete_reply(guest.ask("before", session_id="s1"))
        self.assertEqual(self.command(place, "backup", place.path / "copy").returncode, 0)

        def kept(store: Path) -> list:
            with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as database:
                return [database.execute(f"SELECT * FROM {table}").fetchall() for table in ("messages", "users", "token_generations")]

        def has_all() -> bool:
            copy = place.path / "tried.db"
            copy.unlink(missing_ok=True)
            done = subprocess.run([program, "restore", "-config", configuration, "-o", copy, data / "chat.db"], capture_output=True, check=False)
            return done.returncode == 0 and kept(copy) == kept(data / "chat.db")

        for asked in (["before", "first"], ["before", "first", "second"]):
            litestream = place.start("litestream", [program, "replicate", "-config", configuration])
            self.assert_complete_reply(guest.ask(asked[-1], session_id="s1"))
            # A backup and a removal beside it.
            self.assertEqual(self.command(place, "backup", place.path / f"copy-{len(asked)}").returncode, 0)
            stranger = FastCGIClient(place.socket).guest()
            self.assert_complete_reply(stranger.ask("And I?"))
            self.assertEqual(self.command(place, "user", "delete", stranger.user_id).returncode, 0)
            wait_until("all is copied", has_all)
            for process in (litestream, served):
                process.signal(signal.SIGKILL)
                process.wait()
            shutil.move(data, place.path / f"before-{len(asked)}")
            data.mkdir(mode=0o700)
            for name in ("token-secret", "catalog.db"):
                shutil.copy(place.path / "copy" / name, data)
            subprocess.run([program, "restore", "-config", configuration, here(restore)], check=True)
            served = place.serve()
            said = [message["content"] for message in guest.history("s1")["messages"] if message["role"] == "user"]
            self.assertEqual(said, asked)
            self.assertEqual(stranger.get("/api/v1/auth/me").status, 401)
        deep = self.command(place, "doctor", "--deep", "--config", place.configuration_file, "--url", "http://127.0.0.1:1").stdout
        self.assertIn("chat.db is whole", deep)


class Progress(BackupCase):
    def test_a_terminal_is_told_how_far_it_is_and_a_file_is_not(self) -> None:
        place = self.used()
        self.enlarge(place, 16)
        mine, theirs = pty.openpty()
        with open(mine, "rb", buffering=0) as terminal:
            process = subprocess.Popen(
                [PROGRAM, "backup", "copy"], cwd=place.path, env=place.environment(), stdout=subprocess.DEVNULL, stderr=theirs)
            os.close(theirs)
            shown = b""
            try:
                while piece := terminal.read(4096):
                    shown += piece
            except OSError:
                pass  # The other end is closed.
            self.assertEqual(process.wait(), 0)
        self.assertIn(b"copying chat.db, 100 %", shown)
        self.assertEqual(shown.count(b"checking the copy of chat.db"), 1)
        self.assertTrue(shown.endswith(b"\r\x1b[K"), shown[-100:])
        self.assertEqual(self.command(place, "backup", "other").stderr, "")


if __name__ == "__main__":
    unittest.main()
