"""Clients that stop reading, leave, come back or say stop, through whichever worker nginx finds for them."""

from __future__ import annotations

import asyncio
import os
import select
import socket
import statistics
import time
import unittest
from pathlib import Path

from model import Model
from reader import Told, follow, tell
from stage import LONG_QUESTION, FaultCase, Stage, count, until, wait_until
from tally import count_now

from exchange import Event, HTTPDecoder, joined
from harness import HTTPClient


class ModelCase(FaultCase):
    def model(self, **words) -> Model:
        model = Model(**words)
        self.addCleanup(model.close)
        return model


class Stopping(ModelCase):
    def test_a_stop_through_the_other_worker_ends_the_turn_for_every_follower(self) -> None:
        rounds = count("CHAT_FCGI_STOPS", 50, 5)
        followers = 5
        model = self.model()
        stage = self.stage(**model.configuration())
        stage.start_workers()
        guest = stage.start_nginx().guest()
        took: list[float] = []
        messages: list[Told] = []

        async def one(number: int) -> None:
            told = Told(guest, f"s{number}", f"{LONG_QUESTION} ({number})", f"key-{number}")
            messages.append(told)
            writer, other = number % 2, 1 - number % 2
            # Begun by a worker that is known; followed through nginx by everybody, so through either.
            begun = stage.through(writer, guest.token).ask(
                told.text, session_id=told.session, headers={"Idempotency-Key": told.key}
            )
            streamed = begun.events()
            told.reply_id = next(streamed).value["reply_id"]
            copies = [Told(guest, told.session, told.text, told.key, reply_id=told.reply_id) for _ in range(followers)]
            ended: list[float] = []

            async def watch(copy: Told) -> None:
                await follow(copy)
                ended.append(time.monotonic())

            tasks = [asyncio.create_task(watch(copy)) for copy in [told, *copies]]
            await until("all follow", lambda: all(len(copy.events) > 3 for copy in [told, *copies]))
            began = time.monotonic()
            stop = stage.through(other, guest.token).request("POST", "/api/v1/chat/stop", {"message_id": told.reply_id})
            answer = await asyncio.to_thread(stop.finish)
            self.assertEqual(answer.status, 200, answer.body)
            await asyncio.gather(*tasks)
            took.extend(moment - began for moment in ended)
            for copy in [told, *copies]:
                self.assertEqual((copy.end["type"], copy.end.get("status")), ("complete", "stopped"))
                self.assertEqual((joined(copy.events), copy.faults), (joined(told.events), []))
            self.assertEqual(joined(list(streamed)), joined(told.events[1:]))
            await until("the provider's client has left", lambda: len(model.left_at) == number + 1 and model.open == 0)

        async def run() -> None:
            for number in range(rounds):
                await one(number)

        asyncio.run(run())
        took.sort()
        tally = count_now(messages, replay_every=1)
        self.tell(
            f"{rounds} stops, {followers + 2} followers each: median {statistics.median(took) * 1000:.0f} ms, "
            f"99 of 100 within {took[len(took) * 99 // 100] * 1000:.0f} ms; {tally}"
        )
        self.assertEqual(tally.faults, [])
        self.assertLess(statistics.median(took), 1.0)


