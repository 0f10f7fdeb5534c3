"""What a chat completion asks for, and whether a real model's server does it: limits, stop texts, schemas, tools, context."""

from __future__ import annotations

import json
import unittest

from case import ModelCase, configuration
from exchange import Exchange
from modelserver import NAME
from packages import use
from starts import behind_nginx

# Whatever the model would like to say, it can only say this.
FORCED = "Ålesund, 日本 – 👩‍🚀 stop here, please"
BOOK = {
    "type": "object",
    "properties": {
        "title": {"type": "string", "maxLength": 20}, "kind": {"enum": ["novel", "play"]}, "read": {"type": "boolean"},
    },
    "required": ["title", "kind", "read"],
    "additionalProperties": False,
}  # fmt: skip
CITY = {
    "type": "object", "properties": {"city": {"enum": ["Bergen", "Ålesund"]}}, "required": ["city"],
    "additionalProperties": False,
}  # fmt: skip
TOOLS = [{"type": "function", "function": {"name": "weather", "description": "Tells a city's weather.", "parameters": CITY}}]


def format_of(schema: dict) -> dict:
    return {"type": "json_schema", "json_schema": {"name": "answer", "schema": schema, "strict": True}}


class Gathered:
    """A chat completion, streamed or whole, in the same terms."""

    def __init__(self, exchange: Exchange, stream: bool) -> None:
        self.text, self.reason, self.calls = "", None, {}
        if not stream:
            answer = exchange.json()
            choice = answer["choices"][0]
            self.text, self.reason = choice["message"]["content"] or "", choice["finish_reason"]
            for index, call in enumerate(choice["message"].get("tool_calls") or []):
                self.calls[index] = call
            self.usage = answer["usage"]
            return
        *chunks, end = [event.data for event in exchange.all_events()]
        assert end == "[DONE]", (end, chunks)
        for chunk in map(json.loads, chunks):
            self.usage = chunk.get("usage")
            for choice in chunk["choices"]:
                self.text += choice["delta"].get("content") or ""
                self.reason = choice["finish_reason"] or self.reason
                for piece in choice["delta"].get("tool_calls") or []:
                    call = self.calls.setdefault(piece["index"], {"id": "", "function": {"name": "", "arguments": ""}})
                    call["id"] += piece.get("id") or ""
                    for name in ("name", "arguments"):
                        call["function"][name] += piece["function"].get(name) or ""


