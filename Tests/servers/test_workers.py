"""Two processes on one data folder: each follows, stops and answers for the other."""

from __future__ import annotations

import os
import signal
import threading
import unittest
from pathlib import Path

from exchange import joined
from harness import PROGRAM, CGIClient, FastCGIClient, ServerCase, text_of, wait_until

LONG_QUESTION = "I loved The Time Machine. What next? Please tell me about every book you recommend, and why."


class TwoWorkers(ServerCase):
    first: FastCGIClient
    second: FastCGIClient

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.place = cls.shared_sandbox(providers={"builtin": {"kind": "builtin", "pace_ms": 30}})
        cls.place.serve()
        cls.place.serve(listen=f"unix:{cls.place.path}/second.sock")
        cls.first = FastCGIClient(cls.place.socket)
        cls.second = FastCGIClient(f"{cls.place.path}/second.sock")

    def setUp(self) -> None:
        """A guest, known to both, and a reply that the first is writing."""
        self.here = self.first.guest()
        self.there = self.second.with_token(self.here.token)
        self.exchange = self.here.ask(LONG_QUESTION, session_id="s1")
        self.seen = []
        for event in self.exchange.events():
            self.seen.append(event)
            if event.type == "content_chunk" and event.value["content"]:
                break
        self.reply_id = self.seen[0].value["reply_id"]

    def test_a_stream_is_followed_through_the_other(self) -> None:
        followed = self.there.request("GET", f"/api/v1/chat/stream/{self.reply_id}").all_events()
        self.assertEqual(joined(followed), joined(self.exchange.all_events()))

    def test_a_stop_reaches_a_reply_that_the_other_writes(self) -> None:
        follower = self.there.request("GET", f"/api/v1/chat/stream/{self.reply_id}")
        for _ in range(2):
            answer = self.there.post("/api/v1/chat/stop", {"message_id": self.reply_id})
            self.assertEqual((answer.status, answer.json()["message_id"]), (200, self.reply_id))
        events = self.exchange.all_events()
        self.assertEqual((events[-1].type, events[-1].value.get("status")), ("complete", "stopped"))
        self.assertEqual(joined(follower.all_events()), joined(events))
        reply = self.there.history("s1")["messages"][-1]
        self.assertEqual((reply["status"], reply["content"]), ("stopped", text_of(events)))
        strangers = self.second.guest().post("/api/v1/chat/stop", {"message_id": self.reply_id})
        self.assert_problem(strangers, 404)

    def test_two_messages_to_one_conversation_are_answered_one_after_the_other(self) -> None:
        second = self.there.ask("Something shorter, please.", session_id="s1")
        accepted = next(second.events())
        self.assertEqual(accepted.type, "user_message_received")
        first_end = self.exchange.all_events()[-1]
        self.assertEqual(first_end.type, "complete")
        events = second.all_events()
        # "Something shorter" than what the first reply named: it was read.
        self.assertEqual(events[-1].value.get("status"), "complete")
        messages = self.there.history("s1")["messages"]
        self.assertEqual([message["role"] for message in messages], ["user", "assistant"] * 2)
        self.assertEqual(messages[3]["content"], text_of(events))
        self.assertEqual(messages[3]["in_reply_to"], accepted.value["message_id"])

    def test_a_reply_is_given_again_and_both_are_kept(self) -> None:
        first = self.exchange.all_events()
        again = self.there.post("/api/v1/chat/regenerate", {"message_id": self.reply_id}).all_events()
        self.assertEqual(again[0].value["message_id"], first[0].value["message_id"])
        self.assertNotEqual(again[0].value["reply_id"], self.reply_id)
        self.assertEqual(again[-1].value.get("status"), "complete")
        messages = self.there.history("s1")["messages"]
        self.assertEqual([message["content"] for message in messages[1:]], [text_of(first), text_of(again)])
        self.assertEqual({message["in_reply_to"] for message in messages[1:]}, {first[0].value["message_id"]})
        self.assert_problem(self.second.guest().post("/api/v1/chat/regenerate", {"message_id": self.reply_id}), 404)
        self.assert_problem(self.there.post("/api/v1/chat/regenerate", {}), 400, "message_id")

    def test_a_repeated_request_attaches_through_the_other(self) -> None:
        key = {"Idempotency-Key": "both-1"}
        here = self.here.ask(LONG_QUESTION, session_id="s2", headers=key)
        next(here.events())
        there = self.there.ask(LONG_QUESTION, session_id="s2", headers=key)
        self.assertEqual(joined(there.all_events()), joined(here.all_events()))
        self.assertEqual(len(self.here.history("s2")["messages"]), 2)

    def tearDown(self) -> None:
        self.exchange.finish()


