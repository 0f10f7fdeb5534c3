"""Providers that fail, before the whole program and a real web server: the client gets each word once, or is told."""

from __future__ import annotations

import json
import threading
import unittest

import provider as faulty
import starts
from harness import ROOT, Client, ServerCase, wait_until
from provider import DEATHS, Behaviour, Provider, answers, configuration, refuses, shows_page

# Pieces as models make them: words fall into several.
PIECES = ["An", " extra", "ordi", "nary", " tale", ", ", "the", " Düne", "n", " of", " 日", "本", ".\n"]
WORDS = [f"w{number} " for number in range(60)]


# A question in each dialect that streams events of its own.
QUESTIONS = {
    "/api/v1/chat/stream": {"message": "Is it raining?"},
    "/stream-chat": {"message": "Is it raining?"},
    "/api/chat/stream": {"message": "Is it raining?", "assistantType": "general"},
}


def different(pieces: list[str], at: int) -> list[str]:
    return [*pieces[:at], "otherwise ", *pieces[at + 1 :]]


class Failover(ServerCase):
    def stage(self, *providers: Provider, **more) -> Client:
        for one in providers:
            self.addCleanup(one.close)
        return starts.behind_nginx(self.sandbox(**configuration(*providers, **more)))

    # Dialect 1

    def content(self, events: list) -> tuple[str, list[dict]]:
        """The text since the last reset, and the switches."""
        text, switches = "", []
        for event in events:
            value = event.value
            if value["type"] == "content_chunk":
                text += value["content"]
            elif value["type"] == "provider_switch":
                switches.append(value)
                if value["reset"]:
                    text = ""
        return text, switches

    # Dialect 3

    def complete(self, client: Client, stream: bool = True, **more):
        body = {"model": "any", "messages": [{"role": "user", "content": "Say it."}], "stream": stream} | more
        if stream:
            body["stream_options"] = {"include_usage": True}
        return client.guest().request("POST", "/api/v2/chat/completions/", body)

    def assert_refusal(self, exchange, status: int, code: str) -> dict:
        exchange.finish()
        self.assertEqual(exchange.status, status, exchange.body[:500])
        error = json.loads(exchange.body)["error"]
        self.assertEqual(error["code"], code, error)
        self.assertEqual(set(error), {"message", "type", "param", "code"})
        return error


