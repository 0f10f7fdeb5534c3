"""The same requests through every web server and every way of starting the program give the same answers."""

from __future__ import annotations

import re
import unittest

import starts
from exchange import joined
from harness import QUESTION, Client, Sandbox, ServerCase, text_of

IDENTIFIER = re.compile(r"\b(msg|ses|usr|wf)_[0-9a-zA-Z-]+")
# Different from one turn to the next by their nature.
PASSING = {"created_at", "updated_at", "metrics"}


def lasting(value):
    """The value without ids, times and measurements."""
    if isinstance(value, dict):
        return {key: lasting(item) for key, item in value.items() if key not in PASSING}
    if isinstance(value, list):
        return [lasting(item) for item in value]
    return IDENTIFIER.sub(r"\1_…", value) if isinstance(value, str) else value


class EveryStart:
    """Mixed into one class for each way."""

    start = None
    client: Client
    _reference: list | None = None

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.client = cls.start(cls.shared_sandbox())

    @classmethod
    def reference(cls) -> list:
        """What the program answers without anything in between, once for all classes."""
        if EveryStart._reference is None:
            sandbox = Sandbox()
            try:
                guest = starts.own_socket(sandbox).guest()
                EveryStart._reference = [(number, lasting(value)) for number, value in joined(guest.ask(session_id="s1").all_events())]
            finally:
                sandbox.close()
        return EveryStart._reference

    def test_the_same_question_gives_the_same_events(self) -> None:
        events = self.assert_complete_reply(self.client.guest().ask(session_id="s1"))
        self.assertEqual([(number, lasting(value)) for number, value in joined(events)], self.reference())

    def test_the_history_holds_the_streamed_text_byte_for_byte(self) -> None:
        guest = self.client.guest()
        question = "“Déjà vu” – what's like it? \r\n\t📚 e\u0301"
        events = self.assert_complete_reply(guest.ask(question, session_id="s1"))
        mine, reply = guest.history("s1")["messages"]
        self.assertEqual((mine["role"], mine["content"].encode()), ("user", question.encode()))
        self.assertEqual(mine["message_id"], events[0].value["message_id"])
        self.assertEqual((reply["role"], reply["status"]), ("assistant", "complete"))
        self.assertEqual(reply["message_id"], events[0].value["reply_id"])
        self.assertEqual(reply["content"].encode(), text_of(events).encode())
        self.assertTrue(reply["content"])

    def test_the_message_is_stored_when_the_first_event_says_so(self) -> None:
        guest = self.client.guest()
        with guest.ask(session_id="s1") as exchange:
            first = next(exchange.events())
            self.assertEqual(first.type, "user_message_received")
            stored = guest.history("s1")["messages"]
            self.assertEqual(stored[0]["message_id"], first.value["message_id"])
            self.assertEqual(stored[0]["content"], QUESTION)

    def test_a_stream_says_what_it_is_and_is_kept_by_nobody(self) -> None:
        guest = self.client.guest()
        exchange = guest.ask(headers={"X-Request-Id": "trace-1"})
        self.assertEqual(exchange.head.get("Content-Type").replace(" ", "").split(";")[0], "text/event-stream")
        self.assertEqual(exchange.head.get("Cache-Control"), "no-cache, no-transform")
        self.assertEqual(exchange.head.all("X-Request-Id"), ["trace-1"])
        exchange.finish()

    def test_a_client_that_wants_json_gets_one_object(self) -> None:
        answer = self.client.guest().ask(headers={"Accept": "application/json"}).finish()
        self.assertEqual(answer.status, 200, answer.body[:500])
        self.assertEqual(answer.head.get("Content-Type").split(";")[0], "application/json")
        self.assertIsInstance(answer.json(), dict)

    def test_a_trailing_slash_and_a_query_make_no_difference(self) -> None:
        for target in ("/healthz", "/healthz/", "/healthz?x=1", "/healthz/?x=1"):
            with self.subTest(target):
                self.assertEqual(self.client.get(target).status, 200)

    def test_errors_are_problems_in_every_setting(self) -> None:
        guest = self.client.guest()
        self.assert_problem(guest.post("/api/v1/chat/stream", b"{not json"), 400)
        self.assert_problem(guest.get("/api/v1/nowhere"), 404)
        problem = guest.get("/api/v1/chat/stream")
        self.assert_problem(problem, 405)
        self.assertIn("POST", problem.head.get("Allow") or "")
        self.assert_problem(self.client.ask(), 401)

    def test_the_longest_message_arrives_whole(self) -> None:
        guest = self.client.guest()
        longest = "x" * 32_767 + "y"
        self.assert_complete_reply(guest.ask(longest, session_id="long"))
        self.assertEqual(guest.history("long")["messages"][0]["content"], longest)


def case(name: str, start) -> type:
    return type(name, (EveryStart, ServerCase), {"start": staticmethod(start), "__module__": __name__})


OwnSocket = case("OwnSocket", starts.own_socket)
OwnPort = case("OwnPort", starts.own_port)
BehindNginx = case("BehindNginx", starts.behind_nginx)
BehindLighttpd = case("BehindLighttpd", starts.behind_lighttpd)
LighttpdCGI = case("LighttpdCGI", starts.lighttpd_cgi)
PlainCGI = case("PlainCGI", starts.plain_cgi)
ApacheCGI = case("ApacheCGI", starts.apache_cgi)
CGIWrapper = case("CGIWrapper", starts.cgi_wrapper)
SpawnFCGI = case("SpawnFCGI", starts.spawn_fcgi)
CGIFCGIStart = case("CGIFCGIStart", starts.cgi_fcgi_start)
CGIFCGIBridge = case("CGIFCGIBridge", starts.cgi_fcgi_bridge)
SystemdSocket = case("SystemdSocket", starts.systemd_socket)

if __name__ == "__main__":
    unittest.main()
