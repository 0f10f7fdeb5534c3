"""Keys that the operator makes for programs: made, read, limited, taken back; and whom they speak for."""

from __future__ import annotations

import json
import re
import subprocess
import unittest

import starts
from harness import PROGRAM, CGIClient, Client, Sandbox, ServerCase

ME, SESSIONS, COMPLETIONS = "/api/v1/auth/me", "/api/v1/chat/sessions", "/v1/chat/completions"


class ServiceKeys(ServerCase):
    place: Sandbox
    client: Client

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        # Limits that only a key can go beyond.
        cls.place = cls.shared_sandbox(limits={"requests_per_minute": 6, "streams_per_user": 1})
        cls.client = starts.own_socket(cls.place)

    def key(self, *words: str, code: int = 0) -> str:
        result = subprocess.run([PROGRAM, "key", *words], capture_output=True, text=True, check=False, env=self.place.environment())
        self.assertEqual(result.returncode, code, result.stdout + result.stderr)
        return result.stdout

    def made(self, name: str, *words: str) -> Client:
        text = self.key("create", "--name", name, *words).strip()
        self.assertRegex(text, r"\Achatfcgi_[0-9a-f]{16}_[0-9a-f]{64}\Z")
        return self.client.with_token(text)

    def test_a_key_works_until_it_is_revoked_in_every_process_and_is_kept_as_a_digest(self) -> None:
        program = self.made("front end")
        me = program.get(ME).json()
        self.assertEqual(me["user_id"], "key_" + program.token.split("_")[1])
        for name in ("X-API-Key", "Api-Key"):
            self.assertEqual(self.client.get(ME, headers={name: program.token}).json(), me)
        cgi = CGIClient(self.place, [PROGRAM]).with_token(program.token)
        self.assertEqual(cgi.get(ME).json(), me)
        self.assertIn("there is a key named", self.failed("create", "--name", "front end", code=73))
        self.assertRegex(self.key("list"), r"front end  key_[0-9a-f]{16}  200 streams, made ")
        secret = program.token.split("_")[2].encode()
        for file in self.place.path.rglob("*"):
            if file.is_file():
                self.assertNotIn(secret, file.read_bytes(), file)
        # Not by itself: who has stolen it could not be told from its program.
        for scope in ("here", "everywhere", "elsewhere"):
            problem = self.assert_problem(program.post("/api/v1/auth/logout", {"scope": scope}), 403)
            self.assertIn("chat-fcgi key revoke", problem["detail"])
        self.key("revoke", "front end")
        for client in (program, cgi):
            self.assert_problem(client.get(ME), 401)
        self.assertIn("revoked", self.key("list"))
        self.key("revoke", "front end", code=69)
        for words in (["create"], ["create", "--name", "a\nb"], ["create", "--name", "x", "--streams", "0"], ["erase"], []):
            self.key(*words, code=64)

    def failed(self, *words: str, code: int) -> str:
        result = subprocess.run([PROGRAM, "key", *words], capture_output=True, text=True, check=False, env=self.place.environment())
        self.assertEqual(result.returncode, code)
        return result.stderr

    def test_a_key_has_the_limits_that_it_was_made_with(self) -> None:
        free = self.made("unlimited")
        self.assertEqual({free.get(SESSIONS).status for _ in range(20)}, {200})
        few = self.made("few", "--requests-per-minute", "3")
        self.assertEqual([few.get(SESSIONS).status for _ in range(4)], [200, 200, 200, 429])

    def test_a_key_that_acts_for_users_speaks_for_each_of_them(self) -> None:
        program = self.made("open-webui", "--acts-for-users")
        ann, bob = {"X-User": "ann@example.org"}, {"X-User": "bob@example.org"}
        reply = self.assert_complete_reply(program.ask("My word is xylophone", session_id="s1", headers=ann))
        self.assertEqual(len(program.get(SESSIONS, headers=ann).json()["sessions"]), 1)
        self.assertEqual(program.get(SESSIONS, headers=bob).json()["sessions"], [])
        self.assertEqual(program.get(SESSIONS).json()["sessions"], [])
        self.assert_problem(program.get(f"/api/v1/chat/stream/{reply[0].value['reply_id']}", headers=bob), 404)
        self.assertEqual(program.get(ME, headers=ann).json()["name"], "ann@example.org")
        # Another key's user of the same name is another one.
        other = self.made("other", "--acts-for-users")
        self.assertEqual(other.get(SESSIONS, headers=ann).json()["sessions"], [])
        # Each has the limits of a user.
        carol = {"X-User": "carol"}
        self.assertEqual([program.get(SESSIONS, headers=carol).status for _ in range(7)], [200] * 6 + [429])
        self.assertEqual(program.get(SESSIONS, headers={"X-User": "dora"}).status, 200)
        for name in ("x" * 257, "a\x01b"):
            self.assert_problem(program.get(SESSIONS, headers={"X-User": name}), 400, "X-User")
        self.assert_problem(self.made("alone").get(SESSIONS, headers=ann), 403)
        guest = self.client.guest()
        self.assertEqual(guest.get(ME, headers=ann).json()["user_id"], guest.user_id)

    def test_a_chat_completion_names_its_user_in_the_body(self) -> None:
        program = self.made("completions", "--acts-for-users")
        body = {"model": "noah", "messages": [{"role": "user", "content": "A book on whales"}], "store": True}
        for name, more in (("erin", {"user": "erin"}), ("finn", {"safety_identifier": "finn", "user": "erin"})):
            answer = program.post(COMPLETIONS, body | more)
            self.assertEqual(answer.status, 200, answer.body[:300])
            self.assertEqual(len(program.get(SESSIONS, headers={"X-User": name}).json()["sessions"]), 1)
        # The header goes first.
        self.assertEqual(program.post(COMPLETIONS, body | {"user": "erin"}, headers={"X-User": "gina"}).status, 200)
        self.assertEqual(len(program.get(SESSIONS, headers={"X-User": "gina"}).json()["sessions"]), 1)
        self.assertEqual(len(program.get(SESSIONS, headers={"X-User": "erin"}).json()["sessions"]), 1)
        self.assert_problem_of_openai(program.post(COMPLETIONS, body | {"user": "a\nb"}))
        # A guest's field is its own business.
        guest = self.client.guest()
        self.assertEqual(guest.post(COMPLETIONS, body | {"user": "erin"}).status, 200)
        self.assertEqual(len(guest.get(SESSIONS).json()["sessions"]), 1)
        users = subprocess.run([PROGRAM, "usage"], capture_output=True, text=True, check=True, env=self.place.environment()).stdout
        self.assertTrue(re.search(r"key_[0-9a-f]{16}:erin", users), users)

    def assert_problem_of_openai(self, answer) -> None:
        self.assertEqual(answer.status, 400)
        self.assertIn("user", json.loads(answer.body)["error"]["message"])


