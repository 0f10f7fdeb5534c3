"""Questions that are edited, in each dialect, and pages of the history around a message."""

from __future__ import annotations

import json
import unittest

import starts
from exchange import Exchange
from harness import ROOT, Client, ServerCase
from provider import Provider, answers, configuration

SESSION = "s1"


def body(dialect: str, text: str, edits: str | None, session: str | None = SESSION, how: str = "edits") -> tuple[str, dict]:
    """Where a question is sent in a dialect, and its body."""
    edited = {how: edits} if edits else {}
    match dialect:
        case "companion":
            return "/api/v1/chat/stream", {"message": text, "session_id": session} | edited
        case "tutor":
            return "/stream-chat", {"message": text, "sessionId": session} | edited
        case "openai":
            return "/v1/chat/completions", {"model": "any", "store": True, "metadata": {"session_id": session} | edited,
                                            "messages": [{"role": "user", "content": text}]}
        case "agent":
            return "/api/agent/chat", {"message": text, "session_id": session, "mode": "general"} | edited
    return "/api/chat/stream", {"message": text, "sessionId": session, "assistantType": "general"} | edited


class EditedQuestions(ServerCase):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.model = Provider(answers(("Well ", "said.")))
        cls.addClassCleanup(cls.model.close)
        settings = configuration(cls.model, limits={"requests_per_minute": 0})
        cls.client: Client = starts.behind_nginx(cls.shared_sandbox(agents_dir=str(ROOT / "agents"), **settings))

    def ask(self, guest: Client, dialect: str, text: str, edits: str | None = None, **more) -> Exchange:
        target, given = body(dialect, text, edits, **more)
        return guest.post(target, given)

    def asked(self, guest: Client) -> list[dict]:
        return [each for each in guest.history(SESSION, limit=200)["messages"] if each["role"] == "user"]

    def test_a_model_is_given_what_stands_before_the_edited_question_in_every_dialect(self) -> None:
        for dialect in ("companion", "tutor", "openai", "agent", "desk"):
            with self.subTest(dialect):
                guest = self.client.guest()
                for text in ("apples first", "pears second", "plums third"):
                    self.assertEqual(self.ask(guest, "agent", text).status, 200)
                second = self.asked(guest)[1]["message_id"]
                self.assertEqual(self.ask(guest, dialect, "cherries instead", second).status, 200)
                self.assertEqual(self.ask(guest, "agent", "and now?").status, 200)
                given = json.dumps(self.model.calls[-1]["messages"])
                for word, isGiven in (("apples", True), ("cherries", True), ("pears", False), ("plums", False)):
                    self.assertEqual(word in given, isGiven, f"{word}: {given[:2000]}")
                told = self.asked(guest)
                self.assertEqual([each["content"] for each in told], ["apples first", "pears second", "plums third", "cherries instead", "and now?"])
                self.assertEqual([each.get("edits") for each in told], [None, None, None, second, None])
                exported = [json.loads(line) for line in guest.get("/api/v1/me/export").body.splitlines()]
                self.assertEqual([each["message"]["edits"] for each in exported if "edits" in each.get("message", {})], [second])

    def test_a_model_is_given_the_earlier_version_that_a_question_goes_on_from_in_every_dialect(self) -> None:
        for dialect in ("companion", "tutor", "openai", "agent", "desk"):
            with self.subTest(dialect):
                guest = self.client.guest()
                self.ask(guest, "agent", "apples first")
                first = self.asked(guest)[0]["message_id"]
                self.ask(guest, "agent", "pears instead", first)
                self.assertEqual(self.ask(guest, dialect, "cherries after apples", first, how="after").status, 200)
                self.assertEqual(self.ask(guest, "agent", "and now?").status, 200)
                given = json.dumps(self.model.calls[-1]["messages"])
                for word, isGiven in (("apples first", True), ("cherries", True), ("pears", False)):
                    self.assertEqual(word in given, isGiven, f"{word}: {given[:2000]}")
                pears = self.asked(guest)[1]["message_id"]
                self.assertEqual([each.get("edits") for each in self.asked(guest)], [None, first, pears, None])

    def test_a_question_is_edited_or_goes_on_from_another_not_both(self) -> None:
        guest = self.client.guest()
        self.ask(guest, "agent", "mine")
        mine = self.asked(guest)[0]["message_id"]
        both = {"message": "new", "session_id": SESSION, "edits": mine, "after": mine}
        self.assert_problem(guest.post("/api/v1/chat/stream", both), 400, "after")
        self.assert_problem(guest.post("/api/v1/chat/stream", {"message": "new", "after": mine}), 400, "after")
        self.assertEqual(self.ask(guest, "agent", "new", "msg_none", how="after").status, 404)

    def test_a_stored_completion_tells_where_it_is_in_the_history(self) -> None:
        guest = self.client.guest()
        target, given = body("openai", "keep this", None)
        whole = guest.post(target, given).json()["chat_fcgi"]
        streamed = guest.post(target, given | {"stream": True}).body.decode()
        first = json.loads(streamed.partition("data: ")[2].partition("\n")[0])
        for place, asked in zip((whole, first["chat_fcgi"]), (0, 2), strict=True):
            messages = guest.history(SESSION)["messages"]
            self.assertEqual([place[name] for name in ("session_id", "user_message_id", "message_id")],
                             [SESSION, messages[asked]["message_id"], messages[asked + 1]["message_id"]])
        unkept = guest.post(target, {name: value for name, value in given.items() if name not in ("store", "metadata")}).json()
        self.assertNotIn("message_id", unkept["chat_fcgi"])

    def test_what_is_not_a_question_of_the_session_is_not_edited(self) -> None:
        guest, other = self.client.guest(), self.client.guest()
        for client in (guest, other):
            self.ask(client, "agent", "mine")
        reply = guest.history(SESSION)["messages"][1]["message_id"]
        for dialect in ("companion", "tutor", "openai", "agent", "desk"):
            for edited in (reply, self.asked(other)[0]["message_id"], "msg_none"):
                with self.subTest(dialect, edited=edited):
                    self.assertEqual(self.ask(guest, dialect, "new", edited).status, 404)
            with self.subTest(dialect, edited="without a session"):
                refused = self.ask(guest, dialect, "new", reply, session=None)
                self.assertEqual(refused.status, 400)
                self.assertIn("edits", refused.body.decode())
        self.assertEqual(len(self.asked(guest)), 1)

    def test_a_page_around_a_message_is_read_on_in_both_directions(self) -> None:
        guest = self.client.guest()
        for number in range(6):
            self.ask(guest, "agent", f"question {number}")
        whole = guest.history(SESSION)
        self.assertIsNone(whole["next_after"])
        ids = [each["message_id"] for each in whole["messages"]]
        around = guest.history(SESSION, around=ids[6], limit=4)
        self.assertEqual([each["message_id"] for each in around["messages"]], ids[4:8])
        self.assertEqual((around["next_before"], around["next_after"], around["has_more"]), (ids[4], ids[7], True))
        self.assertEqual([each["message_id"] for each in guest.history(SESSION, after=ids[7])["messages"]], ids[8:])
        self.assertEqual(guest.history(SESSION, before=ids[4], limit=2)["next_after"], ids[3])
        self.assertEqual(guest.history(SESSION, around="msg_none")["messages"], [])
        self.assertEqual(guest.get(f"/api/agent/sessions/{SESSION}?limit=4&around={ids[6]}").json(), around)
        two = {"before": ids[1], "around": ids[2]}
        for refused in (guest.post("/api/v1/chat/history", {"session_id": SESSION} | two), guest.get(f"/api/agent/sessions/{SESSION}?before={ids[1]}&around={ids[2]}")):
            self.assert_problem(refused, 400, "around")


if __name__ == "__main__":
    unittest.main()
