"""What answers took, and the day's limit on tokens, through nginx and by the command line; a language model's server answers."""

from __future__ import annotations

import json
import subprocess
import sys
import unittest
from datetime import datetime, timedelta, timezone
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "faults"))

import starts  # noqa: E402
from harness import PROGRAM, QUESTION, Client, Sandbox, ServerCase, free_port, wait_until  # noqa: E402
from model import Model  # noqa: E402


class Usage(ServerCase):
    def place(self, model: Model | None, **configuration) -> tuple[Sandbox, Client]:
        if model:
            self.addCleanup(model.close)
            configuration = model.configuration() | configuration
        place = self.sandbox(**configuration)
        return place, starts.behind_nginx(place)

    def usage(self, guest: Client, query: str = "") -> dict:
        answer = guest.get(f"/api/v1/me/usage{query}")
        self.assertEqual(answer.status, 200, answer.body[:500])
        return answer.json()

    def rows(self, guest: Client) -> list[dict]:
        """The day's sums. A test that runs over midnight in UTC has them in two days."""
        return [row for day in self.usage(guest)["days"] for row in day["providers"]]

    def run_command(self, place: Sandbox, *words: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [PROGRAM, *words, "--config", place.configuration_file], capture_output=True, text=True, cwd=place.path,
            env=place.environment(), check=False,
        )  # fmt: skip

    def test_who_has_spent_the_tokens_of_the_day_is_refused_until_midnight(self) -> None:
        _, client = self.place(Model(pieces=20, pause_s=0), limits={"tokens_per_day": 20})
        guest = client.guest()
        last = self.assert_complete_reply(guest.ask(session_id="s1", headers={"Idempotency-Key": "k"}))[-1].value
        self.assertGreaterEqual(last["usage"]["total_tokens"], 20)
        used = self.usage(guest)["limit"]["used_today"]
        self.assertEqual(used, last["usage"]["total_tokens"])
        refused = guest.ask(session_id="s1").finish()
        problem = self.assert_problem(refused, 429)
        self.assertEqual(problem["code"], "token_limit_reached")
        self.assertIn(f"{used} of 20", problem["detail"])
        now = datetime.now(timezone.utc)
        midnight = datetime(now.year, now.month, now.day, tzinfo=timezone.utc) + timedelta(days=1)
        self.assertAlmostEqual(int(refused.head.get("Retry-After")), (midnight - now).total_seconds(), delta=60)
        reply = guest.history("s1")["messages"][-1]
        again = guest.post("/api/v1/chat/regenerate", {"message_id": reply["message_id"]})
        self.assertEqual(self.assert_problem(again, 429)["code"], "token_limit_reached")
        # Nothing of what was refused is kept, a repeated request begins nothing, and others have tokens of their own.
        self.assertEqual(len(guest.history("s1")["messages"]), 2)
        self.assert_complete_reply(guest.ask(session_id="s1", headers={"Idempotency-Key": "k"}))
        self.assert_complete_reply(client.guest().ask())

    def test_a_stopped_stream_says_who_answered_and_is_accounted(self) -> None:
        place, client = self.place(Model(pause_s=0.01))
        guest = client.guest()
        exchange = guest.ask(session_id="s1")
        events = []
        for event in exchange.events():
            events.append(event)
            if len(events) == 5:
                stopped = guest.post("/api/v1/chat/stop", {"message_id": events[0].value["reply_id"]})
                self.assertEqual(stopped.status, 200)
        last = events[-1].value
        self.assertEqual((last["type"], last["status"]), ("complete", "stopped"))
        self.assertEqual((last["provider"], last["model"]), ("local", "test"))
        self.assertTrue(last["usage"]["estimated"])
        self.assertGreater(last["usage"]["prompt_tokens"], len(QUESTION) // 4)
        self.assertGreater(last["usage"]["completion_tokens"], 0)
        reply = guest.history("s1")["messages"][-1]
        self.assertEqual((reply["provider"], reply["model"], reply["usage"]), ("local", "test", last["usage"]))
        total = last["usage"]["total_tokens"]
        row = {
            "provider": "local", "model": "test", "completions": 0, "stopped": 1, "failed": 0, "cached": 0,
            "prompt_tokens": last["usage"]["prompt_tokens"], "completion_tokens": last["usage"]["completion_tokens"],
            "total_tokens": total, "estimated_tokens": total, "charged_tokens": total,
        }  # fmt: skip
        usage = self.usage(guest)
        self.assertEqual(usage["user_id"], guest.user_id)
        self.assertEqual([day["providers"] for day in usage["days"]], [[row]])
        self.assertEqual([day["failed_attempts"] for day in usage["days"]], [[]])
        self.assertEqual((usage["limit"]["used_today"], usage["limit"]["tokens_per_day"]), (total, 1_000_000_000))
        self.assertRegex(usage["limit"]["resets_at"], r"^\d{4}-\d\d-\d\dT00:00:00.000Z$")
        self.check_views(place, client, guest, usage, row)

    def check_views(self, place: Sandbox, client: Client, guest: Client, usage: dict, row: dict) -> None:
        """The same in the export and for the operator; gone with the user, not with the conversation."""
        lines = [json.loads(line) for line in guest.get("/api/v1/me/export").body.splitlines()]
        self.assertEqual([line for line in lines if line["type"] == "usage"], [{"type": "usage"} | usage["days"][0]])
        for words in ([], ["--user", guest.user_id], ["--days", "366"]):
            table = self.run_command(place, "usage", *words)
            self.assertEqual((table.returncode, table.stderr), (0, ""))
            self.assertIn(guest.user_id, table.stdout)
            self.assertRegex(table.stdout, rf"local +test +0 +1 +0 +0 .* {row['total_tokens']}\b")
        for words in (["--days", "0"], ["--days", "x"], ["--user", "no such"], ["more"]):
            self.assertEqual(self.run_command(place, "usage", *words).returncode, 64, words)
        self.assertEqual(guest.request("DELETE", "/api/v1/chat/sessions/s1").finish().status, 204)
        self.assertEqual(self.rows(guest), [row])
        other = client.guest()
        self.assertEqual(self.rows(other), [])
        self.assertEqual(guest.request("DELETE", "/api/v1/me").finish().status, 204)
        self.assertNotIn(guest.user_id, self.run_command(place, "usage").stdout)
        # The token has ended; the user may come again all the same, as one of a sign-in service does.
        again = client.with_token(self.run_command(place, "token", "--user", guest.user_id).stdout.strip())
        self.assertEqual(self.usage(again)["days"], [])
        # The number stays until the day is over, without a name.
        self.assertEqual(self.usage(again)["limit"]["used_today"], row["total_tokens"])
        self.assertNotIn(guest.user_id, self.run_command(place, "usage").stdout)

    def test_who_hangs_up_has_taken_the_tokens_all_the_same(self) -> None:
        limits = {"tokens_per_day": 20}
        _, client = self.place(Model(pause_s=0.01), limits=limits, stream={"detach_grace_ms": 1})
        guest = client.guest()
        with guest.ask(session_id="s1") as exchange:
            events = exchange.events()
            while next(events).type != "content_chunk":
                pass
        wait_until("the turn is ended and counted", lambda: self.rows(guest) != [])
        row = self.rows(guest)[0]
        self.assertEqual((row["provider"], row["failed"], row["completions"]), ("local", 1, 0))
        reply = guest.history("s1")["messages"][-1]
        self.assertEqual(reply["status"], "interrupted")
        self.assertEqual(reply["usage"]["total_tokens"], row["charged_tokens"])
        self.assertEqual(self.assert_problem(guest.ask(), 429)["code"], "token_limit_reached")

    def test_who_removes_the_conversation_has_taken_the_tokens_all_the_same(self) -> None:
        _, client = self.place(Model(pause_s=0.01), limits={"tokens_per_day": 20})
        guest = client.guest()
        exchange = guest.ask(session_id="s1")
        events = exchange.events()
        while next(events).type != "content_chunk":
            pass
        self.assertEqual(guest.request("DELETE", "/api/v1/chat/sessions/s1").finish().status, 204)
        self.assertEqual(exchange.all_events()[-1].type, "error")
        self.assertEqual([row["stopped"] for row in self.rows(guest)], [1])
        self.assertEqual(self.assert_problem(guest.ask(), 429)["code"], "token_limit_reached")

    def test_calls_that_fail_are_no_answers(self) -> None:
        model = Model(pieces=20, pause_s=0)
        configuration = model.configuration()
        # A port where nobody listens.
        configuration["providers"]["away"] = {"kind": "openai", "base_url": f"http://127.0.0.1:{free_port()}/v1"}
        configuration["models"][0]["chain"].insert(0, {"provider": "away", "model": "m0"})
        _, client = self.place(model, **configuration)
        guest = client.guest()
        last = self.assert_complete_reply(guest.ask())[-1].value
        self.assertEqual(last["provider"], "local")
        rows = self.rows(guest)
        self.assertEqual([(row["provider"], row["completions"], row["failed"]) for row in rows], [("local", 1, 0)])
        self.assertEqual(self.usage(guest)["limit"]["used_today"], last["usage"]["total_tokens"])
        attempts = self.usage(guest)["days"][0]["failed_attempts"]
        self.assertEqual([(one["provider"], one["model"]) for one in attempts], [("away", "m0")])
        self.assertEqual((attempts[0]["code"], attempts[0]["count"] >= 1), ("provider_unavailable", True))

    def test_openais_dialect_has_the_same_count_and_the_same_limit(self) -> None:
        _, client = self.place(Model(pieces=20, pause_s=0), limits={"tokens_per_day": 20})
        guest = client.guest()
        question = {"model": "test", "messages": [{"role": "user", "content": "x" * 80}]}
        answer = guest.post("/api/v2/chat/completions", question)
        self.assertEqual(answer.status, 200, answer.body[:500])
        total = answer.json()["usage"]["total_tokens"]
        self.assertEqual([(row["completions"], row["charged_tokens"]) for row in self.rows(guest)], [(1, total)])
        refused = guest.post("/api/v2/chat/completions", question)
        self.assertEqual((refused.status, refused.json()["error"]["code"]), (429, "token_limit_reached"))
        self.assertGreater(int(refused.head.get("Retry-After")), 0)
        self.assertEqual(self.assert_problem(guest.ask(), 429)["code"], "token_limit_reached")

    def test_the_embedded_provider_is_counted_and_never_limited(self) -> None:
        place, client = self.place(None, limits={"tokens_per_day": 1})
        guest = client.guest()
        for _ in range(2):
            self.assert_complete_reply(guest.ask())
        usage = self.usage(guest, "?days=1")
        rows = self.rows(guest)
        self.assertEqual([(row["provider"], row["completions"]) for row in rows], [("builtin", 2)])
        self.assertGreater(rows[0]["total_tokens"], 0)
        self.assertEqual((rows[0]["charged_tokens"], usage["limit"]["used_today"]), (0, 0))
        for days in ("0", "367", "-1", "x", ""):
            self.assert_problem(guest.get(f"/api/v1/me/usage?days={days}"), 400, field="days")
        self.assert_problem(client.with_token(None).get("/api/v1/me/usage"), 401)
        self.assert_problem(guest.post("/api/v1/me/usage"), 405)


if __name__ == "__main__":
    unittest.main()
