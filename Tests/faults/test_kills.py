"""Workers are killed, frozen and ended while they answer. Nobody loses a message, and every stream has one end."""

from __future__ import annotations

import asyncio
import fcntl
import random
import signal
import sqlite3
import time
import unittest
from contextlib import closing

from reader import Told, follow, tell
from stage import ABANDONED_S, LONG_QUESTION, FastCGIClient, FaultCase, Process, Stage, builtin, count, until
from tally import count_now

from exchange import joined


class Load:
    """Clients that ask one message after another until they are told to end, each until it has its end."""

    def __init__(self, stage: Stage, clients: int) -> None:
        self.stage = stage
        self.messages: list[Told] = []
        door = stage.start_nginx()
        self.guests = [door.guest() for _ in range(clients)]
        self.ends = False

    async def client(self, number: int) -> None:
        asked = 0
        while not self.ends:
            # A new conversation every twenty messages.
            text = f"{LONG_QUESTION} ({number}.{asked})"
            told = Told(self.guests[number], f"s{number}.{asked // 20}", text, f"key-{number}-{asked}")
            asked += 1
            self.messages.append(told)
            await tell(told, patience_s=ABANDONED_S)

    async def beside(self, fault) -> None:
        """Runs `fault` while the clients ask."""
        clients = [asyncio.create_task(self.client(number)) for number in range(len(self.guests))]
        try:
            await until("all ask", lambda: sum(told.is_acknowledged for told in self.messages) >= len(clients))
            await fault()
        finally:
            self.ends = True
            await asyncio.gather(*clients)


class Killed(FaultCase):
    def test_nothing_is_lost_when_workers_are_killed_at_random_moments(self) -> None:
        kills = count("CHAT_FCGI_KILLS", 300, 10)
        clients = count("CHAT_FCGI_KILL_CLIENTS", 60, 40)
        seed = count("CHAT_FCGI_SEED", time.time_ns() % 1_000_000, time.time_ns() % 1_000_000)
        chance = random.Random(seed)
        stage = self.stage(**builtin(20))
        stage.start_workers()
        load = Load(stage, clients)

        async def kill() -> None:
            for _ in range(kills):
                # The moment is the test's subject: any at all.
                await asyncio.sleep(chance.uniform(0.0, 1.0))
                number = chance.randrange(2)
                stage.kill(number)
                await stage.restart(number)

        asyncio.run(load.beside(kill))
        tally = count_now(load.messages)
        self.tell(f"{kills} kills, {clients} clients, seed {seed}: {tally}")
        self.assertEqual(tally.faults, [])


