"""Taking along and removing what is stored about oneself, through nginx and by the command line."""

from __future__ import annotations

import json
import subprocess
import unittest

import starts
from harness import PROGRAM, ServerCase, wait_until

SECRET = "Snickersnackwort"


class MyData(ServerCase):
    def setUp(self) -> None:
        self.place = self.sandbox()
        self.client = starts.behind_nginx(self.place)
        self.anna = self.client.guest()
        self.ben = self.client.guest()
        metadata = {"from": "a test"}
        self.assert_complete_reply(self.anna.ask(f"I like {SECRET} books", session_id="s1", metadata=metadata))
        self.assert_complete_reply(self.anna.ask("And what next?", session_id="s2"))
        self.assert_complete_reply(self.ben.ask("What next?", session_id="s1"))

    def is_in_a_file(self) -> bool:
        words = (SECRET.encode(), SECRET.lower().encode(), SECRET.lower().encode()[4:])
        return any(
            word in file.read_bytes() for file in (self.place.path / "data").iterdir() if file.is_file() for word in words
        )

    def run_command(self, *words: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [PROGRAM, *words, "--config", self.place.configuration_file], capture_output=True, cwd=self.place.path,
            env=self.place.environment(), check=False,
        )  # fmt: skip

    def test_an_export_has_everything_and_the_command_line_gives_the_same(self) -> None:
        answer = self.anna.get("/api/v1/me/export")
        self.assertEqual((answer.status, answer.head.get("Content-Type")), (200, "application/x-ndjson"))
        self.assertTrue(answer.whole)
        records = [json.loads(line) for line in answer.body.splitlines()]
        self.assertEqual(records[0]["type"], "user")
        self.assertEqual(records[0]["user_id"], self.anna.user_id)
        sessions = [record["session"]["session_id"] for record in records if record["type"] == "session"]
        self.assertEqual(sessions, ["s1", "s2"])
        messages = [record for record in records if record["type"] == "message"]
        exported = [record["message"] for record in messages if record["session_id"] == "s1"]
        self.assertEqual(exported, self.anna.history("s1")["messages"])
        self.assertEqual(messages[1]["turn"]["metadata"], {"from": "a test"})
        self.assertEqual(len(messages), 4)
        command = self.run_command("user", "export", self.anna.user_id)
        self.assertEqual((command.returncode, command.stdout), (0, answer.body))

    def test_a_removed_conversation_is_in_no_file(self) -> None:
        self.assertTrue(self.is_in_a_file())
        answer = self.anna.request("DELETE", "/api/v1/chat/sessions/s1").finish()
        self.assertEqual((answer.status, answer.body), (204, b""))
        wait_until("no file has the word", lambda: not self.is_in_a_file())
        self.assertEqual(self.anna.post("/api/v1/chat/search", {"query": SECRET}).json()["results"], [])
        self.assertEqual(len(self.anna.history("s2")["messages"]), 2)

    def test_a_reply_that_streams_ends_in_an_error_when_its_conversation_is_removed(self) -> None:
        place = self.sandbox(providers={"builtin": {"kind": "builtin", "pace_ms": 300}})
        guest = starts.behind_nginx(place).guest()
        exchange = guest.ask("I loved The Time Machine. What next?", session_id="s1")
        next(exchange.events())
        self.assertEqual(guest.request("DELETE", "/api/v1/chat/sessions/s1").finish().status, 204)
        events = exchange.all_events()
        # Stopped, not written to its end.
        self.assertLess(len(events), 20)
        last = events[-1]
        self.assertEqual((last.type, last.value.get("code")), ("error", "interrupted"), last.data)
        self.assertEqual(guest.get("/api/v1/chat/sessions").json()["sessions"], [])

    def test_who_is_removed_has_nothing_left_and_others_have_everything(self) -> None:
        answer = self.anna.request("DELETE", "/api/v1/me").finish()
        self.assertEqual(answer.status, 204)
        self.assertIn("Max-Age=0", answer.head.get("Set-Cookie"))
        # The token has ended too.
        for method, path in (("GET", "/api/v1/chat/sessions"), ("GET", "/api/v1/me/export"), ("DELETE", "/api/v1/me")):
            self.assert_problem(self.anna.request(method, path), 401)
        self.assertEqual(self.run_command("user", "export", self.anna.user_id).returncode, 69)
        self.assertEqual(len(self.ben.history("s1")["messages"]), 2)
        wait_until("no file has the word", lambda: not self.is_in_a_file())

    def test_the_operator_removes_a_user_by_the_command_line(self) -> None:
        command = self.run_command("user", "delete", self.anna.user_id)
        self.assertEqual(command.returncode, 0, command.stderr)
        self.assertFalse(self.is_in_a_file())
        self.assert_problem(self.anna.get("/api/v1/chat/sessions"), 401)
        self.assertEqual(self.run_command("user", "delete", self.anna.user_id).returncode, 69)
        self.assertEqual(self.run_command("user", "forget", self.anna.user_id).returncode, 64)
        self.assertEqual(self.run_command("user", "export", "no such").returncode, 69)
        self.assertEqual(self.run_command("user", "export", "no\nname").returncode, 64)


if __name__ == "__main__":
    unittest.main()