class BookCompanion(Failover):
    def test_a_primary_that_dies_within_a_word_and_a_fallback_that_says_the_same(self) -> None:
        for how in DEATHS:
            with self.subTest(how):
                first, second = Provider(answers(PIECES).dying(how, after=3)), Provider(answers(PIECES, 77))
                guest = self.stage(first, second, clocks={"idle_ms": 300}).guest()
                events = self.assert_complete_reply(guest.ask(session_id="s1"))
                text, switches = self.content(events)
                self.assertEqual(text, "".join(PIECES))
                self.assertEqual([(s["from"], s["to"], s["reset"]) for s in switches], [("a", "b", False)])
                end = events[-1].value
                self.assertEqual((end["status"], end["provider"], end["model"]), ("complete", "b", "model-b"))
                self.assertEqual((end["usage"]["completion_tokens"], end["usage"]["estimated"]), (77, False))
                self.assertEqual(end["metrics"]["attempts"], 2)
                self.assertEqual((len(first.calls), len(second.calls)), (1, 1))
                # Both are asked the same, from the start.
                self.assertEqual(first.calls[0]["messages"], second.calls[0]["messages"])
                reply = guest.history("s1")["messages"][-1]
                self.assertEqual((reply["status"], reply["content"]), ("complete", text))

    def test_a_fallback_that_says_something_else_starts_the_reply_again(self) -> None:
        other = different(PIECES, 1)
        first, second = Provider(answers(PIECES).dying("reset", after=3)), Provider(answers(other, 77))
        guest = self.stage(first, second).guest()
        events = self.assert_complete_reply(guest.ask(session_id="s1"))
        text, switches = self.content(events)
        self.assertEqual(text, "".join(other))
        self.assertEqual([s["reset"] for s in switches], [True])
        before = events[: [event.type for event in events].index("provider_switch")]
        self.assertEqual(self.content(before)[0], "".join(PIECES[:3]))
        self.assertEqual(events[-1].value["usage"]["completion_tokens"], 77)
        reply = guest.history("s1")["messages"][-1]
        self.assertEqual((reply["status"], reply["content"]), ("complete", text))
        # Whoever comes later gets the same.
        again = guest.request("GET", f"/api/v1/chat/stream/{events[0].value['reply_id']}").all_events()
        self.assertEqual(self.content(again)[0], text)

    def test_a_reader_who_waits_for_the_whole_reply_gets_only_what_counts(self) -> None:
        other = different(PIECES, 1)
        first, second = Provider(answers(PIECES).dying("close", after=3)), Provider(answers(other))
        answer = self.stage(first, second).guest().ask(headers={"Accept": "application/json"}).json()
        self.assertEqual((answer["content"], answer["status"]), ("".join(other), "complete"))

    def test_when_nobody_can_go_on_what_came_is_kept_and_the_end_is_an_error(self) -> None:
        first, second = Provider(answers(PIECES).dying("reset", after=3)), Provider(refuses(503, "overloaded"))
        guest = self.stage(first, second, retry={"attempts": 2}).guest()
        events = guest.ask(session_id="s1").all_events()
        end = events[-1].value
        self.assertEqual((end["type"], end["partial"], end["retryable"]), ("error", True, True))
        self.assertEqual(sum(e.type in ("error", "complete") for e in events), 1)
        self.assertEqual(self.content(events)[0], "".join(PIECES[:3]))
        reply = guest.history("s1")["messages"][-1]
        self.assertEqual((reply["status"], reply["content"]), ("failed", "".join(PIECES[:3])))
        self.assertEqual(len(second.calls), 2)

    def test_what_is_cut_or_damaged_is_no_reply(self) -> None:
        half_event = '{"choices":[{"index":0,"delta":{"content":"lo'
        cases = {
            "no finish reason": faulty.replace(answers(PIECES[:3]), finish_reason=None),
            "half an event": faulty.replace(answers(PIECES), nonsense=(half_event,), nonsense_before=3),
            "plain words": faulty.replace(answers(PIECES), nonsense=("no JSON",), nonsense_before=3),
        }
        for name, behaviour in cases.items():
            with self.subTest(f"{name}, with a fallback"):
                guest = self.stage(Provider(behaviour), Provider(answers(PIECES))).guest()
                events = self.assert_complete_reply(guest.ask(session_id="s1"))
                self.assertEqual((self.content(events)[0], events[-1].value["provider"]), ("".join(PIECES), "b"))
                reply = guest.history("s1")["messages"][-1]
                self.assertEqual((reply["status"], reply["content"]), ("complete", "".join(PIECES)))
            with self.subTest(f"{name}, alone"):
                guest = self.stage(Provider(behaviour), retry={"attempts": 1}).guest()
                end = guest.ask(session_id="s1").all_events()[-1].value
                self.assertEqual((end["type"], end["partial"]), ("error", True))
                reply = guest.history("s1")["messages"][-1]
                self.assertEqual((reply["status"], reply["content"]), ("failed", "".join(PIECES[:3])))

    def test_documents_that_nobody_knows_cost_no_word(self) -> None:
        nonsense = ('{"type":"weather"}', "")
        first = Provider(faulty.replace(answers(PIECES), nonsense=nonsense, nonsense_before=4, terminator=False))
        events = self.assert_complete_reply(self.stage(first).guest().ask())
        self.assertEqual(self.content(events), ("".join(PIECES), []))
        self.assertEqual(len(first.calls), 1)

    def test_a_provider_that_fails_is_left_alone_and_found_again(self) -> None:
        first, second = Provider(refuses(500, "server_error")), Provider(answers(["b"]))
        retry = {"attempts": 1, "bench_after": 2, "bench_ms": 300}
        guest = self.stage(first, second, retry=retry).guest()

        def who() -> str:
            return self.assert_complete_reply(guest.ask())[-1].value["provider"]

        while len(first.calls) < 2:
            self.assertEqual(who(), "b")
        first.then(answers(["a"]))
        # Benched at first, then probed.
        wait_until("the first provider answers again", lambda: who() == "a")
        self.assertEqual(who(), "a")