class TakingOver(ServerCase):
    def test_who_signs_in_keeps_the_conversations_of_the_guest(self) -> None:
        place = self.sandbox(auth={"mode": ["proxy", "guest"]})
        client = starts.own_socket(place)
        guest = client.guest()
        self.assert_complete_reply(guest.ask("My word is xylophone", session_id="s1"))
        key = subprocess.run([PROGRAM, "key", "create", "--name", "x"], capture_output=True, text=True, check=True, env=place.environment())
        own = client.with_token(key.stdout.strip())
        target = "/api/v1/auth/takeover"
        for body in (None, {"token": "x"}, {"token": key.stdout.strip()}):
            self.assert_problem(own.request("POST", target, body).finish(), 400, "token")
        self.assert_problem(guest.post(target, {"token": guest.token}), 403)
        answer = own.request("POST", target, headers={"Cookie": f"chat_fcgi_guest={guest.token}"}).finish()
        self.assertEqual(answer.status, 200, answer.body[:300])
        self.assertEqual((answer.json()["previous_user_id"], answer.json()["conversations"]), (guest.user_id, 1))
        self.assertIn("Max-Age=0", answer.head.get("Set-Cookie"))
        self.assertIn("xylophone", json.dumps(own.history("s1")))
        found = own.post("/api/v1/chat/search", {"query": "xylophone"}).json()["results"]
        self.assertEqual([message["excerpt"] for message in found if message["role"] == "user"], ["My word is xylophone"])
        self.assert_problem(guest.get(SESSIONS), 401)
        self.assert_problem(own.post(target, {"token": guest.token}), 400, "token")


if __name__ == "__main__":
    unittest.main()
