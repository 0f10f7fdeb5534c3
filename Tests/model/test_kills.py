"""A model's server that is killed or frozen in the middle of an answer, with and without somebody to take over."""

from __future__ import annotations

import json
import unittest

from case import ModelCase, ends_of, text_of, until_text
from exchange import Exchange
from harness import Client, wait_until

QUESTION = "What are plants made of?"
# What a server that is gone is told as, in the middle of an answer and at the next call.
GONE = ("provider_interrupted", "provider_unavailable")


class Killed(ModelCase):
    server_options = {"predict": 2000, "endless": True}

    def whole(self, guest: Client, session: str, exchange: Exchange) -> dict:
        """The end of a stream, which is one, and whose text is what is kept."""
        events = exchange.all_events()
        self.assertTrue(exchange.whole)
        self.assertEqual(ends_of(events), [events[-1].type])
        reply = guest.history(session)["messages"][-1]
        self.assertEqual(reply["content"], text_of(events))
        self.assertTrue(reply["content"])
        return events[-1].value | {"kept": reply["status"]}

    def test_alone_in_each_dialect_that_keeps_a_conversation(self) -> None:
        server = self.own_server()
        client = self.program(server.url)
        for ask in (self.companion, self.tutor, self.desk):
            with self.subTest(ask.__name__):
                guest = client.guest()
                exchange = ask(guest, QUESTION)
                until_text(exchange)
                server.kill()
                end = self.whole(guest, "s1", exchange)
                self.assertEqual((end["type"], end["partial"], end["retryable"]), ("error", True, True))
                self.assertIn(end["code"], GONE)
                self.assertEqual(end["kept"], "failed")
                # What came is accounted.
                self.assertTrue(end["usage"]["estimated"])
                self.assertGreater(end["usage"]["completion_tokens"], 0)
                server = self.comes_back(server, guest)

    def comes_back(self, killed, guest: Client):
        """The server at the same address is found again by itself."""
        server = killed.again()
        self.addCleanup(server.close)
        wait_until(
            "the program asks it again",
            lambda: self.completion(guest, stream=False, max_tokens=2).finish().status == 200,
        )
        return server

    def test_alone_chat_completions_and_the_plain_agent(self) -> None:
        server = self.own_server()
        guest = self.program(server.url).guest()
        exchange = self.completion(guest)
        seen = []
        for event in exchange.events():
            if len(seen) == 3:
                server.kill()
            seen.append(event.data)
        self.assertNotIn("[DONE]", seen)
        self.assertIn(json.loads(seen[-1])["error"]["code"], GONE)
        self.assertEqual(sum('"error"' in data for data in seen), 1)
        server = self.comes_back(server, guest)
        exchange = self.completion(guest, stream=False)
        server.wait_busy(1)
        server.kill()
        self.assertIn(exchange.finish().status, (502, 503))
        self.assertIn(exchange.json()["error"]["code"], GONE)
        server = self.comes_back(server, guest)
        exchange = self.agent(guest, QUESTION)
        server.wait_busy(1)
        server.kill()
        self.assertIn(exchange.finish().status, (502, 503))
        self.assertIn(exchange.json()["code"], GONE)

    def test_the_agents_own_words_take_over(self) -> None:
        server = self.own_server()
        client = self.program(server.url, builtin=True)
        for ask in (self.companion, self.tutor, self.desk):
            with self.subTest(ask.__name__):
                guest = client.guest()
                exchange = ask(guest, QUESTION)
                until_text(exchange)
                server.kill()
                end = self.whole(guest, "s1", exchange)
                self.assertEqual((end["status"], end["provider"], end["kept"]), ("complete", "builtin", "complete"))
                server = server.again()
                self.addCleanup(server.close)

    def test_another_server_with_the_same_model_takes_over(self) -> None:
        first, second = self.own_server(), self.own_server(predict=64)
        guest = self.program(first.url, second.url).guest()
        exchange = self.companion(guest, QUESTION)
        until_text(exchange)
        first.kill()
        end = self.whole(guest, "s1", exchange)
        self.assertEqual((end["status"], end["provider"]), ("complete", "b"))
        self.assertEqual((end["usage"]["completion_tokens"], end["usage"]["estimated"]), (64, False))
        second.wait_busy(0)

    def test_a_chat_completion_goes_on_where_the_other_server_says_the_same(self) -> None:
        words = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        schema = {"type": "json_schema", "json_schema": {"name": "words", "schema": {"enum": [words]}, "strict": True}}
        # A grammar ends the answer, so the model must be able to.
        first, second = self.own_server(endless=False), self.own_server(endless=False)
        guest = self.program(first.url, second.url).guest()
        text, killed = "", False
        for event in self.completion(guest, response_format=schema).events():
            if event.data == "[DONE]":
                break
            chunk = json.loads(event.data)
            text += "".join(choice["delta"].get("content") or "" for choice in chunk["choices"])
            if text and not killed:
                first.kill()
                killed = True
        else:
            self.fail(f"the stream has no end: {text}")
        self.assertEqual(json.loads(text), words)

    def test_a_server_that_freezes_is_given_up_and_its_slot_is_free_when_it_thaws(self) -> None:
        server = self.own_server()
        guest = self.program(server.url, builtin=True, clocks={"idle_ms": 3000}).guest()
        exchange = self.companion(guest, QUESTION)
        until_text(exchange)
        server.freeze()
        end = self.whole(guest, "s1", exchange)
        self.assertEqual((end["status"], end["provider"]), ("complete", "builtin"))
        server.thaw()
        server.wait_busy(0)


if __name__ == "__main__":
    unittest.main()
