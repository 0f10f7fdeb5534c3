"""A signal ends every command at once and in good order, and what it says of itself is so."""

from __future__ import annotations

import array
import fcntl
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import termios
import time
import unittest
from contextlib import closing
from pathlib import Path

import fastcgi
from exchange import PATIENCE_S
from harness import PROGRAM, CGIClient, FastCGIClient, Sandbox, ServerCase, cgi_environment, start_nginx, text_of, wait_until

LONG_QUESTION = "I loved The Time Machine. What next? Please tell me about every book you recommend, and why."
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Commands(ServerCase):
    def begin(self, place: Sandbox, *words: str, ignore: int | None = None, **options) -> subprocess.Popen:
        def prepare() -> None:
            for number in (*ENDING, signal.SIGPIPE):
                signal.signal(number, signal.SIG_IGN if number == ignore else signal.SIG_DFL)

        streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
        process = subprocess.Popen(
            [PROGRAM, *words], cwd=place.path, env=place.environment(**streams.pop("variables", {})), preexec_fn=prepare, **streams,
        )  # fmt: skip
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe:
                self.addCleanup(pipe.close)
        return process

    def assert_ended(self, process: subprocess.Popen, number: int, says: str = "") -> str:
        """By the signal itself, so that a shell ends its loop, with one line that says so."""
        output, said = process.communicate(timeout=30)
        self.assertEqual(process.returncode, -number, said)
        lines = said.decode().splitlines()
        self.assertEqual(len(lines), 1, lines)
        self.assertTrue(lines[0].startswith(f"chat-fcgi: ended by {signal.Signals(number).name}"), lines)
        self.assertIn(says, lines[0])
        return lines[0]

    # An import

    def books(self, place: Sandbox, rows: int = 9_000) -> Path:
        file = place.path / "many.csv"
        lines = (f"Book {n} of many,Writer {n % 997},{1800 + n % 200},en,Adventure; Travel {n % 50}\n" for n in range(rows))
        file.write_text("title,authors,year,language,subjects\n" + "".join(lines))
        return file

    def importing(self, place: Sandbox, **options) -> tuple[subprocess.Popen, Path]:
        """An import that has stored some of its rows, and waits for more."""
        file = self.books(place)
        fifo = place.path / "fifo.csv"
        os.mkfifo(fifo)
        before = self.count(place, "records")
        process = self.begin(place, "catalog", "import", str(fifo), **options)
        feed = open(fifo, "wb", buffering=0)
        self.addCleanup(feed.close)
        feed.write(file.read_bytes())
        wait_until("some rows are stored", lambda: self.count(place, "records") >= before + 8_000)
        self.assertIsNone(process.poll())
        return process, file

    def count(self, place: Sandbox, table: str, file: str = "catalog.db") -> int:
        with closing(sqlite3.connect(place.path / "data" / file)) as database:
            return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]

    def test_an_import_keeps_whole_steps_and_says_how_far_it_came(self) -> None:
        for number in ENDING:
            with self.subTest(number.name):
                place = self.sandbox()
                before = self.count(place, "records")
                process, file = self.importing(place)
                process.send_signal(number)
                line = self.assert_ended(process, number, "run the import again to complete it")
                told = int(line.partition(" row ")[2].partition(",")[0])
                # What was stored and not yet told is a step at most.
                self.assertIn(self.count(place, "records") - before - told, (0, 4_000))
                self.assertEqual(self.count(place, "records") % 4_000, before % 4_000)
                with closing(sqlite3.connect(place.path / "data/catalog.db")) as database:
                    self.assertEqual(database.execute("PRAGMA integrity_check").fetchone(), ("ok",))
                again = subprocess.run(
                    [PROGRAM, "catalog", "import", file], capture_output=True, env=place.environment(), check=True)
                self.assertIn(b"9000", again.stdout)
                self.assertEqual(self.count(place, "records"), before + 9_000)
                self.assertEqual(self.count(place, "records WHERE is_dirty"), 0)

    def test_what_was_started_to_ignore_a_signal_ignores_it(self) -> None:
        """As by `nohup`, and as scripts start what runs in the background."""
        for ignored in (signal.SIGHUP, signal.SIGINT):
            with self.subTest(ignored.name):
                process, _ = self.importing(self.sandbox(), ignore=ignored)
                process.send_signal(ignored)
                process.send_signal(signal.SIGTERM)
                self.assert_ended(process, signal.SIGTERM)

    def test_an_import_ends_while_it_waits_for_its_file(self) -> None:
        place = self.sandbox()
        fifo = place.path / "fifo.csv"
        os.mkfifo(fifo)
        process = self.begin(place, "catalog", "import", str(fifo), "--format", "csv")
        # A fifo can be opened for writing without waiting when somebody reads it.
        wait_until("it reads the fifo", lambda: self.can_open(fifo))
        process.send_signal(signal.SIGINT)
        self.assert_ended(process, signal.SIGINT, "nothing of")

    def can_open(self, fifo: Path) -> bool:
        try:
            self.addCleanup(os.close, os.open(fifo, os.O_WRONLY | os.O_NONBLOCK))
            return True
        except OSError:
            return False

    # Commands that wait

    def test_every_command_ends_while_it_waits_for_a_locked_database(self) -> None:
        place = self.sandbox()
        subprocess.run([PROGRAM, "migrate"], env=place.environment(), check=True, capture_output=True)
        commands = [
            ("migrate",), ("usage",), ("user", "export", "anna"), ("user", "delete", "anna"), ("catalog", "stats"),
            ("catalog", "import", str(self.books(place, 10))), ("serve",), (),
        ]  # fmt: skip
        with closing(sqlite3.connect(place.path / "data/chat.db", isolation_level=None)) as chats, \
                closing(sqlite3.connect(place.path / "data/catalog.db", isolation_level=None)) as books:  # fmt: skip
            for database in (chats, books):
                # Nobody else may even read.
                database.execute("PRAGMA locking_mode = EXCLUSIVE")
                database.execute("BEGIN EXCLUSIVE")
            for words in commands:
                for number in ENDING:
                    # Where the process serves, SIGHUP is for its configuration.
                    if number == signal.SIGHUP and words in (("serve",), ()):
                        continue
                    with self.subTest(words=words, number=number.name):
                        variables = {} if words else cgi_environment("GET", "/healthz", {}, b"")
                        process = self.begin(place, *words, variables=variables)
                        wait_until("it waits", lambda: has_open(process, place.path / "data"))
                        process.send_signal(number)
                        self.assert_ended(process, number)

    # Output that nobody takes

    def exported(self) -> tuple[Sandbox, str]:
        """A user whose export does not fit into a pipe."""
        place = self.sandbox(providers={"builtin": {"kind": "builtin", "pace_ms": 0}})
        place.serve()
        guest = FastCGIClient(place.socket).guest()
        for number in range(8):
            self.assert_complete_reply(guest.ask(f"{number} " + "book " * 6_000, session_id="s1"))
        return place, guest.user_id

    def test_an_export_ends_while_nobody_reads_it(self) -> None:
        place, user = self.exported()
        for number in ENDING:
            for stderr in (subprocess.PIPE, subprocess.STDOUT):
                with self.subTest(number=number.name, stderr=stderr):
                    process = self.begin(place, "user", "export", user, stderr=stderr)
                    wait_until("the pipe is full", lambda: unread(process.stdout) >= 60_000)
                    process.send_signal(number)
                    # Before anything is read: a pipe that is full must not hold up the end.
                    self.assertEqual(process.wait(timeout=30), -number)
                    if stderr == subprocess.PIPE:
                        self.assertIn(b"the export is not complete", process.stderr.read())

    def test_an_export_whose_reader_leaves_ends_as_others_do(self) -> None:
        place, user = self.exported()
        process = self.begin(place, "user", "export", user)
        process.stdout.read(100)
        process.stdout.close()
        self.assertEqual(process.wait(timeout=30), -signal.SIGPIPE)
        self.assertEqual(process.stderr.read(), b"")

    def test_output_that_cannot_be_written_is_told(self) -> None:
        place, user = self.exported()
        for words in (("user", "export", user), ("usage",), ("check",), ("--version",)):
            with self.subTest(words), open("/dev/full", "wb") as full:
                process = self.begin(place, *words, stdout=full)
                self.assertIn(b"standard output: No space left", process.communicate(timeout=30)[1])
                self.assertEqual(process.returncode, 74)
        # As `>&-` leaves it; a file that is opened must not take the place of the output.
        closed = subprocess.run(
            ["/bin/sh", "-c", 'exec "$0" user export "$1" >&-', PROGRAM, user], env=place.environment(), capture_output=True)
        self.assertEqual((closed.returncode, closed.stderr), (74, b"chat-fcgi: standard output: Bad file descriptor\n"))

    # Doctor

    def test_the_doctor_leaves_nothing_behind(self) -> None:
        place = self.sandbox(providers={"builtin": {"kind": "builtin", "pace_ms": 2_000}})
        place.serve()
        client = start_nginx(place)
        for number in ENDING:
            with self.subTest(number.name):
                process = self.begin(place, "doctor", "--url", f"http://127.0.0.1:{client.address[1]}")
                wait_until("it has asked its question", lambda: self.count(place, "messages", "chat.db") > 0)
                process.send_signal(number)
                self.assert_ended(process, number, "and its guest are removed")
                # The one that is nobody holds what is being removed.
                for table in ("users WHERE name <> '/removed'", "sessions", "messages"):
                    self.assertEqual(self.count(place, table, "chat.db"), 0, table)

    def test_the_doctor_does_not_wait_for_who_does_not_answer(self) -> None:
        place = self.sandbox(with_program=False)
        with socket.create_server(("127.0.0.1", 0)) as silent:
            process = self.begin(place, "doctor", "--url", f"http://127.0.0.1:{silent.getsockname()[1]}")
            with silent.accept()[0] as connection:
                connection.recv(10)
                process.send_signal(signal.SIGINT)
                self.assert_ended(process, signal.SIGINT)


