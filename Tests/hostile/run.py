#!/usr/bin/env python3
"""Hostile FastCGI against the real program: malformed streams, then good requests spoilt at random.

    Tests/hostile/run.py [--mutations N] [--first N] [--seed S] [--wait-for-deadlines]

Meanwhile one client reads one reply after the other, another uses one kept connection, and both must be served well all
the time. At the end neither memory nor descriptors have grown, the program ends with 0 when asked to, and no sanitizer has
said a word. CHAT_FCGI_PROGRAM names the program, as for Tests/servers; `make test-hostile` names one built with
AddressSanitizer. A failure names the seed and the mutations that were sent since all was last well:
`--seed S --first A --mutations N` sends them again.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import select
import socket
import sys
import threading
import time
from collections import deque
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "servers"))

import fastcgi  # noqa: E402
from exchange import PATIENCE_S, FastCGIDecoder, connect  # noqa: E402
from harness import FastCGIClient, Process, Sandbox, wait_until  # noqa: E402
from mutations import Mutator, good_requests  # noqa: E402
from streams import HEALTH, REFUSED, WAITS, Malformed, all_streams  # noqa: E402

# Mutations between two looks at whether all is well.
BETWEEN_LOOKS = 500
# Connections that are left open, half a request on each, before the oldest is closed.
LEFT_OPEN = 40
# Bytes of memory that may come on top between a fifth of the mutations and their end: caches, the chats that were stored.
# Seen: 2 MiB in 48,000 mutations, 24 MiB in 80,000 with AddressSanitizer, which gives freed memory back late.
GROWTH_LIMIT = 48 << 20
# A sanitizer's words, or the runtime's before it ends the process.
COMPLAINT = re.compile(r"AddressSanitizer|LeakSanitizer|runtime error:|Fatal error|Assertion .* failed")
LONG_QUESTION = "I loved The Time Machine. What next? Please tell me about every book you recommend, and why."


class Steady(threading.Thread):
    """Somebody who has nothing to do with all this, and reads one reply after the other."""

    def __init__(self, client: FastCGIClient) -> None:
        super().__init__(daemon=True)
        self.guest = client.guest()
        self.replies = 0
        self.events = 0
        self.error: BaseException | None = None
        self.leaving = threading.Event()

    def run(self) -> None:
        try:
            while not self.leaving.is_set():
                self.read_one()
        except BaseException as error:  # told by `check`, on the main thread
            self.error = error

    def read_one(self) -> None:
        session = f"steady-{self.replies % 8}"
        exchange = self.guest.ask(LONG_QUESTION, session_id=session)
        number, text, last = 0, "", ""
        for event in exchange.events():
            assert event.follows(number), f"event {event.id} after event {number}"
            number, last = int(event.id), event.type
            self.events += 1
            if last == "content_chunk":
                text += event.value["content"]
        exchange.close()
        assert exchange.whole and last == "complete", f"a reply was cut off after event {number}, at {last}"
        stored = self.guest.history(session)["messages"][-1]
        assert (stored["status"], stored["content"]) == ("complete", text), "the history has another text"
        self.replies += 1

    def check(self) -> None:
        if self.error:
            raise AssertionError(f"a good stream was harmed: {self.error!r}") from self.error


class Bench:
    """The program, and those who tell whether it is well."""

    def __init__(self, place: Sandbox) -> None:
        self.place = place
        environment = place.environment(
            SWIFT_BACKTRACE="enable=no",
            # Freed memory is held back to find its late use; with the usual 256 MB nothing could be said of growth.
            ASAN_OPTIONS="detect_leaks=1:quarantine_size_mb=8:thread_local_quarantine_size_kb=64",
            LSAN_OPTIONS=f"suppressions={Path(__file__).with_name('lsan.supp')}:print_suppressions=0",
        )
        self.program: Process = place.serve(env=environment)
        self.client = FastCGIClient(place.socket)
        # Once for each part that opens files lazily.
        self.guest = self.client.guest()
        self.guest.ask(session_id="s1").all_events()
        self.guest.history("s1")
        self.descriptors_before = self.descriptors()
        self.kept = connect(place.socket)
        self.steady = Steady(self.client)
        self.steady.start()

    def descriptors(self) -> int:
        return len(os.listdir(f"/proc/{self.program.pid}/fd"))

    def memory(self) -> int:
        status = Path(f"/proc/{self.program.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) << 10

    def assert_well(self) -> None:
        assert self.program.is_running(), f"the program ended with {self.program.popen.returncode}"
        complaint = COMPLAINT.search(self.program.log_text)
        assert not complaint, complaint[0]
        self.steady.check()
        answer = self.client.get("/healthz")
        assert answer.whole and answer.status == 200, f"a good request got {answer.status}"
        self.kept.sendall(fastcgi.request(HEALTH, keep=True))
        decoder = FastCGIDecoder()
        while not decoder.ended:
            data = self.kept.recv(65_536)
            assert data, "the kept connection was closed"
            decoder.feed(data)
        assert decoder.head.status == 200, "a kept connection is served badly"

    def finish(self) -> None:
        self.steady.leaving.set()
        self.steady.join(PATIENCE_S)
        assert not self.steady.is_alive(), "a good stream stands still"
        self.assert_well()
        assert self.steady.replies > 0, "no reply was read meanwhile"
        self.kept.close()
        before = self.descriptors_before
        wait_until(f"no more than {before} descriptors are open", lambda: self.descriptors() <= before)
        print(f"hostile: {before} descriptors before, {self.descriptors()} after", flush=True)

    def end(self) -> None:
        self.program.signal(15)
        code = self.program.wait()
        complaint = COMPLAINT.search(self.program.log_text)
        assert not complaint, complaint[0]
        assert code == 0, f"the program ended with {code}"


def send(connection: socket.socket, data: bytes) -> None:
    try:
        connection.sendall(data)
    except (BrokenPipeError, ConnectionResetError):
        pass  # refused before all of it was sent


def receive(connection: socket.socket) -> bytes:
    """The next bytes; none when the other side has closed."""
    try:
        return connection.recv(65_536)
    except ConnectionResetError:
        return b""


def is_silent(connection: socket.socket) -> bool:
    return not select.select([connection], [], [], 0)[0]


# The malformed streams


def answer_to(connection: socket.socket) -> FastCGIDecoder:
    """The answer to request 1; what is said outside any request is left out."""
    reader, decoder = fastcgi.RecordReader(), FastCGIDecoder()
    while not decoder.ended and (data := receive(connection)):
        for kind, request_id, content in reader.feed(data):
            if request_id != 0:
                decoder.feed(fastcgi.record(kind, content, request_id))
    return decoder


def send_malformed(bench: Bench, stream: Malformed) -> socket.socket | None:
    """Sends it and looks at what comes. Gives the connection back when it is rightly still open."""
    connection = connect(bench.place.socket)
    connection.settimeout(PATIENCE_S)
    send(connection, stream.data)
    bench.assert_well()
    if stream.outcome == WAITS:
        assert is_silent(connection), "something came for half a request"
        return connection
    if stream.outcome == REFUSED:
        data = receive(connection)
        assert not data, f"an answer to what should be refused: {data[:200]!r}"
    else:
        answer = answer_to(connection)
        assert answer.ended and answer.head, "no whole answer"
        assert answer.head.status in stream.outcome, f"answered with {answer.head.status} instead of {stream.outcome}"
    connection.close()
    return None


def run_streams(bench: Bench, waits_for_deadlines: bool) -> int:
    everything = all_streams(bench.guest.token)
    waiting: list[tuple[str, socket.socket]] = []
    for stream in everything:
        try:
            connection = send_malformed(bench, stream)
        except Exception as error:
            raise AssertionError(f"{stream.what}: {error!r}") from error
        if connection:
            waiting.append((stream.what, connection))
    for what, connection in waiting:
        if waits_for_deadlines:
            data = receive(connection)
            assert not data, f"{what}: an answer to half a request: {data[:200]!r}"
        connection.close()
    return len(everything)


# The mutations


def send_mutation(bench: Bench, data: bytes, source: random.Random, left_open: deque) -> None:
    connection = connect(bench.place.socket)
    connection.settimeout(PATIENCE_S)
    # A long body whose end does not come holds a thread until its time is over, so none of those is left open.
    way = source.uniform(0, 0.85 if len(data) > 8_000 else 1)
    if way < 0.1:
        at = source.randint(0, len(data))
        send(connection, data[:at])
        data = data[at:]
    send(connection, data)
    if way < 0.6:
        # The other side has said all it has to say: whatever is answered must be whole records, and then the end.
        try:
            connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # closed already
        reader = fastcgi.RecordReader()
        while piece := receive(connection):
            reader.feed(piece)
        connection.close()
    elif way < 0.85:
        connection.close()
    else:
        left_open.append(connection)
        if len(left_open) > LEFT_OPEN:
            left_open.popleft().close()


def run_mutations(bench: Bench, seed: int, first: int, count: int) -> tuple[int, int]:
    """Gives the memory in use after a fifth of them, and at their end."""
    mutator = Mutator(seed, good_requests(bench.guest.token))
    left_open: deque[socket.socket] = deque()
    well = first
    early = 0
    for number in range(first, first + count):
        data, source = mutator.mutation(number)
        try:
            send_mutation(bench, data, source, left_open)
            if (number - first) % BETWEEN_LOOKS == BETWEEN_LOOKS - 1 or number == first + count - 1:
                bench.assert_well()
                well = number + 1
        except Exception as error:
            again = f"--seed {seed} --first {well} --mutations {number - well + 1}"
            raise AssertionError(f"after mutation {number} ({again}): {error!r}") from error
        if number - first == count // 5:
            early = bench.memory()
    for connection in left_open:
        connection.close()
    return early, bench.memory()


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--mutations", type=int, default=2_000)
    options.add_argument("--first", type=int, default=0, help="number of the first mutation")
    options.add_argument("--seed", type=int, default=None, help="default: another one each time")
    options.add_argument("--wait-for-deadlines", action="store_true", help="see half requests given up; ten seconds")
    chosen = options.parse_args()
    seed = random.randrange(1 << 32) if chosen.seed is None else chosen.seed
    print(f"hostile: seed {seed}", flush=True)
    place = Sandbox()
    try:
        bench = Bench(place)
        began = time.monotonic()
        streams = run_streams(bench, chosen.wait_for_deadlines)
        print(f"hostile: {streams} malformed streams in {time.monotonic() - began:.1f} s", flush=True)
        began = time.monotonic()
        early, late = run_mutations(bench, seed, chosen.first, chosen.mutations)
        seconds = time.monotonic() - began
        print(f"hostile: {chosen.mutations} mutations in {seconds:.1f} s; memory {early >> 10} to {late >> 10} KiB", flush=True)
        bench.finish()
        print(f"hostile: {bench.steady.replies} replies of {bench.steady.events} events read whole meanwhile", flush=True)
        assert late - early < GROWTH_LIMIT, f"memory has grown by {late - early} bytes"
        bench.end()
    except BaseException:
        print(place.tails_of_logs(), file=sys.stderr)
        raise
    finally:
        place.close()
    print("hostile: all well")
    return 0


if __name__ == "__main__":
    sys.exit(main())
