"""What was ended lets nobody read on: streams that are open with a token or a key that is taken back, in whichever process."""

from __future__ import annotations

import subprocess
import sys
import unittest
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "faults"))

from exchange import Exchange  # noqa: E402
from harness import PROGRAM, Client, FastCGIClient, ServerCase  # noqa: E402
from model import Model  # noqa: E402

LOGOUT, EVENTS, LIVE, COMPLETIONS = "/api/v1/auth/logout", "/api/v1/me/events", "/api/v1/live?session_id=s1", "/v1/chat/completions"
QUESTION = {"model": "m", "stream": True, "messages": [{"role": "user", "content": "hi"}]}


class Revocation(ServerCase):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.model = Model(pieces=100_000, pause_s=0.05)
        cls.addClassCleanup(cls.model.close)
        cls.place = cls.shared_sandbox(**cls.model.configuration() | {"limits": {"requests_per_minute": 0}, "stream": {"drain_timeout_ms": 100}})
        cls.place.serve()
        cls.first = FastCGIClient(cls.place.socket)
        cls.place.serve(listen=f"unix:{cls.place.path}/second.sock")
        cls.second = FastCGIClient(f"{cls.place.path}/second.sock")

    def command(self, *words: str) -> str:
        result = subprocess.run([PROGRAM, *words], env=self.place.environment(), check=True, capture_output=True, text=True)
        return result.stdout.strip()

    def open(self, client: Client, **headers: str) -> tuple[dict[str, Exchange], str]:
        """One stream of each kind, each with its first event read; and the reply that the turn writes."""
        turn = client.ask(headers=headers)
        reply = next(turn.events()).value["reply_id"]
        opened = {
            "turn": turn,
            "follower": client.request("GET", f"/api/v1/chat/stream/{reply}", headers=headers),
            "changes": client.request("GET", EVENTS, headers=headers),
            "live": client.request("GET", LIVE, headers=headers),
            "completion": client.request("POST", COMPLETIONS, QUESTION, headers=headers),
        }
        for what, stream in opened.items():
            self.addCleanup(stream.close)
            self.assertEqual(stream.status, 200, what)
            next(stream.events())
        return opened, reply

    def assert_ended(self, opened: dict[str, Exchange]) -> None:
        for what, stream in opened.items():
            with self.subTest(what):
                last = [event.value for event in stream.events()][-1]
                if what in ("changes", "live"):
                    self.assertEqual(last, {"type": "events_ended" if what == "changes" else "live_ended"})
                    self.assertTrue(stream.whole)
                else:
                    # Cut off in the middle of an answer that goes on for an hour.
                    self.assertFalse(stream.whole)

    def assert_open(self, opened: dict[str, Exchange]) -> None:
        for what in ("turn", "follower", "completion"):
            events = opened[what].events()
            for _ in range(3):
                next(events)

    def test_a_logout_ends_the_streams_of_what_it_ends_and_no_others(self) -> None:
        guest, other = self.first.guest(), self.first.guest()
        # Another token of the same guest's, not renewed from the first.
        more = self.command("token", "--user", guest.user_id)
        there, others = self.second.with_token(guest.token), self.second.with_token(other.token)
        mine, _ = self.open(there)
        self.assertEqual(guest.post(LOGOUT, {}).status, 204)
        self.assert_ended(mine)
        self.assert_problem(there.get(EVENTS), 401)

        again = self.second.with_token(more)
        (mine, reply), (theirs, _) = self.open(again), self.open(others)
        fresh = self.first.with_token(more).post(LOGOUT, {"scope": "elsewhere"})
        self.assertEqual(fresh.status, 200)
        self.assert_ended(mine)
        self.assert_open(theirs)
        # The turn goes on, and who holds the token that is left reads it.
        back, _ = self.open(self.second.with_token(fresh.json()["token"]))
        follower = self.first.with_token(fresh.json()["token"]).request("GET", f"/api/v1/chat/stream/{reply}")
        self.addCleanup(follower.close)
        events = follower.events()
        for _ in range(20):
            self.assertNotIn(next(events).type, ("complete", "error"))

        self.command("user", "logout", guest.user_id)
        self.assert_ended(back)
        self.assert_ended({"follower": follower})
        self.assertEqual(others.request("DELETE", "/api/v1/me").finish().status, 204)
        self.assertEqual([event.type for event in theirs["changes"].events()][-1], "events_ended")
        self.assertEqual([event.type for event in theirs["live"].events()][-1], "live_ended")

    def test_a_key_that_is_taken_back_ends_the_streams_of_its_program_and_its_users(self) -> None:
        key = self.command("key", "create", "--name", "front end", "--acts-for-users")
        kept = self.second.with_token(self.command("key", "create", "--name", "another"))
        program = self.second.with_token(key)
        own, _ = self.open(program)
        acted, _ = self.open(program, **{"X-User": "ann"})
        others, _ = self.open(kept)
        self.command("key", "revoke", "front end")
        self.assert_ended(own)
        self.assert_ended(acted)
        self.assert_open(others)


if __name__ == "__main__":
    unittest.main()