class CGI(ServerCase):
    """A web server sends SIGTERM when the client of a process has left, and when it is told to end itself."""

    def under_way(self, pace_ms: int, **more):
        client = CGIClient(self.sandbox(providers={"builtin": {"kind": "builtin", "pace_ms": pace_ms}}, **more), [PROGRAM])
        guest = client.guest()
        exchange = guest.ask(LONG_QUESTION, session_id="s1")
        for event in exchange.events():
            if event.type == "content_chunk" and event.value["content"]:
                break
        return guest, exchange

    def test_the_first_lets_a_turn_go_on_to_its_end(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            with self.subTest(number.name):
                guest, exchange = self.under_way(pace_ms=5)
                exchange.process.send_signal(number)
                events = exchange.all_events()
                self.assertEqual((events[-1].type, events[-1].value.get("status")), ("complete", "complete"))
                self.assertIn(exchange.process.wait(30), (-number, 0))
                reply = guest.history("s1")["messages"][-1]
                self.assertEqual((reply["status"], reply["content"]), ("complete", text_of(events)))

    def assert_interrupted(self, guest, exchange, number) -> None:
        events = exchange.all_events()
        self.assertEqual((events[-1].type, events[-1].value.get("code")), ("error", "interrupted"))
        self.assertIn(exchange.process.wait(30), (-number, 0))
        reply = guest.history("s1")["messages"][-1]
        self.assertEqual((reply["status"], reply["content"]), ("interrupted", text_of(events)))

    def test_when_its_time_runs_out_it_is_interrupted_and_its_client_told(self) -> None:
        guest, exchange = self.under_way(pace_ms=1_000, stream={"drain_timeout_ms": 100})
        exchange.process.send_signal(signal.SIGTERM)
        self.assert_interrupted(guest, exchange, signal.SIGTERM)

    def test_the_second_interrupts_it(self) -> None:
        guest, exchange = self.under_way(pace_ms=1_000, stream={"drain_timeout_ms": 600_000})
        exchange.process.send_signal(signal.SIGTERM)
        # Before the process has taken the first, a second one is the same one to the kernel; and two within 50 ms of the first are one.
        status = Path(f"/proc/{exchange.process.pid}/status")
        wait_until("it has taken the first", lambda: not int(re.search(r"ShdPnd:\s*(\w+)", status.read_text())[1], 16))
        time.sleep(0.1)
        exchange.process.send_signal(signal.SIGTERM)
        self.assert_interrupted(guest, exchange, signal.SIGTERM)

    def test_a_process_that_only_follows_ends_and_the_turn_goes_on(self) -> None:
        place = self.sandbox(providers={"builtin": {"kind": "builtin", "pace_ms": 100}})
        place.serve()
        guest = FastCGIClient(place.socket).guest()
        exchange = guest.ask(LONG_QUESTION, session_id="s1")
        reply_id = next(exchange.events()).value["reply_id"]
        follower = CGIClient(place, [PROGRAM]).with_token(guest.token).request("GET", f"/api/v1/chat/stream/{reply_id}")
        next(follower.events())
        follower.process.send_signal(signal.SIGTERM)
        self.assertEqual(follower.process.wait(30), -signal.SIGTERM)
        self.assertEqual(exchange.all_events()[-1].type, "complete")

    def test_a_process_that_waits_for_its_request_ends(self) -> None:
        place = self.sandbox()
        environment = place.environment() | cgi_environment("POST", "/api/v1/chat/stream", {"Content-Length": "1000"}, b"")
        with subprocess.Popen(
            [PROGRAM], env=environment, cwd=place.path, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:  # fmt: skip
            process.stdin.write(b"{")
            process.stdin.flush()
            wait_until("it has read the beginning", lambda: unread(process.stdin) == 0)
            process.send_signal(signal.SIGTERM)
            self.assertEqual(process.wait(30), -signal.SIGTERM)


class SecondSignal(ServerCase):
    def under_way(self, **more):
        place = self.sandbox(
            providers={"builtin": {"kind": "builtin", "pace_ms": 1_000}},
            stream={"drain_timeout_ms": 600_000}, **more,
        )  # fmt: skip
        program = place.serve()
        client = FastCGIClient(place.socket)
        guest = client.guest()
        exchange = guest.ask(LONG_QUESTION, session_id="s1")
        next(exchange.events())
        return place, program, guest, exchange

    def drains(self, program) -> None:
        program.wait_for("it drains", lambda: "ending: no new requests" in program.log_text)

    def test_it_ends_the_drain_with_the_turns_interrupted(self) -> None:
        for first, second in ((signal.SIGTERM, signal.SIGTERM), (signal.SIGINT, signal.SIGINT), (signal.SIGTERM, signal.SIGINT)):
            with self.subTest(f"{first.name}, {second.name}"):
                place, program, guest, exchange = self.under_way()
                program.signal(first)
                self.drains(program)
                # The configuration is of no interest any more, and a reload is no second signal.
                program.signal(signal.SIGHUP)
                # Two within 50 ms of the first are one.
                time.sleep(0.1)
                program.signal(second)
                events = exchange.all_events()
                self.assertEqual(program.wait(), 0)
                self.assertEqual((events[-1].type, events[-1].value.get("code")), ("error", "interrupted"))
                self.assertEqual(sum(event.type in ("complete", "error") for event in events), 1)
                place.serve()
                reply = guest.history("s1")["messages"][-1]
                self.assertEqual((reply["status"], reply["content"]), ("interrupted", text_of(events)))

    def test_what_came_before_the_signal_is_answered(self) -> None:
        """A web server does not send a POST twice: one that had sent a part would have to tell its client that it failed."""
        place, program, guest, exchange = self.under_way()
        body = json.dumps({"message": "Thanks!", "session_id": "s2"}).encode()
        headers = {"Authorization": f"Bearer {guest.token}", "Content-Type": "application/json"}
        request = fastcgi.request(cgi_environment("POST", "/api/v1/chat/stream", headers, body), body)
        with socket.socket(socket.AF_UNIX) as half:
            half.connect(place.socket)
            half.settimeout(PATIENCE_S)
            half.sendall(request[:-20])
            # The process has accepted it: the connection after it is served.
            self.assertEqual(FastCGIClient(place.socket).get("/healthz").status, 200)
            program.signal(signal.SIGTERM)
            self.drains(program)
            half.sendall(request[-20:])
            answer = b""
            while piece := half.recv(65536):
                answer += piece
        self.assertIn(b"Status: 200", answer)
        self.assertIn(b'"complete"', answer)
        # Two within 50 ms of the first are one, and that one is long past.
        program.signal(signal.SIGTERM)
        exchange.all_events()
        self.assertEqual(program.wait(), 0)


def unread(pipe) -> int:
    """Bytes in a pipe that nobody has read."""
    count = array.array("i", [0])
    fcntl.ioctl(pipe, termios.FIONREAD, count)
    return count[0]


def has_open(process: subprocess.Popen, folder: Path) -> bool:
    """Whether it has a file of the folder open, or has ended."""
    if process.poll() is not None:
        return True
    try:
        names = os.listdir(f"/proc/{process.pid}/fd")
        return any(os.readlink(f"/proc/{process.pid}/fd/{name}").startswith(f"{folder}/c") for name in names)
    except FileNotFoundError:
        return False


if __name__ == "__main__":
    unittest.main()
