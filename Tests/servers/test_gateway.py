"""A gateway whose first provider fails in every way: the client has the whole answer, from the one that could give it.

Settings are the default ones, but for clocks that a test would wait for.
"""

from __future__ import annotations

import json
import unittest

import starts
from harness import Client
from provider import Behaviour, Provider, answers, refuses, replace, shows_page
from test_failover import WORDS, Failover

WELL = answers(WORDS, 77)
BROKEN = '{"choices":[{"index":0,"delta":{"content":"lo'
SHORT = {"hedge_after_ms": 300}
STALLED = {"idle_ms": 300}

# What the first provider does, in the order of its calls; its clocks; who answers; how often it is called by a streamed request, and
# by a whole one after it.
SCENARIOS = {
    "well": ([WELL], {}, "a", (1, 1)),
    "silent before its head": ([WELL.dying("silence", after=-1)], SHORT, "b", (1, 1)),
    "silent after its head": ([WELL.dying("silence", after=0)], SHORT, "b", (1, 1)),
    "pings and nothing else": ([WELL.dying("pings", after=0)], SHORT, "b", (1, 1)),
    "a drip of single bytes": ([WELL.dying("drip", after=0)], SHORT, "b", (1, 1)),
    "silent in the middle": ([WELL.dying("silence", after=30)], STALLED, "b", (1, 1)),
    "pings in the middle": ([WELL.dying("pings", after=30)], STALLED, "b", (1, 1)),
    "a drip in the middle": ([WELL.dying("drip", after=30)], STALLED, "b", (1, 1)),
    "slow to fail": ([replace(refuses(503, "overloaded"), delay_s=3.2)], {}, "b", (1, 1)),
    # The second request finds it parked.
    "limited": ([refuses(429, "rate_limit_exceeded", **{"Retry-After": "30"})], {}, "b", (1, 0)),
    "limited without a time": ([refuses(429, "rate_limit_exceeded")], {}, "b", (3, 3)),
    "overloaded": ([refuses(529, "overloaded_error")], {}, "b", (3, 3)),
    "flapping": ([refuses(503, "overloaded"), WELL, refuses(500, "server_error"), WELL], {}, "a", (2, 2)),
    "gone": (None, {}, "b", (0, 0)),
    "reset before its head": ([WELL.dying("reset", after=-1)], {}, "b", None),
    "reset in the middle": ([WELL.dying("reset", after=30)], {}, "b", (1, 1)),
    "cut in the middle": ([WELL.dying("close", after=30)], {}, "b", (1, 1)),
    "cut within an event": ([WELL.dying("half event", after=30)], {}, "b", (1, 1)),
    "cut without a finish reason": ([WELL.dying("end", after=60)], {}, "b", (1, 1)),
    "an error in the middle": ([WELL.dying("error", after=30)], {}, "b", (1, 1)),
    "an event that is broken": ([replace(WELL, nonsense=(BROKEN,), nonsense_before=30)], {}, "b", (1, 1)),
    "an empty answer": ([answers([])], {}, "b", (1, 1)),
    "a page": ([shows_page()], {}, "b", (1, 1)),
    "refusing the key": ([refuses(401, "invalid_api_key")], {}, "b", (1, 1)),
    "without the model": ([refuses(404, "model_not_found")], {}, "b", (1, 1)),
    "without money": ([refuses(429, "insufficient_quota")], {}, "b", (1, 1)),
    "too small for the conversation": ([refuses(400, "context_length_exceeded")], {}, "b", (1, 1)),
    "refusing the request": ([refuses(400, "invalid_type")], {}, "b", (1, 1)),
}  # fmt: skip


class Gateway(Failover):
    def gateway(self, second: Behaviour) -> tuple[Client, dict[str, Provider]]:
        """A model for each scenario, with a chain of its first provider and the same two others."""
        firsts, providers, models = {}, {}, []
        others = {"b": Provider(second), "c": Provider(WELL)}
        for number, (name, (behaviours, clocks, _, _)) in enumerate(SCENARIOS.items()):
            firsts[name] = first = Provider(*(behaviours or [WELL]))
            providers[f"a{number}"] = {"kind": "openai", "base_url": first.url, "clocks": clocks}
            chain = [{"provider": p, "model": f"model-{p}"} for p in (f"a{number}", *others)]
            models.append({"name": name, "chain": chain})
            if behaviours is None:
                first.close()
            else:
                self.addCleanup(first.close)
        for name, provider in others.items():
            self.addCleanup(provider.close)
            providers[name] = {"kind": "openai", "base_url": provider.url}
        # As many as a busy machine may need, and no waits.
        retry = {"hedge_percent": 100, "bench_after": 1000, "backoff_ms": 0}
        return starts.behind_nginx(self.sandbox(providers=providers, models=models, retry=retry)), firsts

    def assert_answer(self, client: Client, name: str, stream: bool, who: str) -> None:
        exchange = self.complete(client, stream, model=name)
        if stream:
            events = [event.data for event in exchange.all_events()]
            self.assertEqual(events[-1], "[DONE]", events[-3:])
            chunks = [json.loads(event) for event in events[:-1]]
            choices = [choice for chunk in chunks for choice in chunk["choices"]]
            pieces = [choice["delta"].get("content") for choice in choices]
            self.assertEqual("".join(piece or "" for piece in pieces), "".join(WORDS))
            reasons = [choice["finish_reason"] for choice in choices]
            usages = [chunk["usage"] for chunk in chunks if chunk.get("usage")]
            self.assertEqual(len(usages), 1)
            usage, origin, model = usages[0], chunks[-1]["chat_fcgi"], chunks[-1]["model"]
        else:
            answer = exchange.json()
            self.assertEqual(answer["choices"][0]["message"]["content"], "".join(WORDS))
            reasons = [answer["choices"][0]["finish_reason"]]
            usage, origin, model = answer["usage"], answer["chat_fcgi"], answer["model"]
        self.assertEqual([reason for reason in reasons if reason], ["stop"])
        self.assertEqual((usage["prompt_tokens"], usage["completion_tokens"]), (11, 77))
        self.assertEqual((origin["provider"], origin["model"], model), (who, f"model-{who}", f"model-{who}"))
        self.assertEqual(origin["requested_model"], name)

    def assert_all_scenarios(self, second: Behaviour, instead: str) -> None:
        client, firsts = self.gateway(second)
        for number, (name, (_, _, who, calls)) in enumerate(SCENARIOS.items()):
            for stream in (True, False):
                with self.subTest(name, stream=stream):
                    before = len(firsts[name].calls)
                    self.assert_answer(client, name, stream, f"a{number}" if who == "a" else instead)
                    # On a connection that served before, libcurl asks once more by itself when nothing at all comes.
                    if calls:
                        self.assertEqual(len(firsts[name].calls) - before, calls[0 if stream else 1])

    def test_whatever_the_first_provider_does_the_client_has_the_whole_answer_and_who_gave_it(self) -> None:
        self.assert_all_scenarios(WELL, "b")

    def test_the_same_when_the_second_one_fails_as_well(self) -> None:
        self.assert_all_scenarios(refuses(503, "overloaded"), "c")


if __name__ == "__main__":
    unittest.main()