class Frozen(FaultCase):
    def freeze_between_writes(self, stage: Stage, worker: Process) -> None:
        """In the middle of a write it holds the store's lock, and nobody else writes until it is killed."""
        with closing(sqlite3.connect(stage.path / "data/chat.db", timeout=0, isolation_level=None)) as store:
            while True:
                worker.freeze()
                try:
                    store.execute("BEGIN IMMEDIATE")
                    store.execute("ROLLBACK")
                    return
                except sqlite3.OperationalError:
                    worker.signal(signal.SIGCONT)

    def test_a_frozen_worker_writes_nothing_more_and_its_turns_end_once(self) -> None:
        turns = count("CHAT_FCGI_FREEZE_TURNS", 50, 10)
        rounds = count("CHAT_FCGI_FREEZES", 3, 1)
        for _ in range(rounds):
            stage = self.stage(**builtin(count("CHAT_FCGI_FREEZE_PACE", 200, 40)))
            stage.start_workers()
            door = stage.start_nginx()
            guest = door.guest()
            first, second = stage.through(0, guest.token), stage.through(1, guest.token)
            messages = [Told(guest, f"s{n}", f"{LONG_QUESTION} ({n})", f"key-{n}") for n in range(turns)]
            exchanges = [
                first.ask(told.text, session_id=told.session, headers={"Idempotency-Key": told.key}) for told in messages
            ]
            streams = [exchange.events() for exchange in exchanges]
            seen = [[next(stream) for _ in range(3)] for stream in streams]
            worker = stage.workers[0]
            self.freeze_between_writes(stage, worker)
            # A retry through the other worker, before and after the turn is given up, is the same turn.
            retries = [
                second.ask(told.text, session_id=told.session, headers={"Idempotency-Key": told.key}) for told in messages
            ]
            for told, events, retry in zip(messages, seen, retries, strict=True):
                for event in retry.all_events():
                    told.take(event)
                self.assertEqual(told.reply_id, events[0].value["reply_id"])
                self.assertEqual((told.end or {}).get("code"), "interrupted", told.events[-1])
            again = [
                second.ask(told.text, session_id=told.session, headers={"Idempotency-Key": told.key}) for told in messages
            ]
            for told, retry in zip(messages, again, strict=True):
                self.assertEqual(joined(retry.all_events()), joined(told.events))
            worker.signal(signal.SIGCONT)
            for told, stream, events in zip(messages, streams, seen, strict=True):
                frozen = Told(guest, told.session, told.text, told.key)
                for event in [*events, *stream]:
                    frozen.take(event)
                # One end, and the text that is kept, whatever it had been shown before.
                self.assertEqual((frozen.faults, frozen.status, frozen.content), ([], told.status, told.content))
            # It works on as before.
            self.assert_complete_reply(first.guest().ask("And now?"))
            tally = count_now(messages, replay_every=1)
            self.tell(tally)
            self.assertEqual(tally.faults, [])


