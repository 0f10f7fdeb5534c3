"""What a provider that fails leaves behind: in the accounts, in the cache, in the log, and for those who wait."""

from __future__ import annotations

import time
import unittest

import provider as faulty
from harness import Client, Sandbox, ServerCase, start_nginx, wait_until
from provider import Provider, answers, configuration, refuses

WORDS = [f"w{number} " for number in range(20)]
SECRET = "sk-of-the-operator-0123456789"


class Traces(ServerCase):
    def stage(self, *providers: Provider, **more) -> Client:
        for one in providers:
            self.addCleanup(one.close)
        settings = configuration(*providers, **more)
        for entry in settings["providers"].values():
            entry["api_key_env"] = "FAULTY_KEY"
        sandbox: Sandbox = self.sandbox(**settings)
        self.program = sandbox.serve(env=sandbox.environment(FAULTY_KEY=SECRET))
        return start_nginx(sandbox)

    @staticmethod
    def completion(client: Client):
        body = {"model": "any", "messages": [{"role": "user", "content": "Say it."}]}
        return client.request("POST", "/api/v2/chat/completions", body).finish()

    def test_an_answer_is_billed_once_and_failed_attempts_are_told_apart(self) -> None:
        first, second = Provider(answers(WORDS).dying("reset", after=10)), Provider(answers(WORDS, 77))
        guest = self.stage(first, second).guest()
        for way in ("book companion", "chat completions"):
            with self.subTest(way):
                before = self.day(guest)
                if way == "book companion":
                    self.assert_complete_reply(guest.ask())
                else:
                    self.assertEqual(self.completion(guest).status, 200)
                after = self.day(guest)
                self.assertEqual(set(after["providers"]), {"b"}, after)
                grown = {
                    name: after["providers"]["b"][name] - before["providers"].get("b", {}).get(name, 0)
                    for name in ("completions", "failed", "prompt_tokens", "completion_tokens", "charged_tokens")
                }
                self.assertEqual(
                    grown,
                    {"completions": 1, "failed": 0, "prompt_tokens": 11, "completion_tokens": 77, "charged_tokens": 88},
                )
                attempts = after["failed_attempts"]["a", "provider_interrupted"]
                self.assertEqual(attempts - before["failed_attempts"].get(("a", "provider_interrupted"), 0), 1)

    def day(self, guest: Client) -> dict:
        days = guest.get("/api/v1/me/usage?days=1").json()["days"]
        day = days[0] if days else {"providers": [], "failed_attempts": []}
        return {
            "providers": {entry["provider"]: entry for entry in day["providers"]},
            "failed_attempts": {(one["provider"], one["code"]): one["count"] for one in day["failed_attempts"]},
        }

    def test_only_whole_answers_are_given_again(self) -> None:
        first = Provider(answers(WORDS).dying("reset", after=10))
        settings = {"models": [{"name": "*", "chain": [{"provider": "a", "model": "m"}], "cache": {"ttl_s": 3600}}]}
        guest = self.stage(first, retry={"attempts": 1, "bench_after": 1000}, **settings).guest()
        self.assertEqual(self.completion(guest).status, 502)
        first.then(answers(WORDS))
        for is_cached in (False, True, True):
            answer = self.completion(guest).json()
            self.assertEqual(answer["choices"][0]["message"]["content"], "".join(WORDS))
            self.assertEqual(answer["chat_fcgi"]["cached"], is_cached)
        self.assertEqual(len(first.calls), 2)

    def test_the_log_says_what_failed_without_keys_and_without_words(self) -> None:
        quoting = refuses(401, "invalid_api_key", f"Incorrect API key provided: {SECRET}\nforged: line")
        unknown = faulty.replace(answers(WORDS), nonsense=('{"no": "JSON of mine"}',), nonsense_before=3)
        plain = faulty.replace(answers(WORDS), nonsense=("no JSON of mine",), nonsense_before=3)
        first, second = Provider(quoting), Provider(unknown)
        guest = self.stage(first, second).guest()
        self.assert_complete_reply(guest.ask("My secret question about whales"))
        # Words in the place of an event may be the answer's.
        second.then(plain)
        self.assertEqual(guest.ask("My secret question about whales").all_events()[-1].type, "error")
        second.then(quoting)
        events = guest.ask("My secret question about whales").all_events()
        self.assertEqual(events[-1].type, "error")
        self.assertNotIn("Incorrect", events[-1].data)
        log = self.program.log_text
        self.assertIn("passed over 1 event", log)
        self.assertIn("provider_unauthorized", log)
        for text in (SECRET, "JSON of mine", "whales", "w3", "\nforged"):
            self.assertNotIn(text, log)

    def test_who_waits_for_a_provider_is_kept_company_and_may_stop_waiting(self) -> None:
        first = Provider(refuses(429, "rate_limit_exceeded", **{"Retry-After": "15"}))
        guest = self.stage(first, stream={"heartbeat_ms": 100}).guest()
        with guest.ask(session_id="s1") as exchange:
            accepted = next(exchange.events()).value
            wait_until("the provider has refused", lambda: len(first.calls) == 1)
            began = time.monotonic()
            while len(exchange.comments) < 3:
                self.assertTrue(exchange._read())
            answer = guest.post("/api/v1/chat/stop", {"message_id": accepted["reply_id"]})
            self.assertEqual(answer.status, 200, answer.body)
            end = exchange.all_events()[-1].value
            self.assertEqual((end["type"], end["status"]), ("complete", "stopped"))
            # Long before the provider's time has come.
            self.assertLess(time.monotonic() - began, 14)
        self.assertEqual(len(first.calls), 1)

    def test_a_provider_left_alone_is_left_alone_by_every_dialect(self) -> None:
        first, second = Provider(refuses(500, "server_error")), Provider(answers(WORDS))
        guest = self.stage(first, second, retry={"attempts": 1, "bench_after": 2, "bench_ms": 3_600_000}).guest()
        self.assert_complete_reply(guest.ask())
        self.assertEqual(self.completion(guest).status, 200)
        self.assertEqual(len(first.calls), 2)
        for _ in range(2):
            self.assertEqual(self.completion(guest).json()["chat_fcgi"]["attempts"], 1)
            self.assertEqual(self.assert_complete_reply(guest.ask())[-1].value["metrics"]["attempts"], 1)
        self.assertEqual(len(first.calls), 2)


if __name__ == "__main__":
    unittest.main()
