"""Whoever stops or leaves gives the model's slot back; more questions than slots wait for their turn."""

from __future__ import annotations

import signal
import unittest

from case import ModelCase, configuration, reply_of, text_of, until_text
from harness import start_nginx, wait_until
from starts import behind_nginx

# Far more than any of these answers has when it is ended.
PREDICT = 6000


class Stopping(ModelCase):
    server_options = {"predict": PREDICT, "endless": True}

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.server = cls.start_server()
        cls.place = cls.shared_sandbox(**configuration(cls.server.url, stream={"heartbeat_ms": 100, "detach_grace_ms": 0}))
        cls.client = behind_nginx(cls.place)

    def setUp(self) -> None:
        self.guest = self.client.guest()
        self.server.wait_busy(0)
        self.predicted = self.server.predicted

    def assert_freed(self) -> None:
        """Before the answer's own end."""
        self.server.wait_busy(0)
        self.assertEqual(self.server.waiting, 0)
        self.assertLess(self.server.predicted - self.predicted, PREDICT)

    def test_stop_in_each_dialect(self) -> None:
        for ask, path, name in (
            (self.companion, "/api/v1/chat/stop", "message_id"), (self.tutor, "/stream-chat/stop", "messageId"),
            (self.desk, "/api/chat/stop", "messageId"),
        ):  # fmt: skip
            with self.subTest(path):
                exchange = ask(self.guest, "What are plants made of?", path.strip("/").replace("/", "."))
                seen = until_text(exchange)
                self.assertEqual(self.guest.post(path, {name: reply_of(seen)}).status, 200)
                events = exchange.all_events()
                self.assertEqual(events[-1].value["status"], "stopped")
                self.assert_freed()
                reply = self.guest.history(path.strip("/").replace("/", "."))["messages"][-1]
                self.assertEqual((reply["status"], reply["content"]), ("stopped", text_of(events)))
                self.assertTrue(reply["usage"]["estimated"])
                self.assertGreater(reply["usage"]["completion_tokens"], 0)

    def test_a_client_that_leaves_in_each_dialect(self) -> None:
        for ask in (self.companion, self.tutor, self.desk):
            with self.subTest(ask.__name__):
                exchange = ask(self.guest, "What are plants made of?", ask.__name__)
                until_text(exchange)
                exchange.close()
                self.assert_freed()
        for stream in (True, False):
            with self.subTest("completion", stream=stream):
                exchange = self.completion(self.guest, stream=stream)
                self.server.wait_busy(1)
                exchange.close()
                self.assert_freed()
        with self.subTest("agent"):
            exchange = self.agent(self.guest, "What are plants made of?", "agent")
            self.server.wait_busy(1)
            exchange.close()
            self.assert_freed()

    def test_a_conversation_that_is_removed(self) -> None:
        exchange = self.companion(self.guest, "What are plants made of?", "removed")
        until_text(exchange)
        self.assertEqual(self.guest.request("DELETE", "/api/v1/chat/sessions/removed").finish().status, 204)
        self.assert_freed()
        self.assertEqual(exchange.all_events()[-1].type, "error")

    def test_a_program_that_is_killed(self) -> None:
        place = self.sandbox(**configuration(self.server.url))
        program = place.serve()
        guest = start_nginx(place).guest()
        until_text(self.companion(guest, "What are plants made of?"))
        program.signal(signal.SIGKILL)
        self.assert_freed()

    def test_more_questions_than_slots_wait_and_are_told_that_somebody_is_there(self) -> None:
        guests = [self.client.guest() for _ in range(4)]
        first = [self.companion(guest, "What are plants made of?") for guest in guests[:2]]
        replies = [reply_of(until_text(exchange)) for exchange in first]
        second = [self.companion(guest, "What are animals made of?") for guest in guests[2:]]
        wait_until("two wait", lambda: self.server.waiting == 2)
        waiting = [next(exchange.events()).value["reply_id"] for exchange in second]
        for exchange in second:
            # Reads on until a heartbeat; there is no text as long as the slots are taken.
            while not exchange.comments:
                self.assertTrue(exchange._read())
            self.assertEqual(exchange.comments[0], "ping")
        # One in the queue is stopped without ever having had a slot. (The server counts it until it looks at its queue again.)
        self.assertEqual(guests[3].post("/api/v1/chat/stop", {"message_id": waiting[1]}).status, 200)
        events = second[1].all_events()
        self.assertEqual((text_of(events), events[-1].value["status"]), ("", "stopped"))
        # A slot that is given back is the next one's.
        self.assertEqual(guests[0].post("/api/v1/chat/stop", {"message_id": replies[0]}).status, 200)
        until_text(second[0])
        for guest, reply in ((guests[1], replies[1]), (guests[2], waiting[0])):
            self.assertEqual(guest.post("/api/v1/chat/stop", {"message_id": reply}).status, 200)
        for exchange in (*first, second[0]):
            end = exchange.all_events()[-1].value
            self.assertEqual((end["type"], end["status"]), ("complete", "stopped"))
        self.assert_freed()


class Queue(ModelCase):
    server_options = {"predict": 24, "endless": True}

    def test_many_at_once_are_all_answered(self) -> None:
        server = self.own_server()
        client = self.program(server.url)
        guests = [client.guest() for _ in range(9)]
        asked = [self.companion(guest, "What are plants made of?") for guest in guests]
        wait_until("some wait", lambda: server.waiting > 0)
        for guest, exchange in zip(guests, asked, strict=True):
            end = self.assert_complete_reply(exchange)[-1].value
            self.assertEqual((end["usage"]["completion_tokens"], end["finish_reason"]), (24, "length"))
            self.assertEqual(end["metrics"]["attempts"], 1)
        server.wait_busy(0)
        self.assertEqual(server.predicted, 9 * 24)


if __name__ == "__main__":
    unittest.main()