class ChatCompletions(Failover):
    def chunks(self, exchange) -> tuple[list[dict], bool]:
        """The data of each event, and whether `[DONE]` ended them."""
        events = [event.data for event in exchange.all_events()]
        is_done = bool(events) and events[-1] == "[DONE]"
        self.assertTrue(all(event != "[DONE]" for event in events[:-1]), events)
        return [json.loads(event) for event in (events[:-1] if is_done else events)], is_done

    @staticmethod
    def tokens(chunks: list[dict]) -> list[str]:
        deltas = [choice["delta"] for chunk in chunks for choice in chunk.get("choices", [])]
        return [delta["content"] for delta in deltas if delta.get("content")]

    def test_sixty_tokens_arrive_once_when_the_primary_dies_after_forty_and_the_fallback_says_the_same(self) -> None:
        for how in DEATHS:
            with self.subTest(how):
                first, second = Provider(answers(WORDS).dying(how, after=40)), Provider(answers(WORDS, 77))
                client = self.stage(first, second, clocks={"idle_ms": 300})
                exchange = self.complete(client)
                chunks, is_done = self.chunks(exchange)
                self.assertEqual(exchange.status, 200)
                self.assertTrue(is_done)
                self.assertEqual("".join(self.tokens(chunks)), "".join(WORDS))
                reasons = [c["choices"][0]["finish_reason"] for c in chunks if c.get("choices")]
                self.assertEqual([reason for reason in reasons if reason], ["stop"])
                usages = [c["usage"] for c in chunks if c.get("usage")]
                self.assertEqual(usages, [{"prompt_tokens": 11, "completion_tokens": 77, "total_tokens": 88}])
                self.assertEqual(len({chunk["id"] for chunk in chunks}), 1)
                origin = chunks[-1]["chat_fcgi"]
                self.assertEqual((origin["provider"], origin["model"], origin["attempts"]), ("b", "model-b", 2))
                self.assertEqual((len(first.calls), len(second.calls)), (1, 1))
                self.assertEqual(first.calls[0]["messages"], second.calls[0]["messages"])

    def test_a_fallback_that_says_something_else_ends_the_stream_in_one_error(self) -> None:
        first, second = Provider(answers(WORDS).dying("reset", after=40)), Provider(answers(different(WORDS, 20)))
        exchange = self.complete(self.stage(first, second))
        chunks, is_done = self.chunks(exchange)
        self.assertFalse(is_done)
        self.assertEqual("".join(self.tokens(chunks)), "".join(WORDS[:40]))
        self.assertEqual([list(chunk) for chunk in chunks if "error" in chunk], [["error"]])
        error = chunks[-1]["error"]
        self.assertEqual((error["type"], error["code"]), ("server_error", "provider_interrupted"))
        self.assertFalse(any(c["choices"][0]["finish_reason"] for c in chunks if c.get("choices")))
        self.assertFalse(any(c.get("usage") for c in chunks))

    def test_a_fallback_that_says_less_ends_the_stream_in_one_error(self) -> None:
        first, second = Provider(answers(WORDS).dying("close", after=40)), Provider(answers(WORDS[:30]))
        chunks, is_done = self.chunks(self.complete(self.stage(first, second)))
        self.assertFalse(is_done)
        self.assertEqual("".join(self.tokens(chunks)), "".join(WORDS[:40]))
        self.assertEqual(sum("error" in chunk for chunk in chunks), 1)

    def test_a_whole_answer_is_never_put_together_of_two(self) -> None:
        first, second = Provider(answers(WORDS).dying("reset", after=40)), Provider(answers(WORDS, 77))
        client = self.stage(first, second)
        answer = self.complete(client, stream=False).json()
        self.assertEqual(answer["choices"][0]["message"]["content"], "".join(WORDS))
        self.assertEqual(answer["usage"]["completion_tokens"], 77)
        second.then(answers(different(WORDS, 20)))
        # Nobody has seen any of the first one's text, so another answer does as well: all of it, and nothing else.
        answer = self.complete(client, stream=False).json()
        self.assertEqual(answer["choices"][0]["message"]["content"], "".join(different(WORDS, 20)))

    def test_what_fails_before_the_first_word_has_a_status_that_clients_retries_go_by(self) -> None:
        cases = [
            (refuses(429, "rate_limit_exceeded", **{"Retry-After": "3600"}), 429, "provider_rate_limited"),
            (refuses(500, "server_error"), 503, "provider_unavailable"),
            (refuses(400, "invalid_type"), 400, "provider_rejected_request"),
            (refuses(400, "context_length_exceeded"), 400, "context_length_exceeded"),
            (refuses(400, "content_policy_violation"), 400, "content_policy"),
            (refuses(401, "invalid_api_key", "Incorrect API key provided"), 502, "provider_unauthorized"),
            (refuses(404, "model_not_found"), 502, "provider_not_found"),
            (Behaviour(status=404, body=b"nothing here"), 502, "provider_not_found"),
            (Behaviour(status=409, body=b"no"), 503, "provider_unavailable"),
            (Behaviour(status=425, body=b"no"), 503, "provider_unavailable"),
            (Behaviour(status=499, body=b"no"), 503, "provider_unavailable"),
            (shows_page(), 502, "provider_malformed"),
            (answers(WORDS).dying("close", after=-1), 503, "provider_unavailable"),
        ]
        first = Provider(answers(["a"]))
        client = self.stage(first, retry={"attempts": 1, "bench_after": 1000})
        for behaviour, status, code in cases:
            for stream in (True, False):
                with self.subTest(code, stream=stream):
                    first.then(behaviour)
                    before = len(first.calls)
                    exchange = self.complete(client, stream=stream)
                    error = self.assert_refusal(exchange, status, code)
                    self.assertNotIn("Incorrect", error["message"])
                    # On a connection that served before, libcurl asks once more by itself when nothing at all comes.
                    most = 2 if behaviour.death else 1
                    self.assertIn(len(first.calls) - before, range(1, most + 1))
                    if status in (429, 503):
                        told = behaviour.headers.get("Retry-After", "2")
                        self.assertEqual(exchange.head.get("Retry-After"), told)

    def test_who_is_asked_next_follows_from_the_error(self) -> None:
        # What the first says, how often it is asked, and whether the second is.
        cases = [
            (refuses(500, "server_error"), 3, 1),
            (refuses(429, "rate_limit_exceeded"), 3, 1),
            (refuses(429, "rate_limit_exceeded", **{"Retry-After": "3600"}), 1, 1),
            (refuses(400, "invalid_type"), 1, 1),
            (refuses(400, "context_length_exceeded"), 1, 1),
            (refuses(401, "invalid_api_key"), 1, 1),
            (refuses(400, "content_policy_violation"), 1, 0),
            (shows_page(), 1, 1),
        ]
        for behaviour, of_first, of_second in cases:
            with self.subTest(behaviour.body.decode()[:100], **behaviour.headers):
                first, second = Provider(behaviour), Provider(answers(["b"]))
                exchange = self.complete(self.stage(first, second), stream=False).finish()
                self.assertEqual(exchange.status, 200 if of_second else 400, exchange.body[:500])
                self.assertEqual((len(first.calls), len(second.calls)), (of_first, of_second))

    def test_a_client_that_leaves_ends_the_providers_call(self) -> None:
        gate = threading.Event()
        self.addCleanup(gate.set)
        first = Provider(answers(WORDS).held(gate, before=2))
        client = self.stage(first, stream={"detach_grace_ms": 0})
        with self.complete(client) as exchange:
            for event in exchange.events():
                if "w1" in event.data:
                    break
        wait_until("the provider's client has left", lambda: first.left == 1)
        self.assertEqual(len(first.calls), 1)