class Completions(ModelCase):
    # A base model has no template of its own, and llama.cpp's knows no tools.
    server_options = {"predict": 300, "template": "tools.jinja"}

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.server = cls.start_server()
        cls.client = behind_nginx(cls.shared_sandbox(**configuration(cls.server.url)))
        cls.guest = cls.client.guest()

    def both(self, message: str = "Tell me something.", **more) -> list[Gathered]:
        """The same asked for as a stream and whole."""
        answers = []
        for stream in (True, False):
            exchange = self.completion(self.guest, message, stream, **more)
            self.assertEqual(exchange.status, 200, exchange.finish().body if exchange.status != 200 else "")
            answers.append(Gathered(exchange, stream))
        return answers

    def test_a_limit_of_tokens(self) -> None:
        for name in ("max_tokens", "max_completion_tokens"):
            for answer in self.both("Count from one to a thousand.", **{name: 5}):
                self.assertEqual((answer.reason, answer.usage["completion_tokens"]), ("length", 5))

    def test_text_of_many_tongues_arrives_whole(self) -> None:
        for answer in self.both(response_format=format_of({"enum": [FORCED]})):
            self.assertEqual((json.loads(answer.text), answer.reason), (FORCED, "stop"))

    def test_a_stop_text_ends_the_answer_before_it(self) -> None:
        for answer in self.both(response_format=format_of({"enum": [FORCED]}), stop=["nowhere", "here"]):
            self.assertEqual((answer.text, answer.reason), ('"' + FORCED.partition("here")[0], "stop"))

    def test_an_answer_by_a_schema(self) -> None:
        for answer in self.both("Name a book.", response_format=format_of(BOOK)):
            book = json.loads(answer.text)
            self.assertEqual((set(book), answer.reason), ({"title", "kind", "read"}, "stop"))
            self.assertIn(book["kind"], ("novel", "play"))
            self.assertIsInstance(book["read"], bool)

    def test_a_json_object(self) -> None:
        for answer in self.both("Name a book.", response_format={"type": "json_object"}, max_tokens=60):
            self.assertTrue(answer.text.lstrip().startswith("{"), answer.text)
            self.assertIn(answer.reason, ("stop", "length"))
            if answer.reason == "stop":
                self.assertIsInstance(json.loads(answer.text), dict)

    def test_a_tool_is_called_and_its_result_read(self) -> None:
        more = {"parallel_tool_calls": False, "temperature": 0, "max_tokens": 200}
        for answer in self.both("How is the weather?", tools=TOOLS, tool_choice="required", **more):
            self.assertEqual(answer.reason, "tool_calls")
            for call in answer.calls.values():
                self.assertTrue(call["id"])
                self.assertEqual(call["function"]["name"], "weather")
                self.assertIn(json.loads(call["function"]["arguments"])["city"], ("Bergen", "Ålesund"))
            self.assertTrue(answer.calls)
            calls = [{"type": "function", "id": c["id"], "function": c["function"]} for c in answer.calls.values()]
            messages = [
                {"role": "user", "content": "How is the weather?"},
                {"role": "assistant", "content": None, "tool_calls": calls},
                *({"role": "tool", "tool_call_id": call["id"], "content": "Rain."} for call in calls),
            ]
            told = self.completion(self.guest, stream=False, messages=messages, tools=TOOLS, tool_choice="none", max_tokens=20)
            self.assertEqual(told.finish().status, 200, told.body)

    def test_several_calls_in_one_answer_are_told_apart(self) -> None:
        for answer in self.both("How is the weather?", tools=TOOLS, tool_choice="required", temperature=0, max_tokens=120):
            self.assertEqual(list(answer.calls), list(range(len(answer.calls))))
            self.assertEqual(len({call["id"] for call in answer.calls.values()}), len(answer.calls))
            # The limit may cut the last one.
            whole = [call for call in answer.calls.values()][: -1 if answer.reason == "length" else None]
            for call in whole:
                self.assertEqual(call["function"]["name"], "weather")
                self.assertIn(json.loads(call["function"]["arguments"])["city"], ("Bergen", "Ålesund"))
            self.assertTrue(answer.calls)

    def test_tools_that_need_not_be_called(self) -> None:
        for choice in ("auto", "none"):
            for answer in self.both("Hello!", tools=TOOLS, tool_choice=choice, max_tokens=40):
                self.assertIn(answer.reason, ("stop", "length", "tool_calls"))
                if answer.reason != "length":
                    self.assertEqual(bool(answer.calls), answer.reason == "tool_calls")
                if choice == "none":
                    self.assertEqual(answer.calls, {})

    def test_every_parameter_is_taken(self) -> None:
        parameters = {
            "temperature": 0.7, "top_p": 0.9, "seed": 7, "presence_penalty": 0.5, "frequency_penalty": -0.5, "stop": "zebra",
            "reasoning_effort": "low", "user": "someone", "parallel_tool_calls": False, "tools": TOOLS, "tool_choice": "none",
            "max_completion_tokens": 8, "metadata": {"a": "b"},
        }  # fmt: skip
        messages = [
            {"role": "developer", "content": "Be brief."}, {"role": "user", "name": "anna", "content": "Hello."},
            {"role": "assistant", "content": "Hello."}, {"role": "user", "content": "Who are you?"},
        ]  # fmt: skip
        for answer in self.both(messages=messages, **parameters):
            self.assertLessEqual(answer.usage["completion_tokens"], 8)

    def test_shapes_of_conversations(self) -> None:
        """Templates of real models refuse what is unusual; what clients send must be answered all the same."""

        def said(*turns: str) -> list[dict]:
            roles = {"s": "system", "u": "user", "a": "assistant"}
            return [{"role": roles[turn[0]], "content": turn[2:]} for turn in turns]

        for messages in (
            said("s Be brief.", "u Hello."), said("u Hello.", "u Are you there?"), said("s Be brief."),
            said("u Hello.", "s Be brief.", "u Well?"), said("s One.", "s Two.", "u Hello."), said("a Hello.", "u Hello."),
            said("u Say on:", "a Once upon"),
        ):  # fmt: skip
            with self.subTest("".join(message["role"][0] for message in messages)):
                exchange = self.completion(self.guest, stream=False, messages=messages, max_tokens=4).finish()
                self.assertEqual(exchange.status, 200, exchange.body)

    def test_official_clients(self) -> None:
        use("clients")
        import openai
        from langchain_openai import ChatOpenAI

        url = f"http://127.0.0.1:{self.client.address[1]}/api/v2"
        with openai.OpenAI(base_url=url, api_key=self.guest.token, max_retries=0) as client:
            question = [{"role": "user", "content": "Name a book."}]
            with client.chat.completions.stream(model=NAME, messages=question, response_format=format_of(BOOK)) as stream:
                answer = stream.get_final_completion()
            self.assertEqual(answer.choices[0].finish_reason, "stop")
            self.assertIn(json.loads(answer.choices[0].message.content)["kind"], ("novel", "play"))
        options = {"max_retries": 0, "max_tokens": 200, "temperature": 0}
        chat = ChatOpenAI(base_url=url, api_key=self.guest.token, model=NAME, **options)
        called = chat.bind_tools(TOOLS, tool_choice="required", parallel_tool_calls=False).invoke("How is the weather?")
        self.assertEqual({call["name"] for call in called.tool_calls}, {"weather"})