class Leaving(ModelCase):
    GRACE_MS = 1500

    def begin(self, **words):
        model = self.model(**words)
        stage = self.stage(**model.configuration(stream={"detach_grace_ms": self.GRACE_MS}))
        stage.start_workers()
        return model, stage, stage.start_nginx().guest()

    def leave(self, guest, number: int) -> Told:
        """A client that goes away after a few events."""
        told = Told(guest, f"s{number}", f"{LONG_QUESTION} ({number})", f"key-{number}")
        asyncio.run(follow(told, leave_after=4))
        return told

    def test_whoever_comes_back_finds_everything(self) -> None:
        clients = count("CHAT_FCGI_LEAVERS", 50, 10)
        model, _, guest = self.begin(pieces=60, pause_s=0.05)
        messages = [Told(guest, f"s{n}", f"{LONG_QUESTION} ({n})", f"key-{n}") for n in range(clients)]

        async def run() -> None:
            # All leave at once: one after the other, the first would be away for longer than they may.
            await asyncio.gather(*(follow(told, leave_after=4) for told in messages))
            await asyncio.gather(*(tell(told) for told in messages))

        asyncio.run(run())
        tally = count_now(messages, replay_every=1)
        self.tell(f"{clients} left and came back: {tally}")
        self.assertEqual(tally.faults, [])
        self.assertEqual((set(tally.ends), model.finished), ({"complete"}, clients))

    def test_whoever_comes_back_through_the_other_worker_is_waited_for(self) -> None:
        """The reply lasts longer than the grace period, and its only reader is at the worker that does not write it."""
        pieces = 80
        model, stage, guest = self.begin(pieces=pieces, pause_s=0.05)
        for writer in range(2):
            with self.subTest(writer=writer):
                here = stage.through(writer, guest.token)
                with here.ask(LONG_QUESTION, session_id=f"s{writer}") as exchange:
                    reply_id = next(exchange.events()).value["reply_id"]
                there = stage.through(1 - writer, guest.token)
                events = self.assert_complete_reply(there.request("GET", f"/api/v1/chat/stream/{reply_id}"))
                text = "".join(event.value["content"] for event in events if event.type == "content_chunk")
                self.assertEqual(text, model.piece * pieces)

    def test_whoever_stays_away_leaves_an_interrupted_reply_and_a_closed_call(self) -> None:
        clients = count("CHAT_FCGI_LEAVERS", 50, 10)
        model, _, guest = self.begin()
        messages = [self.leave(guest, number) for number in range(clients)]
        wait_until("the provider's calls are closed", lambda: model.open == 0 and len(model.left_at) == clients, 60)

        def interrupted() -> bool:
            return all(
                guest.history(told.session)["messages"][-1]["status"] == "interrupted" for told in messages
            )  # fmt: skip

        wait_until("the replies are interrupted", interrupted)

        async def run() -> None:
            await asyncio.gather(*(tell(told) for told in messages))

        # Who comes back later still reads it all, up to its one end.
        asyncio.run(run())
        tally = count_now(messages, replay_every=1)
        self.tell(f"{clients} left for good: {tally}")
        self.assertEqual(tally.faults, [])
        self.assertEqual(set(tally.ends), {"interrupted (interrupted)"})