class OneLanguageModel(Failover):
    """What happens to one user is not what happens to all."""

    BUILTIN = {"provider": "builtin"}

    def alone(self, *providers: Provider, builtin: bool = False, **more) -> Client:
        """A chain of these providers, with the embedded one behind them."""
        settings = configuration(*providers, agents_dir=str(ROOT / "agents"), **more)
        if builtin:
            settings["providers"]["builtin"] = {"kind": "builtin", "pace_ms": 0}
            settings["models"][0]["chain"].append(self.BUILTIN)
        for one in providers:
            self.addCleanup(one.close)
        return starts.behind_nginx(self.sandbox(**settings))

    def end(self, client: Client) -> dict:
        return client.ask().all_events()[-1].value

    def test_the_failing_requests_of_one_user_take_the_only_model_from_nobody(self) -> None:
        for behaviour in (refuses(500, "server_error"), refuses(429, "rate_limit_exceeded", **{"Retry-After": "3600"}), shows_page()):
            for builtin in (False, True):
                with self.subTest(behaviour.body.decode()[:60], builtin=builtin):
                    first = Provider(behaviour)
                    client = self.alone(first, builtin=builtin)
                    one, other = client.guest(), client.guest()
                    for _ in range(4):
                        self.assertEqual(self.end(one)["type"], "complete" if builtin else "error")
                        body = {"model": "any", "messages": [{"role": "user", "content": "Say it."}]}
                        self.assertGreaterEqual(one.post("/api/v2/chat/completions", body).finish().status, 400)
                    first.then(answers(["well"]))
                    self.assertEqual(self.end(other).get("provider"), "a")
                    self.assertEqual(self.complete(client, stream=False).json()["choices"][0]["message"]["content"], "well")

    def test_one_user_for_whom_the_only_model_is_silent_does_not_take_it_from_the_others(self) -> None:
        first = Provider(answers(["late"]).dying("silence", after=0))
        client = self.alone(first, builtin=True, clocks={"first_token_ms": 200})
        one = client.guest()
        for _ in range(4):
            self.assertEqual(self.end(one)["provider"], "builtin")
        first.then(answers(["well"]))
        self.assertEqual(self.end(client.guest())["provider"], "a")

    def test_where_several_users_find_no_answer_the_embedded_one_takes_over_at_once(self) -> None:
        first = Provider(refuses(500, "server_error"))
        client = self.alone(first, builtin=True, retry={"attempts": 1, "bench_after": 2, "bench_ms": 3_600_000})
        for _ in range(2):
            self.assertEqual(self.end(client.guest())["provider"], "builtin")
        calls = len(first.calls)
        self.assertEqual(self.end(client.guest())["provider"], "builtin")
        self.assertEqual(len(first.calls), calls)
        # Who needs a language model has no other one.
        first.then(answers(["well"]))
        self.assertEqual(self.complete(client, stream=False).status, 200)

    def test_when_to_ask_again_is_told_in_every_dialect(self) -> None:
        first = Provider(refuses(429, "rate_limit_exceeded", **{"Retry-After": "3600"}))
        guest = self.alone(first).guest()
        for path, body in QUESTIONS.items():
            with self.subTest(path):
                end = guest.post(path, body).all_events()[-1].value
                self.assertEqual((end["type"], end["code"]), ("error", "provider_rate_limited"))
                self.assertEqual(end["retry_after_ms"], 3_600_000)
                whole = guest.request("POST", path, body, {"Accept": "application/json"}).json()
                self.assertEqual(whole["error"]["retry_after_ms"], 3_600_000)
        told = guest.post("/api/agent/chat", {"message": "Is it raining?"}).finish()
        self.assertEqual((told.status, told.head.get("Retry-After")), (429, "3600"))
        for stream in (True, False):
            told = self.complete(guest, stream).finish()
            self.assertEqual((told.status, told.head.get("Retry-After")), (429, "3600"))
            # The official clients would take so long a wait for none.
            self.assertEqual(told.head.get("x-should-retry"), "false")

    def test_others_are_asked_while_a_provider_wants_to_be_left(self) -> None:
        first = Provider(refuses(429, "rate_limit_exceeded", **{"Retry-After": "3600"}))
        second = Provider(answers(["b"]))
        client = self.alone(first, second)
        for _ in range(3):
            self.assertEqual(self.end(client.guest())["provider"], "b")
        self.assertEqual(len(first.calls), 1)
        reasons = [p["reason"] for p in client.get("/api/agent/status").json()["providers"]]
        self.assertEqual(reasons, ["resting as its provider asked", "available"])

    def test_a_later_provider_without_a_model_or_a_key_does_not_hide_the_first_ones_error(self) -> None:
        for behaviour in (refuses(404, "model_not_found"), refuses(401, "invalid_api_key")):
            first, second = Provider(refuses(503, "overloaded", **{"Retry-After": "7"})), Provider(behaviour)
            told = self.complete(self.alone(first, second, retry={"attempts": 1}), stream=False)
            self.assert_refusal(told, 503, "provider_unavailable")
            self.assertEqual(told.head.get("Retry-After"), "7")