class FrozenWithALock(FaultCase):
    """A process that is frozen keeps the locks that it has. The test has them in its place, so that it is frozen with each for certain."""

    def stand(self) -> tuple[Stage, FastCGIClient]:
        stage = self.stage(**builtin(1))
        stage.start_workers()
        guest = stage.through(0).guest()
        self.assert_complete_reply(guest.ask("My word is xylophone", session_id="s1"))
        return stage, stage.through(1, guest.token)

    def ask_what_only_reads(self, guest: FastCGIClient) -> None:
        for path in ("/healthz", "/api/v1/chat/sessions", "/api/v1/chat/preferences", "/api/v1/me/usage", "/api/v1/me/export", "/api/v1/auth/me"):
            self.assertEqual(guest.get(path).status, 200, path)
        self.assertIn("xylophone", str(guest.history("s1")))

    def test_with_the_lock_of_the_counted_requests_it_holds_up_nothing(self) -> None:
        stage, guest = self.stand()
        with open(stage.path / "data/rate-limits", "rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            self.ask_what_only_reads(guest)
            self.assert_complete_reply(guest.ask("And now?", session_id="s1"))

    def test_with_the_lock_of_the_store_it_holds_up_no_reader_and_loses_no_writer(self) -> None:
        stage, guest = self.stand()
        with closing(sqlite3.connect(stage.path / "data/chat.db", isolation_level=None)) as store:
            store.execute("BEGIN IMMEDIATE")
            self.ask_what_only_reads(guest)
            asked = guest.ask("And now?", session_id="s1", headers={"Idempotency-Key": "k"})
            self.ask_what_only_reads(guest)
        self.assert_complete_reply(asked)

    def test_with_the_lock_of_the_live_objects_it_holds_up_no_turn(self) -> None:
        stage, guest = self.stand()
        follower = guest.request("GET", "/api/v1/me/events")
        self.assertEqual(follower.status, 200)
        live = next((stage.path / "data").glob("live-*.db"))
        with closing(sqlite3.connect(live, isolation_level=None)) as store:
            store.execute("BEGIN IMMEDIATE")
            self.assert_complete_reply(guest.ask("And now?", session_id="s1"))
            # The change is made; that others are told of it is given up.
            self.assertEqual(guest.request("PATCH", "/api/v1/chat/sessions/s1", {"title": "new"}).finish().status, 200)
            put = guest.post("/api/v1/live", {"session_id": "s1", "kind": "typing", "id": "a", "data": {}})
            self.assertEqual(put.status, 503)
        self.assertEqual(guest.post("/api/v1/live", {"session_id": "s1", "kind": "typing", "id": "a", "data": {}}).status, 200)
        follower.close()

    def test_frozen_or_killed_at_random_moments_it_leaves_the_other_able_to_answer(self) -> None:
        rounds = count("CHAT_FCGI_RANDOM_FREEZES", 200, 8)
        seed = count("CHAT_FCGI_SEED", time.time_ns() % 1_000_000, time.time_ns() % 1_000_000)
        chance = random.Random(seed)
        stage = self.stage(**builtin(1))
        stage.start_workers()
        load = Load(stage, 8)
        refused = 0

        async def freeze() -> None:
            nonlocal refused
            guest = stage.through(0).guest()
            for number in range(rounds):
                await asyncio.sleep(chance.uniform(0.0, 0.3))
                frozen = chance.randrange(2)
                stage.workers[frozen].freeze()
                other = stage.through(1 - frozen, guest.token)
                # It reads and counts whatever the frozen one holds; a writer may have to wait until that goes on.
                self.assertEqual((await asyncio.to_thread(other.get, "/api/v1/chat/sessions")).status, 200)
                asked = await asyncio.to_thread(other.ask, "And now?", session_id=f"f{number}")
                if chance.random() < 0.5:
                    stage.workers[frozen].signal(signal.SIGCONT)
                else:
                    stage.kill(frozen)
                    await stage.restart(frozen)
                await asyncio.to_thread(asked.finish)
                self.assertIn(asked.status, (200, 503))
                refused += asked.status == 503

        asyncio.run(load.beside(freeze))
        tally = count_now(load.messages)
        self.tell(f"{rounds} freezes, {refused} refused, seed {seed}: {tally}")
        self.assertEqual(tally.faults, [])


class Ended(FaultCase):
    def end(self, drain_ms: int, streams: int, pace_ms: int) -> None:
        stage = self.stage(**builtin(pace_ms, stream={"drain_timeout_ms": drain_ms}))
        stage.start_workers()
        door = stage.start_nginx()
        guests = [door.guest() for _ in range(max(1, streams // 50))]
        messages = [
            Told(guests[n % len(guests)], f"s{n}", f"{LONG_QUESTION} ({n})", f"key-{n}") for n in range(streams)
        ]

        async def run() -> None:
            tasks = [asyncio.create_task(follow(told, 120)) for told in messages]
            await until("all answer", lambda: all(len(told.events) > 2 for told in messages), 120)
            for worker in stage.workers:
                worker.signal(signal.SIGTERM)
            await asyncio.gather(*tasks)

        asyncio.run(run())
        self.assertEqual([worker.wait() for worker in stage.workers], [0, 0])
        # No client resumed: each had its end on the connection it had.
        self.assertEqual(sum(told.end is None for told in messages), 0)
        stage.start_workers()
        tally = count_now(messages)
        self.tell(f"drained for {drain_ms} ms: {tally}")
        self.assertEqual(tally.faults, [])
        expected = {"complete"} if drain_ms > 60_000 else {"interrupted (interrupted)"}
        self.assertEqual(set(tally.ends), expected)

    def test_sigterm_lets_all_streams_end(self) -> None:
        self.end(600_000, count("CHAT_FCGI_DRAIN_STREAMS", 500, 60), count("CHAT_FCGI_DRAIN_PACE", 150, 30))

    def test_sigterm_interrupts_what_does_not_end_in_time_and_says_so(self) -> None:
        self.end(500, count("CHAT_FCGI_DRAIN_STREAMS", 500, 60), 1000)


if __name__ == "__main__":
    unittest.main()
