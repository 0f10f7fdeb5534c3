"""SIGUSR2: a new process of the program takes over the listening sockets while the old one ends what it has begun."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import sqlite3
import sys
import threading
import unittest
from contextlib import closing

import fastcgi
from exchange import PATIENCE_S
from harness import PROGRAM, FastCGIClient, Process, Sandbox, ServerCase, accepts, cgi_environment, start_nginx, text_of, wait_until

MIGRATING = """#!{python}
import os, pathlib, signal, sqlite3, sys, time
# A program is started with its signals blocked. This one takes them as the real one does.
signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
folder = pathlib.Path({folder!r})
database = sqlite3.connect(folder / "data/chat.db", isolation_level=None)
database.execute("BEGIN IMMEDIATE")
(folder / "migrating").touch()
while not (folder / "go").exists():
    time.sleep(0.01)
database.execute("COMMIT")
database.close()
os.execv({program!r}, sys.argv)
"""
LONG_QUESTION = "I loved The Time Machine. What next? Please tell me about every book you recommend, and why."


class Upgrade(ServerCase):
    def hand_over(self, place: Sandbox, process: Process, number: int) -> int:
        """Asks the process for a successor, and gives its number once it has taken over."""
        before = len(self.successors(process))
        os.kill(number, signal.SIGUSR2)
        return self.successor(place, process, before)

    def successor(self, place: Sandbox, process: Process, before: int = 0) -> int:
        wait_until("the new process has taken over", lambda: len(self.successors(process)) > before)
        successor = self.successors(process)[-1]
        self.addCleanup(self.end, place, successor)
        return successor

    def successors(self, process: Process) -> list[int]:
        # All of them write to the log of the first.
        return [int(number) for number in re.findall(r"process (\d+) has taken over", process.log_text)]

    def end(self, place: Sandbox, number: int) -> None:
        try:
            os.kill(number, signal.SIGTERM)
        except ProcessLookupError:
            return
        wait_until("the last one has ended", lambda: not is_alive(number))


def is_alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    # One that has ended and whose parent has not asked is none.
    with open(f"/proc/{number}/stat") as file:
        return file.read().rpartition(")")[2].split()[0] != "Z"


class Load:
    """Users who ask, read and follow without a pause, each on its own thread, until they are told to stop."""

    def __init__(self, client, users: int) -> None:
        self.failures: list[str] = []
        self.done = 0
        self._lock = threading.Lock()
        self._ends = threading.Event()
        self._threads = [threading.Thread(target=self._run, args=(client.guest(), number)) for number in range(users)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._ends.set()
        for thread in self._threads:
            thread.join(PATIENCE_S * 2)

    def _run(self, guest, number: int) -> None:
        # A short answer, so that many begin and end at every moment.
        steps = [
            lambda: self._streams(guest.ask("Thanks!", session_id=f"s{number}")),
            lambda: self._answers(guest.get("/healthz")),
            lambda: self._answers(guest.post("/api/v1/chat/history", {"session_id": f"s{number}"})),
        ]
        count = 0
        while not self._ends.is_set():
            try:
                fault = steps[count % len(steps)]()
            except Exception as error:  # noqa: BLE001 whatever goes wrong is a request that failed
                fault = repr(error)
            count += 1
            with self._lock:
                self.done += 1
                if fault:
                    self.failures.append(fault)

    def _streams(self, exchange) -> str | None:
        events = exchange.all_events()
        if exchange.status == 200 and events and events[-1].value.get("status") == "complete":
            return None
        return f"{exchange.status} {[event.data for event in events[-1:]]} {exchange.body[:200]!r}"

    def _answers(self, exchange) -> str | None:
        return None if exchange.status == 200 else f"{exchange.status} {exchange.body[:200]!r}"


class UnderLoad(Upgrade):
    def test_no_request_fails_and_streams_of_the_old_process_finish(self) -> None:
        place = self.sandbox(providers={"builtin": {"kind": "builtin", "pace_ms": 10}})
        process = place.serve()
        client = start_nginx(place)
        load = Load(client, users=6)
        self.addCleanup(load.stop)
        number = process.pid
        followers, numbers = [], [number]
        for _ in range(3):
            wait_until("there is a load", lambda seen=load.done: load.done > seen + 30)
            guest = client.guest()
            exchange = guest.ask(LONG_QUESTION, session_id="long")
            self.assertEqual(next(exchange.events()).type, "user_message_received")
            followers.append((guest, exchange))
            number = self.hand_over(place, process, number)
            numbers.append(number)
            self.assertTrue(is_alive(numbers[-2]), "the old process writes its answer")
        for guest, exchange in followers:
            events = exchange.all_events()
            self.assertEqual(events[-1].value.get("status"), "complete")
            self.assertEqual(guest.history("long")["messages"][-1]["content"], text_of(events))
        wait_until("the old processes have ended", lambda: not any(map(is_alive, numbers[:-1])))
        self.assertEqual(process.wait(), 0)
        wait_until("there is a load", lambda seen=load.done: load.done > seen + 30)
        load.stop()
        self.assertEqual(load.failures, [])
        self.assertTrue(is_alive(number))


class Switch(Upgrade):
    def test_what_is_connected_to_the_old_process_is_not_cut(self) -> None:
        place = self.sandbox()
        process = place.serve()
        client = FastCGIClient(place.socket)
        guest = client.guest()
        # Kept, with nothing on it; with half of a request; a stream that never ends.
        kept, half = (socket.socket(socket.AF_UNIX) for _ in range(2))
        for connection in (kept, half):
            self.addCleanup(connection.close)
            connection.connect(place.socket)
            connection.settimeout(PATIENCE_S)
        request = fastcgi.request(cgi_environment("GET", "/healthz", {}, b""), b"")
        half.sendall(request[:20])
        follower = guest.request("GET", "/api/v1/live?session_id=s1")
        next(follower.events())
        successor = self.hand_over(place, process, process.pid)
        # Told to come back, which it does elsewhere; so the old process can end.
        follower.all_events()
        self.assertEqual(process.wait(), 0)
        kept.sendall(request)
        half.sendall(request[20:])
        for connection in (kept, half):
            self.assertIn(b"Status: 200", connection.recv(4096))
        # The socket file is the new process's, which removes it at its end.
        self.assertEqual(client.get("/healthz").status, 200)
        self.end(place, successor)
        self.assertFalse(os.path.exists(place.socket))

    def test_one_that_cannot_start_changes_nothing(self) -> None:
        place = self.sandbox()
        process = place.serve()
        client = FastCGIClient(place.socket)
        good = place.configuration_file.read_text()
        for bad in ("{ listen: 5 }", json.dumps(json.loads(good) | {"data_dir": "/proc/nowhere"})):
            place.configuration_file.write_text(bad)
            count = process.log_text.count("this one goes on")
            process.signal(signal.SIGUSR2)
            wait_until("it says so", lambda count=count: process.log_text.count("this one goes on") > count)
            self.assertEqual(client.get("/healthz").status, 200)
            self.assert_complete_reply(client.guest().ask())
        place.configuration_file.write_text(good)
        self.hand_over(place, process, process.pid)
        self.assertEqual(process.wait(), 0)
        self.assertEqual(client.get("/healthz").status, 200)

    def upgraded(self) -> tuple[Sandbox, Process]:
        """A process that serves, in whose place on the disk there is now a program that has the store locked for as long as its
        migration takes."""
        place = self.sandbox()
        program = place.path / "chat-fcgi"
        program.symlink_to(PROGRAM)
        process = place.start("chat-fcgi", [program, "serve"])
        process.wait_for("it serves", lambda: accepts(place.socket))
        program.unlink()
        program.write_text(MIGRATING.format(folder=str(place.path), program=str(PROGRAM), python=sys.executable))
        program.chmod(0o755)
        return place, process

    def test_the_old_process_serves_while_the_program_in_its_place_migrates(self) -> None:
        place, process = self.upgraded()
        client = FastCGIClient(place.socket)
        guest = client.guest()
        self.assert_complete_reply(guest.ask(session_id="s1"))
        process.signal(signal.SIGUSR2)
        wait_until("it migrates", lambda: (place.path / "migrating").exists())
        question = guest.ask("Thanks!", session_id="s1")
        self.assertEqual(len(guest.history("s1")["messages"]), 2)
        self.assertEqual(client.get("/healthz").status, 200)
        self.assertEqual(self.successors(process), [])
        (place.path / "go").touch()
        # It waited, and was not refused.
        self.assert_complete_reply(question)
        self.successor(place, process)
        self.assertEqual(process.wait(), 0)
        self.assertEqual(len(guest.history("s1")["messages"]), 4)

    def test_an_end_before_the_switch_ends_both(self) -> None:
        place, process = self.upgraded()
        process.signal(signal.SIGUSR2)
        wait_until("it migrates", lambda: (place.path / "migrating").exists())
        successor = int(re.search(r"process (\d+) starts", process.log_text)[1])
        # A second one meanwhile is for nothing.
        process.signal(signal.SIGUSR2)
        process.signal(signal.SIGTERM)
        self.assertEqual(process.wait(), 0)
        wait_until("the new one has ended", lambda: not is_alive(successor))
        self.assertEqual(process.log_text.count("starts, to take over"), 1)
        self.assertFalse(accepts(place.socket))

    def test_it_goes_on_from_a_spawner_and_tells_the_service_manager(self) -> None:
        """On descriptor 0, as spawn-fcgi starts it."""
        place = self.sandbox()
        manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(manager.close)
        manager.bind(f"{place.path}/notify")
        manager.settimeout(PATIENCE_S)
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(place.socket)
            listening.listen(16)
            process = place.start(
                "chat-fcgi", [PROGRAM], stdin=listening, env=place.environment(NOTIFY_SOCKET=manager.getsockname()))
        self.assertEqual(manager.recv(512), b"READY=1")
        client = FastCGIClient(place.socket)
        self.assertEqual(client.get("/healthz").status, 200)
        successor = self.hand_over(place, process, process.pid)
        heard = {manager.recv(512) for _ in range(2)}
        self.assertEqual(heard, {b"READY=1", f"MAINPID={successor}\nWATCHDOG=1".encode()})
        self.assertEqual(process.wait(), 0)
        self.assertEqual(client.get("/healthz").status, 200)


if __name__ == "__main__":
    unittest.main()