class Context(ModelCase):
    """A server whose context is soon full."""

    server_options = {"context": 512, "predict": 2000, "endless": True}
    TOO_LONG = "word " * 1500

    def test_a_prompt_that_does_not_fit_is_told_as_such(self) -> None:
        server = self.own_server()
        guest = self.program(server.url).guest()
        for stream in (True, False):
            exchange = self.completion(guest, self.TOO_LONG, stream).finish()
            self.assertEqual(exchange.status, 400, exchange.body)
            error = json.loads(exchange.body)["error"]
            self.assertEqual((error["type"], error["code"]), ("invalid_request_error", "context_length_exceeded"))
        for ask, name in ((self.companion, "companion"), (self.tutor, "tutor"), (self.desk, "desk")):
            with self.subTest(name):
                end = ask(guest, self.TOO_LONG, name).all_events()[-1].value
                self.assertEqual((end["type"], end["code"], end["retryable"]), ("error", "context_length_exceeded", False))
        self.assert_problem(self.agent(guest, self.TOO_LONG), 400)
        # A conversation that does not fit says nothing about the server: it is asked again.
        self.assertEqual(self.completion(guest, "Hello.", False, max_tokens=4).finish().status, 200)
        # What was turned away unread costs nothing.
        rows = [row for day in guest.get("/api/v1/me/usage").json()["days"] for row in day["providers"]]
        self.assertEqual(sum(row["charged_tokens"] for row in rows if row["completions"] == 0), 0)

    def test_the_next_server_reads_what_was_too_long_for_the_first(self) -> None:
        small, large = self.own_server(), self.own_server(context=4096, predict=16)
        guest = self.program(small.url, large.url).guest()
        answer = self.completion(guest, self.TOO_LONG, False).json()
        self.assertEqual((answer["chat_fcgi"]["provider"], answer["chat_fcgi"]["attempts"]), ("b", 2))
        events = self.assert_complete_reply(self.companion(guest, self.TOO_LONG))
        self.assertEqual(events[-1].value["provider"], "b")

    def test_an_answer_that_fills_the_context_ends_with_length(self) -> None:
        server = self.own_server()
        guest = self.program(server.url).guest()
        for stream in (True, False):
            answer = Gathered(self.completion(guest, "Once upon a time", stream), stream)
            self.assertEqual(answer.reason, "length")
            self.assertGreater(answer.usage["completion_tokens"], 100)
            self.assertLessEqual(answer.usage["total_tokens"], 513)


if __name__ == "__main__":
    unittest.main()
