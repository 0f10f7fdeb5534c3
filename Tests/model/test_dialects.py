"""Every dialect answered by a real model: what streams is what is kept, and the usage is the one that the model's server told."""

from __future__ import annotations

import json
import unittest

from case import ModelCase, configuration, ends_of, text_of
from harness import Client
from modelserver import NAME, Tap
from starts import behind_nginx

SAMPLES = "Give me a full analysis of DEMO1 and DEMO4"
GERMANY = "Which visa lets me study in Germany?"


class Tapped(ModelCase):
    """With a tap between the program and the model's server."""

    tap: Tap

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.server = cls.start_server()
        cls.tap = Tap(cls.server)
        cls.addClassCleanup(cls.tap.close)
        cls.client = behind_nginx(cls.shared_sandbox(**cls.settings()))

    @classmethod
    def settings(cls) -> dict:
        return configuration(cls.tap.url)

    def setUp(self) -> None:
        self.tap.forget()
        self.guest: Client = self.client.guest()

    def whole(self, exchange, message: str) -> tuple[dict, list]:
        """A stream's terminal event, after all that holds for every dialect's."""
        self.assertEqual(exchange.status, 200)
        events = exchange.all_events()
        self.assertTrue(exchange.whole, "the answer was cut off")
        self.assertEqual(ends_of(events), [events[-1].type])
        end = events[-1].value
        self.assertEqual(end.get("status"), "complete", end)
        self.assert_by_the_model(end)
        question, reply = self.guest.history("s1")["messages"][-2:]
        self.assertEqual((question["content"], reply["content"]), (message, text_of(events)))
        self.assertEqual((reply["status"], reply["usage"]), ("complete", end["usage"]))
        return end, events

    def assert_by_the_model(self, end: dict) -> None:
        self.assertEqual(end["provider"], "a")
        self.assertEqual(end["model"], NAME)
        self.assertFalse(end["usage"]["estimated"])
        self.assert_usage(end["usage"])

    def assert_usage(self, usage: dict) -> None:
        """That of all answers which the server gave since the test began."""
        told = self.tap.usages()
        self.assertTrue(told)
        self.assertEqual(usage["prompt_tokens"], sum(prompt for prompt, _ in told))
        self.assertEqual(usage["completion_tokens"], sum(completion for _, completion in told))
        self.assertEqual(usage["total_tokens"], usage["prompt_tokens"] + usage["completion_tokens"])


