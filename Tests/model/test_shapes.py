"""Servers that are stricter than OpenAI about the shape of a conversation, or tell more of themselves."""

from __future__ import annotations

import json
import unittest

from case import ModelCase
from harness import wait_until
from modelserver import NAME

QUESTION = "What are plants made of?"


class StrictTemplate(ModelCase):
    """The templates of Gemma, Mistral and others want the user and the assistant in turn, and refuse anything else."""

    server_options = {"template": "strict.jinja", "predict": 16}

    def test_a_conversation_goes_on_after_a_reply_without_a_word(self) -> None:
        server = self.own_server(slots=1, endless=True)
        client = self.program(server.url)
        for ask in (self.companion, self.tutor, self.desk):
            with self.subTest(ask.__name__):
                guest, other = client.guest(), client.guest()
                # The only slot is taken, so the reply is stopped before its first word.
                holding = self.completion(other, max_tokens=4000)
                server.wait_busy(1)
                waiting = self.companion(guest, QUESTION)
                reply = next(waiting.events()).value["reply_id"]
                wait_until("the question waits", lambda: server.waiting > 0)
                self.assertEqual(guest.post("/api/v1/chat/stop", {"message_id": reply}).status, 200)
                waiting.finish()
                holding.close()
                end = ask(guest, "And animals?").all_events()[-1].value
                self.assertEqual(end.get("status"), "complete", end)

    def test_whatever_order_the_messages_of_a_chat_completion_have(self) -> None:
        guest = self.program(self.own_server().url).guest()
        roles = {"s": "system", "u": "user", "a": "assistant"}
        for shape in ("uu", "suu", "ssu", "au", "sau", "uaau", "usu", "uasu", "s", "ua", "uaa"):
            with self.subTest(shape):
                messages = [{"role": roles[role], "content": f"Message {at}."} for at, role in enumerate(shape)]
                answer = self.completion(guest, stream=False, messages=messages, max_tokens=4).finish()
                self.assertEqual(answer.status, 200, answer.body)


class NoPrefill(ModelCase):
    def test_an_answer_is_never_a_continuation_of_the_assistants_message(self) -> None:
        guest = self.program(self.own_server().url).guest()
        begun = "Zwölf Boxkämpfer jagen Viktor"
        for begins in ([begun], ["Hello.", begun]):
            with self.subTest(len(begins)):
                messages = [{"role": "user", "content": QUESTION}]
                messages += [{"role": "assistant", "content": text} for text in begins]
                answer = self.completion(guest, stream=False, messages=messages, max_tokens=4).finish()
                self.assertEqual(answer.status, 200, answer.body)
                self.assertFalse(answer.json()["choices"][0]["message"]["content"].startswith(begun), answer.body)


class NoPath(ModelCase):
    def test_a_server_that_names_its_file_tells_no_path_to_clients(self) -> None:
        guest = self.program(self.own_server(alias=None).url).guest()
        end = self.assert_complete_reply(self.companion(guest, QUESTION))[-1].value
        told = [end["model"], self.completion(guest, stream=False, max_tokens=2).json()["chat_fcgi"]["model"]]
        told.append(json.dumps(guest.get("/api/v1/me/usage").json()))
        for text in told:
            self.assertNotIn("/", text)
        self.assertIn(NAME, told[0])


if __name__ == "__main__":
    unittest.main()
