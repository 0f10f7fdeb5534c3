"""More is asked than there is room for: it is refused in words, nothing breaks, and what was begun goes on."""

from __future__ import annotations

import asyncio
import unittest

from model import Model
from reader import Told, tell
from stage import LONG_QUESTION, FaultCase, builtin, count
from tally import count_now


class Limits(FaultCase):
    def test_over_the_limit_of_streams_a_turn_is_refused_and_welcome_later(self) -> None:
        limit = count("CHAT_FCGI_STREAMS_LIMIT", 50, 5)
        stage = self.stage(**builtin(count("CHAT_FCGI_STREAMS_PACE", 200, 25), limits={"streams": limit}))
        stage.start_workers()
        door = stage.start_nginx()
        guest = door.guest()
        begun = []
        for number in range(2):
            client = stage.through(number, guest.token)
            for turn in range(limit):
                exchange = client.ask(LONG_QUESTION, session_id=f"s{number}.{turn}")
                next(exchange.events())
                begun.append(exchange)
        for _ in range(2 * limit):
            answer = guest.ask(LONG_QUESTION, session_id="over")
            problem = self.assert_problem(answer, 503)
            self.assertEqual(problem["code"], "too_many_streams")
            self.assertGreaterEqual(int(answer.head.get("Retry-After")), 1)
        for exchange in begun:
            self.assert_complete_reply(exchange)
        self.assertEqual(guest.post("/api/v1/chat/history", {"session_id": "over"}).status, 404)
        self.assert_complete_reply(guest.ask(LONG_QUESTION, session_id="over"))
        self.tell(f"{2 * limit} turns begun, {2 * limit} refused with 503 and Retry-After, {len(begun)} complete")

    def test_with_sixty_four_descriptors_everybody_gets_a_turn(self) -> None:
        clients = count("CHAT_FCGI_DESCRIPTOR_CLIENTS", 300, 150)
        stage = self.stage(**builtin(20))
        stage.start_workers(descriptor_limit=64)
        guest = stage.start_nginx().guest()
        messages = [Told(guest, f"s{n}", f"{LONG_QUESTION} ({n})", f"key-{n}") for n in range(clients)]

        async def run() -> None:
            await asyncio.gather(*(tell(told) for told in messages))

        asyncio.run(run())
        self.assertTrue(all(worker.is_running() for worker in stage.workers))
        tally = count_now(messages)
        self.tell(tally)
        self.assertEqual(tally.faults, [])
        # Who does not fit waits for a place; nobody is turned away.
        self.assertEqual((set(tally.ends), dict(tally.refusals)), ({"complete"}, {}))
        for number in range(2):
            self.assert_complete_reply(stage.through(number).guest().ask())

    def test_calls_to_a_provider_leave_the_last_descriptors_to_the_program(self) -> None:
        clients = count("CHAT_FCGI_DESCRIPTOR_CALLS", 200, 100)
        model = Model(pieces=40, pause_s=0.05)
        self.addCleanup(model.close)
        stage = self.stage(**model.configuration())
        stage.start_workers(descriptor_limit=64)
        guest = stage.start_nginx().guest()
        messages = [Told(guest, f"s{n}", f"{LONG_QUESTION} ({n})", f"key-{n}") for n in range(clients)]

        async def run() -> None:
            await asyncio.gather(*(tell(told) for told in messages))

        asyncio.run(run())
        self.assertTrue(all(worker.is_running() for worker in stage.workers))
        tally = count_now(messages)
        self.tell(tally)
        # A call that there is no descriptor for fails, and the reply says so.
        self.assertEqual(tally.faults, [])
        self.assertGreater(tally.ends["complete"], 0)
        for number in range(2):
            self.assert_complete_reply(stage.through(number).guest().ask())

    def test_two_workers_share_one_store(self) -> None:
        turns = count("CHAT_FCGI_SHARED_TURNS", 200, 60)
        rounds = count("CHAT_FCGI_SHARED_ROUNDS", 3, 1)
        stage = self.stage(**builtin(count("CHAT_FCGI_SHARED_PACE", 80, 20)))
        stage.start_workers()
        door = stage.start_nginx()
        guests = [door.guest() for _ in range(20)]
        messages = []

        async def run(round_: int) -> None:
            asked = [
                Told(guests[n % 20], f"s{round_}.{n}", f"{LONG_QUESTION} ({round_}.{n})", f"key-{round_}-{n}")
                for n in range(2 * turns)
            ]
            messages.extend(asked)
            await asyncio.gather(*(tell(told) for told in asked))

        for round_ in range(rounds):
            asyncio.run(run(round_))
        tally = count_now(messages)
        self.tell(f"{rounds} times {turns} turns in each of two workers: {tally}")
        self.assertEqual(tally.faults, [])
        self.assertEqual((set(tally.ends), tally.cuts, dict(tally.refusals)), ({"complete"}, 0, {}))
        for word in ("busy", "locked", "overloaded", "warning", "error"):
            self.assertNotIn(word, stage.worker_logs().lower())


if __name__ == "__main__":
    unittest.main()