class Threads(ServerCase):
    def test_none_gives_way_to_those_that_wait_for_its_locks(self) -> None:
        """On a busy machine a thread of a lower priority is not run for seconds, and what it has locked stays locked."""
        place = self.sandbox()
        process = place.serve()
        niceness: dict[str, int] = {}

        def is_checking() -> bool:
            # The check's thread lives for some milliseconds.
            for _ in range(50):
                for file in Path(f"/proc/{process.pid}/task").glob("*/stat"):
                    try:
                        name, _, fields = file.read_text().partition("(")[2].rpartition(")")
                    except OSError:
                        continue
                    niceness[name] = int(fields.split()[16])
            return "sqlite-check" in niceness

        over = threading.Event()

        def ask() -> None:
            client = FastCGIClient(place.socket)
            while not over.is_set():
                client.get("/readyz")

        asking = threading.Thread(target=ask)
        asking.start()
        try:
            wait_until("the store is checked", is_checking)
        finally:
            over.set()
            asking.join()
        self.assertGreater(len(niceness), 5)
        self.assertLessEqual(max(niceness.values()), os.getpriority(os.PRIO_PROCESS, process.pid), niceness)


class OneOfTwoIsKilled(ServerCase):
    def test_the_other_says_that_the_reply_was_interrupted(self) -> None:
        place = self.sandbox(providers={"builtin": {"kind": "builtin", "pace_ms": 200}})
        doomed = place.serve()
        place.serve(listen=f"unix:{place.path}/second.sock")
        guest = FastCGIClient(place.socket).guest()
        there = FastCGIClient(f"{place.path}/second.sock").with_token(guest.token)
        exchange = guest.ask(LONG_QUESTION, session_id="s1")
        reply_id = next(exchange.events()).value["reply_id"]
        doomed.signal(signal.SIGKILL)
        doomed.wait()
        events = there.request("GET", f"/api/v1/chat/stream/{reply_id}").all_events()
        self.assertEqual((events[-1].type, events[-1].value.get("code")), ("error", "interrupted"), events[-1].data)
        self.assertEqual(there.history("s1")["messages"][-1]["status"], "interrupted")

    def test_a_client_that_saw_more_than_was_kept_ends_with_what_was_kept(self) -> None:
        # A token is shown at once and recorded within 40 ms, here within five seconds, so that it is certainly not.
        place = self.sandbox(
            providers={"builtin": {"kind": "builtin", "pace_ms": 30}}, stream={"record_every_ms": 5_000})
        doomed = place.serve()
        place.serve(listen=f"unix:{place.path}/second.sock")
        guest = FastCGIClient(place.socket).guest()
        there = FastCGIClient(f"{place.path}/second.sock").with_token(guest.token)
        exchange = guest.ask(LONG_QUESTION, session_id="s1")
        seen = []
        for event in exchange.events():
            seen.append(event)
            if len(seen) == 10:
                break
        doomed.signal(signal.SIGKILL)
        doomed.wait()
        reply_id, last = seen[0].value["reply_id"], int(seen[-1].id)
        rest = there.request("GET", f"/api/v1/chat/stream/{reply_id}", headers={"Last-Event-ID": str(last)}).all_events()
        self.assert_in_order(rest, after=last)
        self.assertEqual((rest[0].type, rest[0].value["reset"]), ("provider_switch", True))
        self.assertEqual((rest[-1].type, rest[-1].value["code"]), ("error", "interrupted"))
        self.assertEqual(text_of(rest), there.history("s1")["messages"][-1]["content"])


class ACGIProcessIsKilled(ServerCase):
    def test_the_next_one_ends_its_reply_and_answers(self) -> None:
        client = CGIClient(self.sandbox(providers={"builtin": {"kind": "builtin", "pace_ms": 30}}), [PROGRAM])
        guest = client.guest()
        exchange = guest.ask(LONG_QUESTION, session_id="s1")
        for event in exchange.events():
            if event.type == "content_chunk":
                break
        exchange.process.kill()
        exchange.process.wait()
        # Messages of one conversation wait for each other; this one must not wait for the dead.
        events = guest.ask("hello", session_id="s1").all_events()
        self.assertEqual((events[-1].type, events[-1].value.get("status")), ("complete", "complete"))
        statuses = [message["status"] for message in guest.history("s1")["messages"]]
        self.assertEqual(statuses, ["complete", "interrupted", "complete", "complete"])


class EventsAreKeptForAWhile(ServerCase):
    def test_a_reply_is_told_from_its_message_later(self) -> None:
        place = self.sandbox(stream={"replay_ttl_s": 0})
        place.serve()
        guest = FastCGIClient(place.socket).guest()
        events = guest.ask(LONG_QUESTION, session_id="s1").all_events()
        path = f"/api/v1/chat/stream/{events[0].value['reply_id']}"

        def condensed() -> bool:
            return int(guest.get(path).all_events()[-1].id) < int(events[-1].id)

        # The upkeep comes by every five seconds.
        wait_until("the events are gone", condensed)
        later = guest.get(path).all_events()
        self.assertEqual(text_of(later), text_of(events))
        self.assertEqual((later[0].data, later[-1].data), (events[0].data, events[-1].data))
        resumed = guest.get(path + "?after=3").all_events()
        self.assertEqual((resumed[0].type, resumed[0].value["reset"]), ("provider_switch", True))
        self.assert_in_order(resumed, after=3)
        self.assertEqual(text_of(resumed), text_of(events))
        self.assertEqual(resumed[-1].data, events[-1].data)


if __name__ == "__main__":
    unittest.main()
