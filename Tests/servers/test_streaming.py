"""Events leave one by one; a stream can be stopped, left, and taken up again, through any connection."""

from __future__ import annotations

import unittest

import starts
from exchange import Exchange, joined
from harness import Client, ServerCase, text_of, wait_until

LONG_QUESTION = "I loved The Time Machine. What next? Please tell me about every book you recommend, and why."


class Streaming:
    start = None
    client: Client

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        # Slow enough that a turn is under way while a test looks at it.
        cls.client = cls.start(cls.shared_sandbox(providers={"builtin": {"kind": "builtin", "pace_ms": 30}}))

    def until_text(self, exchange: Exchange, chunks: int = 1) -> list:
        """Events up to the first text."""
        seen = []
        for event in exchange.events():
            seen.append(event)
            if sum(text != "" for text in (e.value.get("content", "") for e in seen if e.type == "content_chunk")) == chunks:
                return seen
        self.fail(f"no text in {[event.data for event in seen]}")

    def test_events_come_one_by_one(self) -> None:
        exchange = self.client.guest().ask(LONG_QUESTION)
        events = self.assert_complete_reply(exchange)
        chunks = [event for event in events if event.type == "content_chunk"]
        self.assertGreater(len(chunks), 5, "too short an answer to tell")
        # A busy machine may bring two together now and then, a buffer brings them all.
        self.assertGreater(len({event.read for event in chunks}), int(chunks[-1].id) // 2)

    def test_the_first_text_is_here_while_the_reply_is_still_being_written(self) -> None:
        guest = self.client.guest()
        with guest.ask(LONG_QUESTION, session_id="s1") as exchange:
            self.until_text(exchange)
            reply = guest.history("s1")["messages"][-1]
            self.assertEqual((reply["role"], reply["status"]), ("assistant", "streaming"))
            exchange.finish()

    def test_a_client_that_leaves_finds_the_rest_when_it_comes_back(self) -> None:
        guest = self.client.guest()
        with guest.ask(LONG_QUESTION, session_id="s1") as exchange:
            seen = self.until_text(exchange, chunks=2)
        reply_id = seen[0].value["reply_id"]
        last = seen[-1].id
        rest = guest.request("GET", f"/api/v1/chat/stream/{reply_id}", headers={"Last-Event-ID": last}).all_events()
        self.assert_in_order(rest, after=int(last))
        self.assertEqual((rest[-1].type, rest[-1].value["status"]), ("complete", "complete"))
        self.assertEqual(text_of(seen + rest), guest.history("s1")["messages"][-1]["content"])
        again = guest.request("GET", f"/api/v1/chat/stream/{reply_id}?after={last}").all_events()
        self.assertEqual(joined(again), joined(rest))
        whole = guest.request("GET", f"/api/v1/chat/stream/{reply_id}").all_events()
        self.assertEqual(joined(whole), joined(seen + rest))

    def test_many_follow_one_turn_and_see_the_same(self) -> None:
        guest = self.client.guest()
        exchange = guest.ask(LONG_QUESTION)
        reply_id = self.until_text(exchange)[0].value["reply_id"]
        followers = [guest.request("GET", f"/api/v1/chat/stream/{reply_id}") for _ in range(5)]
        events = joined(exchange.all_events())
        for follower in followers:
            self.assertEqual(joined(follower.all_events()), events)

    def test_a_repeated_request_attaches_to_the_same_turn(self) -> None:
        guest = self.client.guest()
        key = {"Idempotency-Key": "once-1"}
        first = guest.ask(LONG_QUESTION, session_id="s1", headers=key)
        self.until_text(first)
        second = guest.ask(LONG_QUESTION, session_id="s1", headers=key)
        self.assertEqual(joined(first.all_events()), joined(second.all_events()))
        third = guest.ask(LONG_QUESTION, session_id="s1", headers=key)
        self.assertEqual(joined(third.all_events()), joined(first.all_events()))
        self.assertEqual(len(guest.history("s1")["messages"]), 2)


class OneProcess(Streaming):
    """A stop reaches a reply that the same process writes."""

    def test_stop_ends_the_stream_and_keeps_the_part(self) -> None:
        guest = self.client.guest()
        exchange = guest.ask(LONG_QUESTION, session_id="s1")
        reply_id = self.until_text(exchange)[0].value["reply_id"]
        for _ in range(2):
            self.assertIn(guest.post("/api/v1/chat/stop", {"message_id": reply_id}).status, (200, 202, 204))
        events = exchange.all_events()
        self.assertEqual((events[-1].type, events[-1].value.get("status")), ("complete", "stopped"))
        reply = guest.history("s1")["messages"][-1]
        self.assertEqual((reply["status"], reply["content"]), ("stopped", text_of(events)))
        self.assertTrue(reply["content"])


class OwnSocket(OneProcess, ServerCase):
    start = staticmethod(starts.own_socket)


class BehindNginx(OneProcess, ServerCase):
    start = staticmethod(starts.behind_nginx)


class BehindLighttpd(OneProcess, ServerCase):
    start = staticmethod(starts.behind_lighttpd)


class LighttpdCGI(Streaming, ServerCase):
    """Each request is a process of its own: what they know of one another, they know from the store."""

    start = staticmethod(starts.lighttpd_cgi)


class ApacheCGI(Streaming, ServerCase):
    """The same on a shared host, through .htaccess."""

    start = staticmethod(starts.apache_cgi)


class Heartbeats(ServerCase):
    def test_a_silent_stream_is_kept_alive_by_comments(self) -> None:
        """A heartbeat each 100 ms against text each 400 ms: comments come between, and are no events."""
        sandbox = self.sandbox(
            stream={"heartbeat_ms": 100}, providers={"builtin": {"kind": "builtin", "pace_ms": 400}}
        )  # fmt: skip
        guest = starts.behind_nginx(sandbox).guest()
        with guest.ask(LONG_QUESTION) as exchange:
            for event in exchange.events():
                if event.type == "content_chunk" and exchange.comments:
                    break
            self.assertEqual(set(exchange.comments), {"ping"})


class LeavingWithoutComingBack(ServerCase):
    def test_a_reply_that_nobody_waits_for_ends_after_the_grace_period(self) -> None:
        sandbox = self.sandbox(
            stream={"detach_grace_ms": 100}, providers={"builtin": {"kind": "builtin", "pace_ms": 500}}
        )  # fmt: skip
        guest = starts.behind_nginx(sandbox).guest()
        with guest.ask(LONG_QUESTION, session_id="s1") as exchange:
            next(exchange.events())

        def status() -> str:
            return guest.history("s1")["messages"][-1]["status"]

        wait_until("the reply is no longer streaming", lambda: status() != "streaming")
        self.assertIn(status(), ("stopped", "interrupted"))


if __name__ == "__main__":
    unittest.main()
