"""Answers that are given again: to the same question, to a similar one, by another worker, and no more after a removal."""

from __future__ import annotations

import unittest

from harness import ROOT, FastCGIClient, ServerCase
from provider import Provider, answers, configuration

ASKED = "How do I bake sourdough bread at home?"
SIMILAR = "Tell me how I do bake good sourdough bread at home, please"


class SimilarQuestions(ServerCase):
    def setUp(self) -> None:
        self.model = Provider(answers(["With ", "patience."]))
        self.addCleanup(self.model.close)
        settings = configuration(self.model)
        settings["models"][0]["cache"] = {"ttl_s": 3600}
        settings["cache"] = {"similarity": 0.6, "stored": True}
        place = self.sandbox(agents_dir=str(ROOT / "agents"), **settings)
        place.serve()
        place.serve(listen=f"unix:{place.path}/second.sock")
        self.here = FastCGIClient(place.socket).guest()
        self.there = FastCGIClient(f"{place.path}/second.sock").with_token(self.here.token)
        self.stranger = FastCGIClient(place.socket).guest()

    def ask(self, client, text: str, session: str | None = None, before: tuple = ()) -> dict:
        body = {"model": "any", "messages": [*before, {"role": "user", "content": text}]}
        if session:
            body |= {"store": True, "metadata": {"session_id": session}}
        answer = client.post("/api/v2/chat/completions", body)
        self.assertEqual(answer.status, 200, answer.body)
        self.assertEqual(answer.json()["choices"][0]["message"]["content"], "With patience.")
        return answer.json()["chat_fcgi"]

    def test_another_worker_gives_it_and_says_which_question_it_was_given_to(self) -> None:
        self.assertIs(self.ask(self.here, ASKED, "s1")["cached"], False)
        self.assertIs(self.ask(self.there, ASKED.upper(), "s2")["cached"], True)
        similar = self.ask(self.there, SIMILAR, "s3")
        self.assertEqual((similar["cached"], similar["cached_question"]), ("similar", ASKED))
        self.assertEqual(len(self.model.calls), 1)
        # Not to another user, and not in a conversation.
        self.assertIs(self.ask(self.stranger, SIMILAR, "s1")["cached"], False)
        before = ({"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"})
        self.assertIs(self.ask(self.there, SIMILAR, "s4", before)["cached"], False)
        self.assertEqual(len(self.model.calls), 3)

    def test_a_stream_says_it_as_well(self) -> None:
        self.here.ask(ASKED, session_id="s1").all_events()
        end = self.there.ask(ASKED + "!", session_id="s2").all_events()[-1]
        self.assertIs(end.value["metrics"]["cached"], True)
        reply = self.here.history("s2")["messages"][-1]
        self.assertEqual(reply["content"], "With patience.")

    def test_an_answer_that_is_in_no_conversation_stays_in_its_process(self) -> None:
        self.assertIs(self.ask(self.here, ASKED)["cached"], False)
        self.assertEqual(self.ask(self.here, SIMILAR)["cached"], "similar")
        self.assertIs(self.ask(self.there, SIMILAR)["cached"], False)

    def test_it_goes_with_its_conversation(self) -> None:
        self.ask(self.here, ASKED, "s1")
        self.assertEqual(self.here.request("DELETE", "/api/v1/chat/sessions/s1").finish().status, 204)
        self.assertIs(self.ask(self.there, SIMILAR, "s2")["cached"], False)
        self.assertEqual(self.ask(self.here, ASKED, "s3")["cached_question"], SIMILAR)
        self.assertEqual(len(self.model.calls), 2)


if __name__ == "__main__":
    unittest.main()
