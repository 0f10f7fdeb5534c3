"""Texts of 32 KB that rules over user text could spend much on, by one guest, into every dialect."""

from __future__ import annotations

import re
import threading
import unittest

import starts
from harness import ROOT, Client, ServerCase

# Beginnings, ends and words of what the rules look for, over and over.
PIECES = (
    "api_key=", "<", "[", "![", "`", "> ", "**", "\u201c", "\u0301", "\u202e", "@a.b ", "Schengen ", "1.1.2024-", "5 days ", "from 1 Jan to ",
    "like Dune but ", "not by ", "$AAPL ", "summarize ", "Dr. ", "5,",
)  # fmt: skip
PLAIN = "words of a question "
# The rules that read users' texts for the agents. What they look for is written in them, and found there: a new rule's too.
RULES = ("Sources/Agents", "Sources/Knowledge", "Sources/Markets")
LITERAL = re.compile(r'"((?:[^"\\\n]|\\["n]){1,40})"')
WORDS_OF_TEXT = 200
JSON = {"Accept": "application/json"}


def text(piece: str, size: int = 32_768) -> str:
    return (piece * (size // len(piece.encode()) + 1)).encode()[:size].decode(errors="ignore")


def texts_of_rules() -> list[str]:
    """All words of the rules, some in each text, which has each of them many times: what is looked for from each on is found late."""
    found = {word.replace('\\"', '"').replace("\\n", "\n") for folder in RULES for file in sorted((ROOT / folder).rglob("*.swift"))
             for word in LITERAL.findall(file.read_text())}  # fmt: skip
    words = sorted(found, key=lambda word: (len(word), word))
    return [text(" ".join(words[start : start + WORDS_OF_TEXT]) + " ") for start in range(0, len(words), WORDS_OF_TEXT)]


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
        cls.program = next(process for process in cls.place.processes if process.name == "chat-fcgi")

    def cost(self, route: str, words: str) -> float:
        """What an answer takes of a processor, in seconds."""
        path, body = ROUTES[route]
        before = self.program.cpu_seconds()
        answer = self.client.request("POST", path, body(words), JSON).finish()
        self.assertEqual(answer.status, 200, (route, answer.body[:300]))
        return self.program.cpu_seconds() - before

    def test_no_text_costs_many_times_what_plain_words_of_its_length_do(self) -> None:
        for route in ROUTES:
            # What is quadratic in 32 KB takes many seconds; the least of a processor's time that is counted is 10 ms.
            most = 20 * max(self.cost(route, text(PLAIN)), 0.1)
            for number, piece in enumerate(PIECES):
                # Most dialects have a third of them each: what they share is the same code.
                if (number + len(route)) % 3 == 0 or route in ("analysis", "book companion"):
                    with self.subTest(route=route, piece=piece):
                        self.assertLess(self.cost(route, text(piece)), most)

    def test_the_words_of_every_rule_cost_not_many_times_what_plain_words_do(self) -> None:
        texts = texts_of_rules()
        self.assertGreater(len(texts), 10)
        routes = ("book companion", "tutor", "visa expert", "desk")
        for number, route in enumerate(routes):
            most = 20 * max(self.cost(route, text(PLAIN)), 0.1)
            # Each text goes to the agent with most rules, and to one of the others.
            for part, words in enumerate(texts):
                if number == 0 or part % (len(routes) - 1) == number - 1:
                    with self.subTest(route=route, words=words[:80]):
                        self.assertLess(self.cost(route, words), most)

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
