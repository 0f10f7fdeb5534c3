"""Who waits for a whole reply and leaves has left, in every dialect: the provider is not paid for nobody."""

from __future__ import annotations

import threading
import unittest

import starts
from harness import PROGRAM, ROOT, CGIClient, Client, ServerCase, wait_until
from provider import Provider, answers, configuration

WHOLE = {"Accept": "application/json"}
DESK = {"message": "Hello there", "assistantType": "general", "sessionId": "s1"}
ANALYSIS = {"message": "Give me a full analysis of DEMO1 and DEMO2", "assistantType": "analyst", "sessionId": "s1"}
COMPLETION = {"model": "scripted", "messages": [{"role": "user", "content": "x"}]}

# A request whose whole reply somebody waits for.
WAITING = {
    "the book companion": ("/api/v1/chat/stream", {"message": "x", "session_id": "s1"}),
    "the tutor": ("/stream-chat", {"message": "x", "sessionId": "s1"}),
    "a chat completion": ("/api/v2/chat/completions", COMPLETION),
    "a stored chat completion": ("/api/v2/chat/completions", COMPLETION | {"store": True}),
    "the plain agent": ("/api/agent/chat", {"message": "x", "session_id": "s1"}),
    "the desk": ("/api/chat/stream", DESK),
    "a workflow's reply": ("/api/chat/stream", ANALYSIS),
}


class Leaving(ServerCase):
    start = staticmethod(starts.behind_nginx)

    def stage(self, grace_ms: int) -> Client:
        self.gate = threading.Event()
        self.addCleanup(self.gate.set)
        self.model = Provider(answers(["One ", "two"]).held(self.gate, before=1))
        self.addCleanup(self.model.close)
        # The provider of these tests can wait; only the client's leaving ends a call.
        settings = configuration(
            self.model, stream={"detach_grace_ms": grace_ms}, clocks={"idle_ms": 600_000, "first_token_ms": 600_000})  # fmt: skip
        return self.start(self.sandbox(agents_dir=str(ROOT / "agents"), **settings)).guest()

    def asked(self, before: int = 0) -> None:
        wait_until("the provider was asked", lambda: len(self.model.calls) > before)

    def assert_nobody_is_served(self, before: int = 0) -> None:
        # A workflow has several calls under way; those that it has yet to make are not made.
        wait_until("the provider's connections are closed", lambda: self.model.left == len(self.model.calls) > before)

    @staticmethod
    def is_whole(guest: Client) -> bool:
        # The model is asked while its question is still being written.
        answer = guest.post("/api/v1/chat/history", {"session_id": "s1"})
        return answer.status == 200 and answer.json()["messages"][-1]["status"] == "complete"

    def test_the_call_ends_when_the_grace_period_is_over(self) -> None:
        for name, (target, body) in WAITING.items():
            with self.subTest(name):
                guest = self.stage(grace_ms=50)
                exchange = guest.request("POST", target, body, WHOLE)
                self.asked()
                exchange.close()
                self.assert_nobody_is_served()

    def test_a_further_reply_to_a_message_is_no_different(self) -> None:
        guest = self.stage(grace_ms=50)
        self.gate.set()
        first = guest.post("/api/v1/chat/stream", {"message": "x", "session_id": "s1"}, headers=WHOLE).json()
        self.assertEqual(first["content"], "One two")
        self.gate.clear()
        before = len(self.model.calls)
        exchange = guest.request("POST", "/api/v1/chat/regenerate", {"message_id": first["message_id"]}, WHOLE)
        self.asked(before)
        exchange.close()
        wait_until("the provider's connection is closed", lambda: self.model.left == 1)
        wait_until("the reply is ended", lambda: guest.history("s1")["messages"][-1]["status"] == "interrupted")

    def test_who_waits_for_a_reply_or_a_workflow_that_another_began_leaves_as_well(self) -> None:
        for follows in ("reply", "workflow"):
            with self.subTest(follows):
                guest = self.stage(grace_ms=50)
                stream = guest.request("POST", "/api/chat/stream", ANALYSIS)
                started = next(event for event in stream.events() if event.type == "chat_started").value["messageId"]
                target = {
                    "reply": f"/api/chat/stream/{started}",
                    "workflow": f"/api/chat/workflows/{started.replace('msg_', 'wf_')}/events",
                }[follows]
                waiting = guest.request("GET", target, headers=WHOLE)
                self.asked()
                # In this order: a CGI process ends with its turn, which goes on as long as anybody waits, in any process.
                waiting.close()
                stream.close()
                self.assert_nobody_is_served()

    def test_within_the_grace_period_the_reply_goes_on_for_who_comes_back(self) -> None:
        for name, (target, body) in WAITING.items():
            if "s1" not in body.values():
                continue
            with self.subTest(name):
                guest = self.stage(grace_ms=600_000)
                exchange = guest.request("POST", target, body, WHOLE)
                self.asked()
                exchange.close()
                self.gate.set()
                wait_until("the reply is whole", lambda g=guest: self.is_whole(g))
                self.assertEqual(self.model.left, 0)

    def test_a_chat_completion_that_nobody_keeps_ends_at_once(self) -> None:
        guest = self.stage(grace_ms=600_000)
        exchange = guest.request("POST", "/api/v2/chat/completions", COMPLETION)
        self.asked()
        exchange.close()
        self.assert_nobody_is_served()


class LeavingACGIProcess(Leaving):
    """The web server closes the pipe. (lighttpd 1.4.69 notices a client that has left only when it has something to send.)"""

    start = staticmethod(lambda sandbox: CGIClient(sandbox, [PROGRAM]))
    # This client waits for the end of a process that it has left. For streams it is in test_streaming.
    test_within_the_grace_period_the_reply_goes_on_for_who_comes_back = None


if __name__ == "__main__":
    unittest.main()