class Stalled(ModelCase):
    def stall(self, client: HTTPClient, reply_id: str) -> socket.socket:
        """Asks for a stream and does not read it."""
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(client.address)
        connection.sendall(
            f"GET /api/v1/chat/stream/{reply_id} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            f"Authorization: Bearer {client.token}\r\n\r\n".encode()
        )
        return connection

    def readable(self, connections: list[socket.socket]) -> int:
        poll = select.poll()
        for connection in connections:
            poll.register(connection, select.POLLIN)
        return len(poll.poll(0))

    async def rest_of(self, stage: Stage) -> None:
        """Returns when the workers have nothing more to do: two looks half a second apart find the same time spent."""
        spent = -1.0
        while (now := sum(worker.cpu_seconds() for worker in stage.workers)) > spent + 0.02:
            spent = now
            await asyncio.sleep(0.5)

    def rss(self, stage: Stage) -> list[int]:
        """KiB of each worker."""
        texts = [Path(f"/proc/{worker.pid}/status").read_text() for worker in stage.workers]
        return [int(text.split("VmRSS:")[1].split()[0]) for text in texts]

    def test_readers_that_stop_reading_hold_up_nobody(self) -> None:
        stalled = count("CHAT_FCGI_STALLED", 1000, 50)
        ordinary = count("CHAT_FCGI_STALLED_OTHERS", 50, 20)
        # 900 kB: more than all the buffers between the program and a client take.
        model = self.model(pieces=900, piece="x" * 999 + " ", pause_s=0.001)
        stage = self.stage(**model.configuration())
        stage.start_workers()
        # nginx's kernel would take megabytes for a client that does not read, and the program would notice nothing.
        guest = stage.start_nginx("sndbuf=16k").guest()
        connections: list[socket.socket] = []
        seconds = {}
        memory = {}

        async def run(name: str, stalls: int) -> Told:
            """A reply that `ordinary` readers follow to its end, and `stalls` others do not read."""
            told = Told(guest, name, LONG_QUESTION, name)
            began = time.monotonic()
            reading = asyncio.create_task(follow(told, 120))
            await until("the reply has begun", lambda: told.reply_id is not None)
            for _ in range(stalls):
                connections.append(self.stall(guest, told.reply_id))
            copies = [Told(guest, name, told.text, told.key, reply_id=told.reply_id) for _ in range(ordinary)]
            await asyncio.gather(*(tell(copy) for copy in copies))
            await reading
            seconds[name] = time.monotonic() - began
            await until("the stalled ones have their first bytes", lambda: self.readable(connections) == stalls)
            for connection in connections:
                self.assertEqual(connection.recv(12, socket.MSG_PEEK), b"HTTP/1.1 200")
            await self.rest_of(stage)
            memory[name] = self.rss(stage)
            # They are stalled indeed: the program still has something for each of them.
            held = sum(len(os.listdir(f"/proc/{worker.pid}/fd")) for worker in stage.workers)
            self.assertGreater(held, stalls)
            for copy in copies:
                self.assertEqual((joined(copy.events) == joined(told.events), copy.faults, copy.cuts), (True, [], 0))
            return told

        # Once without, so that what the readers and the reply themselves take is there already.
        asyncio.run(run("none", 0))
        told = asyncio.run(run("stalled", stalled))
        each = (sum(memory["stalled"]) - sum(memory["none"])) / stalled
        self.assertEqual((told.status, told.content), ("complete", model.piece * model.pieces))
        # Those that stopped: some read on where they are, some come back with their last event.
        seen_short = 0
        resumed: list[Told] = []
        for number, connection in enumerate(connections):
            if number < 20:
                copy = Told(guest, "stalled", told.text, told.key, reply_id=told.reply_id)
                if number % 2:
                    self.read(connection, copy, None)
                else:
                    self.read(connection, copy, 100)
                    seen_short += copy.end is None
                resumed.append(copy)
            connection.close()

        async def rest() -> None:
            await asyncio.gather(*(tell(copy) for copy in resumed))

        asyncio.run(rest())
        for copy in resumed:
            self.assertEqual((copy.faults, joined(copy.events) == joined(told.events)), ([], True))
        tally = count_now([told], replay_every=1)
        self.tell(
            f"{stalled} stalled beside {ordinary} that read, who had all after {seconds['stalled']:.1f} s (without the "
            f"stalled ones {seconds['none']:.1f} s); {each:.1f} KiB of the workers' memory for each stalled (KiB of the two: {memory['none']}, {memory['stalled']}); "
            f"{len(resumed)} read on or resumed to the end, {seen_short} of them from a place in the middle; {tally}"
        )
        self.assertEqual(tally.faults, [])
        self.assertGreater(seen_short, 0)
        # An ordinary stream's own state (docs/performance.md) and a buffer of 64 KiB for each; and once, for all of them, the
        # reply in either worker, in arrays that have grown by doubling.
        grown = sum(memory["stalled"]) - sum(memory["none"])
        self.assertLess(grown, stalled * (64 + 64) + 2 * 4 * len(told.content) / 1024)

    def read(self, connection: socket.socket, copy: Told, events: int | None) -> None:
        """Takes what is there: `events` of them, or all."""
        connection.settimeout(30)
        decoder = HTTPDecoder("GET")
        buffer = b""
        while copy.end is None and (events is None or len(copy.events) < events):
            raw = connection.recv(65_536)
            if not raw:
                return
            buffer += decoder.feed(raw)
            *blocks, buffer = buffer.split(b"\n\n")
            for block in blocks:
                if events is not None and len(copy.events) == events:
                    return
                fields = dict(line.split(": ", 1) for line in block.decode().split("\n") if line.startswith(("id", "data")))
                if fields:
                    copy.take(Event(time.monotonic(), 0, fields["id"], fields["data"]))


if __name__ == "__main__":
    unittest.main()