class EachDialect(Tapped):
    def test_noah(self) -> None:
        message = "I loved The Time Machine. What next?"
        _, events = self.whole(self.companion(self.guest, message), message)
        self.assertIn("recommendations", [event.type for event in events])
        self.assertEqual(len(self.tap.usages()), 1)

    def test_the_tutor_plans_and_answers(self) -> None:
        message = "Help me prepare for my exam on photosynthesis"
        _, events = self.whole(self.tutor(self.guest, message), message)
        self.assertEqual(events[1].type, "focus")
        focus = events[1].value["focus"]
        self.assertTrue(focus["topic"] and focus["objective"] and 1 <= len(focus["steps"]) <= 6, focus)
        self.assertFalse(focus["carriedOver"])
        # The model's plan is billed, whether it was of use or not.
        # On a slow machine its time is up before it is there.
        self.assertLessEqual(len(self.tap.usages()), 2)

    def test_the_desk(self) -> None:
        message = "What is a share?"
        self.whole(self.desk(self.guest, message), message)

    def test_a_workflow_of_the_desk_has_the_usage_of_all_its_calls(self) -> None:
        _, events = self.whole(self.desk(self.guest, SAMPLES), SAMPLES)
        self.assertEqual(events[1].type, "workflow_detected")
        self.assertGreaterEqual(len(self.tap.usages()), 1)

    def test_the_plain_agent(self) -> None:
        for message, mode in (("How many days has a leap year?", "general"), (GERMANY, "visa_expert")):
            with self.subTest(mode):
                self.tap.forget()
                answer = self.agent(self.guest, message, mode=mode).json()
                self.assert_by_the_model(answer)
                self.assertEqual(answer["status"], "complete")
                self.assertEqual(self.guest.history("s1")["messages"][-1]["content"], answer["response"])
        self.assertIn("Studying in Germany", [source["title"] for source in answer["sources"]])

    def test_chat_completions_whole_and_streamed(self) -> None:
        answer = self.completion(self.guest, stream=False).json()
        self.assertEqual(answer["chat_fcgi"]["provider"], "a")
        self.assertFalse(answer["chat_fcgi"]["usage_estimated"])
        self.assertTrue(answer["choices"][0]["message"]["content"])
        self.assert_usage(answer["usage"])
        self.tap.forget()
        *chunks, end = [event.data for event in self.completion(self.guest).all_events()]
        self.assertEqual(end, "[DONE]")
        told = [chunk["usage"] for chunk in map(json.loads, chunks) if chunk.get("usage")]
        self.assertEqual(len(told), 1)
        self.assert_usage(told[0])

    def test_a_whole_conversation_in_one_session_through_every_dialect(self) -> None:
        for ask in (self.companion, self.tutor, self.desk):
            ask(self.guest, "What are plants made of?").all_events()
        self.agent(self.guest, "And animals?").finish()
        messages = self.guest.history("s1")["messages"]
        self.assertEqual([message["role"] for message in messages], ["user", "assistant"] * 4)
        self.assertEqual({message["status"] for message in messages}, {"complete"})
        self.assertEqual({message["provider"] for message in messages[1::2]}, {"a"})
        # The user's sums are the server's.
        rows = [row for day in self.guest.get("/api/v1/me/usage").json()["days"] for row in day["providers"]]
        told = self.tap.usages()
        self.assertEqual(sum(row["total_tokens"] for row in rows), sum(map(sum, told)))
        self.assertEqual(sum(row["charged_tokens"] for row in rows), sum(map(sum, told)))
        self.assertEqual(sum(row["estimated_tokens"] for row in rows), 0)

    def test_the_operator_is_told_that_the_model_answers_first(self) -> None:
        status = self.client.get("/api/agent/status").json()
        self.assertEqual(
            [(p["name"], p["kind"], p["model"], p["available"]) for p in status["providers"]], [("a", "openai", NAME, True)]
        )


class WholeFromTheServer(Tapped):
    """`stream: false` for the provider: the server is asked for whole answers."""

    @classmethod
    def settings(cls) -> dict:
        settings = configuration(cls.tap.url)
        settings["providers"]["a"]["stream"] = False
        return settings

    def test_each_dialect(self) -> None:
        for ask, message in ((self.companion, "Another one"), (self.tutor, "Another topic"), (self.desk, "What is a bond?")):
            with self.subTest(ask.__name__):
                self.tap.forget()
                self.whole(ask(self.guest, message), message)
        for stream in (True, False):
            with self.subTest("completion", stream=stream):
                self.assertEqual(self.completion(self.guest, stream=stream, max_tokens=7).finish().status, 200)


class AnthropicsInterface(ModelCase):
    """The same server speaks Anthropic's Messages API too."""

    def test_an_agent_and_a_chat_completion(self) -> None:
        # This interface's requests have a limit of their own, 4,096 tokens; here the context ends the answer before.
        server = self.own_server(context=1280)
        key = server.folder.path / "key"
        key.write_text("a-key-of-the-test")
        settings = configuration(server.url)
        settings["providers"]["a"] |= {"kind": "anthropic", "base_url": server.url, "api_key_file": str(key)}
        guest = behind_nginx(self.sandbox(**settings)).guest()
        events = self.assert_complete_reply(self.companion(guest, "What are plants made of?"))
        end = events[-1].value
        self.assertEqual((end["provider"], end["model"], end["usage"]["estimated"]), ("a", NAME, False))
        self.assertEqual(guest.history("s1")["messages"][-1]["content"], text_of(events))
        for stream in (True, False):
            answer = self.completion(guest, stream=stream, max_tokens=7)
            told = answer.json() if not stream else json.loads(answer.all_events()[-2].data)
            self.assertEqual(told["usage"]["completion_tokens"], 7)


if __name__ == "__main__":
    unittest.main()
