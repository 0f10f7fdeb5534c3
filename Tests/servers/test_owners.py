"""What one user has, another neither sees nor can tell from what does not exist."""

from __future__ import annotations

import json
import unittest

import starts
from exchange import Exchange
from harness import Client, ServerCase

SECRET = "xylophone-4711"


class TwoGuests(ServerCase):
    client: Client

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.client = starts.behind_nginx(cls.shared_sandbox())
        cls.anna = cls.client.guest()
        cls.ben = cls.client.guest()

    def setUp(self) -> None:
        events = self.assert_complete_reply(self.anna.ask(f"My word is {SECRET}", session_id="s1"))
        self.message_id = events[0].value["message_id"]
        self.reply_id = events[0].value["reply_id"]

    def same(self, theirs: Exchange, none: Exchange) -> None:
        """The same answer, but for the request's own id, and but for the id that was asked for."""
        self.assertEqual(theirs.status, 404, theirs.body[:300])
        problems = []
        for answer in (theirs, none):
            problem = self.assert_problem(answer, 404)
            problem.pop("instance")
            problems.append(problem)
        self.assertEqual(problems[0], problems[1])
        self.assertNotIn(SECRET.encode(), theirs.body)

    def test_both_may_have_a_session_of_the_same_name(self) -> None:
        self.assert_complete_reply(self.ben.ask("Mine", session_id="s1"))
        contents = [message["content"] for message in self.ben.history("s1")["messages"]]
        self.assertEqual(contents[0], "Mine")
        self.assertNotIn(SECRET, json.dumps(contents))
        self.assertIn(SECRET, json.dumps(self.anna.history("s1")))

    def test_the_list_of_sessions_shows_ones_own_only(self) -> None:
        clara = self.client.guest()
        self.assertEqual(clara.get("/api/v1/chat/sessions").json()["sessions"], [])
        self.assert_complete_reply(clara.ask("Mine", session_id="c1"))
        listed = clara.get("/api/v1/chat/sessions").json()["sessions"]
        self.assertEqual([session["session_id"] for session in listed], ["c1"])
        self.assertNotIn(SECRET, json.dumps(listed))

    def test_anothers_reply_is_as_good_as_none(self) -> None:
        none = self.reply_id[:-4] + ("0000" if self.reply_id[-4:] != "0000" else "1111")
        with self.subTest("stream"):
            target = "/api/v1/chat/stream/"
            self.same(self.ben.get(target + self.reply_id), self.ben.get(target + none))
        with self.subTest("stop"):
            target = "/api/v1/chat/stop"
            self.same(self.ben.post(target, {"message_id": self.reply_id}), self.ben.post(target, {"message_id": none}))
        with self.subTest("a page of the history before another's message"):
            theirs = self.ben.post("/api/v1/chat/history", {"session_id": "s1", "before": self.message_id})
            missing = self.ben.post("/api/v1/chat/history", {"session_id": "s1", "before": none})
            self.assertEqual(theirs.status, missing.status)
            self.assertNotIn(SECRET.encode(), theirs.body)

    def test_anothers_session_cannot_be_renamed_or_removed(self) -> None:
        dora = self.client.guest()
        before = self.anna.get("/api/v1/chat/sessions").json()
        for method, body in (("PATCH", {"title": "taken"}), ("DELETE", None)):
            with self.subTest(method):
                theirs = dora.request(method, "/api/v1/chat/sessions/s1", body).finish()
                none = dora.request(method, "/api/v1/chat/sessions/nothing", body).finish()
                self.assertEqual(theirs.status, none.status)
        self.assertEqual(self.anna.get("/api/v1/chat/sessions").json(), before)

    def test_the_guest_cookie_counts_like_the_token(self) -> None:
        answer = self.client.post("/api/v1/auth/guest")
        cookie = answer.head.get("Set-Cookie")
        self.assertIsNotNone(cookie)
        for attribute in ("httponly", "samesite=lax"):
            self.assertIn(attribute, cookie.lower().replace(" ", ""))
        headers = {"Cookie": cookie.split(";")[0]}
        self.assert_complete_reply(self.client.ask("With a cookie", session_id="c1", headers=headers))
        history = self.client.request("POST", "/api/v1/chat/history", {"session_id": "c1"}, headers)
        self.assertEqual(history.json()["messages"][0]["content"], "With a cookie")


if __name__ == "__main__":
    unittest.main()