class Hedging(Failover):
    """A first provider that shows nothing for a while, and a second one."""

    def test_the_second_provider_is_asked_in_time_in_every_dialect_and_the_first_is_let_go(self) -> None:
        first = Provider(answers(["late"]).dying("silence", after=0))
        second = Provider(answers(["It ", "rains."]))
        retry = {"hedge_after_ms": 300, "hedge_percent": 100}
        guest = self.stage(first, second, retry=retry, agents_dir=str(ROOT / "agents")).guest()
        for path, body in QUESTIONS.items():
            with self.subTest(path):
                end = guest.post(path, body).all_events()[-1].value
                self.assertEqual(end["provider"], "b")
        answer = guest.post("/api/agent/chat", {"message": "Is it raining?"}).finish()
        self.assertEqual((answer.status, answer.head.get("X-Chat-Fcgi-Provider")), (200, "b"))
        for stream in (True, False):
            answer = self.complete(guest, stream).finish()
            self.assertEqual((answer.status, answer.head.get("X-Chat-Fcgi-Provider")), (200, "b"))
        wait_until("every call of the first one was cancelled", lambda: first.left == len(first.calls))
        attempts = guest.get("/api/v1/me/usage").json()["days"][0]["failed_attempts"]
        self.assertEqual({(a["provider"], a["code"]) for a in attempts}, {("a", "provider_superseded")})

    def test_pings_do_not_keep_a_silent_provider(self) -> None:
        pings = tuple(json.dumps({"choices": [{"index": 0, "delta": {"content": ""}, "finish_reason": None}]}) for _ in range(5))
        first = Provider(
            faulty.replace(answers(PIECES).dying("silence", after=3), nonsense=pings, nonsense_before=3))
        second = Provider(answers(PIECES))
        guest = self.stage(first, second, clocks={"idle_ms": 300}).guest()
        events = self.assert_complete_reply(guest.ask())
        self.assertEqual(events[-1].value["provider"], "b")

    def test_a_budget_keeps_a_slow_day_from_doubling_the_bill(self) -> None:
        gates = [threading.Event() for _ in range(30)]
        for gate in gates:
            self.addCleanup(gate.set)
        first = Provider(*(answers(["a"]).held(gate) for gate in gates))
        second = Provider(answers(["b"]))
        client = self.stage(first, second, retry={"hedge_after_ms": 50, "hedge_percent": 0})
        exchange = self.complete(client)
        wait_until("the first one is asked", lambda: first.calls)
        gates[0].set()
        self.assertEqual(exchange.finish().status, 200)
        self.assertEqual(len(second.calls), 0)


if __name__ == "__main__":
    unittest.main()
