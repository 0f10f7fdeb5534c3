"""Finding one's own messages again, through nginx."""

from __future__ import annotations

import unittest

import starts
from harness import Client, ServerCase


class Search(ServerCase):
    client: Client

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.client = starts.behind_nginx(cls.shared_sandbox())
        cls.anna = cls.client.guest()
        cls.ben = cls.client.guest()
        cls.assert_complete_reply(cls(), cls.anna.ask("Something with a Kwisatz Haderach, please", session_id="s1"))
        cls.assert_complete_reply(cls(), cls.anna.ask("I loved The Time Machine. What next?", session_id="s2"))
        cls.assert_complete_reply(cls(), cls.ben.ask("My kwisatz is mine", session_id="s1"))

    def search(self, client: Client, **body) -> list[dict]:
        answer = client.post("/api/v1/chat/search", body)
        self.assertEqual(answer.status, 200, answer.body[:300])
        return answer.json()["results"]

    def test_a_message_is_found_by_the_beginnings_of_its_words(self) -> None:
        # The reply may repeat the words of the question.
        (result,) = [result for result in self.search(self.anna, query="haderach kwis") if result["role"] == "user"]
        self.assertEqual(
            {name: result[name] for name in ("session_id", "role", "excerpt")},
            {"session_id": "s1", "role": "user", "excerpt": "Something with a Kwisatz Haderach, please"},
        )
        self.assertEqual(result["message_id"], self.anna.history("s1")["messages"][0]["message_id"])
        self.assertEqual(set(result) - {"title", "created_at"}, {"session_id", "message_id", "role", "excerpt"})

    def test_a_reply_is_found(self) -> None:
        reply = self.anna.history("s2")["messages"][1]
        longest = max((word for word in reply["content"].split() if word.isalpha()), key=len)
        found = self.search(self.anna, query=longest, session_id="s2")
        self.assertIn(reply["message_id"], [result["message_id"] for result in found])

    def test_each_finds_only_what_is_theirs(self) -> None:
        found = self.search(self.ben, query="kwisatz")
        self.assertEqual([result["excerpt"] for result in found if result["role"] == "user"], ["My kwisatz is mine"])
        own = {message["message_id"] for message in self.ben.history("s1")["messages"]}
        self.assertLessEqual({result["message_id"] for result in found}, own)
        self.assertEqual(self.search(self.ben, query="haderach"), [])

    def test_signs_of_the_query_language_are_no_mistakes(self) -> None:
        for query in ('"', "AND NOT (", "NEAR(", "a:b", "*", "'; DROP TABLE messages; --", "\x00"):
            with self.subTest(query):
                self.search(self.anna, query=query)

    def test_what_is_wrong_is_named(self) -> None:
        target = "/api/v1/chat/search"
        for body, field in (
            ({}, "query"), ({"query": ""}, "query"), ({"query": "x" * 513}, "query"), ({"query": 7}, "query"),
            ({"query": "x", "limit": 0}, "limit"), ({"query": "x", "limit": 51}, "limit"),
            ({"query": "x", "session_id": "no such"}, "session_id"),
        ):  # fmt: skip
            with self.subTest(body=str(body)[:60]):
                self.assert_problem(self.anna.post(target, body), 400, field)
        self.assert_problem(self.anna.post(target, {"query": "x", "session_id": "none"}), 404)
        self.assert_problem(self.client.with_token(None).post(target, {"query": "x"}), 401)


if __name__ == "__main__":
    unittest.main()
