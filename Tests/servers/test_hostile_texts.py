"""Texts of 32 KB that rules over user text could spend much on, by one guest, into every dialect. What they cost is counted by
Tests/work."""

from __future__ import annotations

import threading
import unittest

import starts
from harness import ROOT, Client, ServerCase

# Beginnings, ends and words of what the rules look for, over and over.
PIECES = (
    "api_key=", "<", "[", "![", "`", "> ", "**", "\u201c", "\u0301", "\u202e", "@a.b ", "Schengen ", "1.1.2024-", "5 days ", "from 1 Jan to ",
    "like Dune but ", "not by ", "$AAPL ", "summarize ", "Dr. ", "5,",
)  # fmt: skip
JSON = {"Accept": "application/json"}


def text(piece: str, size: int = 32_768) -> str:
    return (piece * (size // len(piece.encode()) + 1)).encode()[:size].decode(errors="ignore")


def completion(model: str, **more):
    return "/v1/chat/completions", lambda words: {"model": model, "messages": [{"role": "user", "content": words}]} | more


ROUTES = {
    "book companion": ("/api/v1/chat/stream", lambda words: {"message": words}),
    "tutor": ("/stream-chat", lambda words: {"message": words}),
    "general agent": ("/api/agent/chat", lambda words: {"message": words}),
    "visa expert": ("/api/agent/chat", lambda words: {"message": words, "mode": "visa_expert"}),
    "desk": ("/api/chat/stream", lambda words: {"message": words, "assistantType": "general"}),
    "analysis": ("/api/v2/prompts/analyze", lambda words: {"prompt": words}),
    "insights": completion("any", enable_insights=True),
    "companion as a model": completion("noah"),
}


class HostileTexts(ServerCase):
    client: Client

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.place = cls.shared_sandbox(agents_dir=str(ROOT / "agents"))
        cls.client = starts.behind_nginx(cls.place).guest()

    def test_others_are_answered_while_one_guest_sends_them_to_all(self) -> None:
        statuses: list[int] = []

        def send(route: str, piece: str) -> None:
            path, body = ROUTES[route]
            statuses.append(self.client.request("POST", path, body(text(piece)), JSON).finish().status)

        pairs = [(route, PIECES[number % len(PIECES)]) for number, route in enumerate(ROUTES)]
        threads = [threading.Thread(target=send, args=pair) for pair in pairs]
        for thread in threads:
            thread.start()
        other = self.client.guest()
        self.assertEqual(self.client.get("/healthz").status, 200)
        self.assert_complete_reply(other.ask())
        for thread in threads:
            thread.join()
        self.assertEqual(statuses, [200] * len(pairs))


if __name__ == "__main__":
    unittest.main()
