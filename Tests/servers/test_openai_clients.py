"""Official clients of OpenAI's chat completions, unchanged but for the address and the key, through nginx and the program.

    openai, langchain-openai   of Tests/requirements/clients.txt, installed when first needed
    litellm                    of Tests/requirements/litellm.txt, when somebody has installed it
"""

from __future__ import annotations

import asyncio
import base64
import json
import re
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import packages
import starts
from harness import ROOT, ServerCase, wait_until
from provider import Behaviour, Provider, answers, refuses, replace

WORDS = ["An", " extra", "ordi", "nary", " tale", ", ", "the", " Düne", "n", " of", " 日", "本", ".\n"]
TEXT = "".join(WORDS)
QUESTION = [{"role": "user", "content": "Say it."}]
CALLS = [
    ("call_1", "weather", '{"city": "Trondheim", "unit": "°C"}'),
    ("call_2", "clock", '{"zone": "Europe/Oslo"}'),
]
PARAMETERS = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
TOOLS = [
    {"type": "function", "function": {"name": "weather", "description": "Tells it.", "parameters": PARAMETERS}},
    {"type": "function", "function": {"name": "clock", "parameters": {"type": "object", "properties": {}}}},
]
BOOK = '{"title": "Dune", "year": 1965}'
# What responses have beyond OpenAI's own; docs/api.md tells of each.
OUR_OWN = {"chat_fcgi", "reasoning_content", "prompt_analysis"}


@dataclass(frozen=True)
class Deltas(Behaviour):
    """An answer of which not only the text is given; `deltas` are sent one a chunk."""

    deltas: tuple[dict, ...] = ()


def calls_tools(reason: str = "tool_calls") -> Deltas:
    """Several calls, the arguments in pieces that cut words."""
    deltas = []
    for index, (identifier, name, arguments) in enumerate(CALLS):
        head = {"index": index, "id": identifier, "type": "function", "function": {"name": name, "arguments": ""}}
        deltas.append({"tool_calls": [head]})
        for at in range(0, len(arguments), 5):
            deltas.append({"tool_calls": [{"index": index, "function": {"arguments": arguments[at : at + 5]}}]})
    return Deltas(deltas=tuple(deltas), completion_tokens=9, finish_reason=reason)


class Scripted(Provider):
    """Also knows each call's header fields, and answers with `Deltas`."""

    def __init__(self, *script: Behaviour) -> None:
        self.headers: list[dict] = []
        super().__init__(*script)

    def perform(self, handler, behaviour, request) -> None:
        with self.lock:
            self.headers.append({name.lower(): value for name, value in handler.headers.items()})
        if isinstance(behaviour, Deltas):
            assert request["stream"], "the program streams what a provider says"
            behaviour = Behaviour(body=self.events(behaviour), headers={"Content-Type": "text/event-stream"})
        super().perform(handler, behaviour, request)

    def events(self, behaviour: Deltas) -> bytes:
        head = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1_700_000_000, "model": "m"}
        deltas = [({"role": "assistant", "content": None}, None), *((delta, None) for delta in behaviour.deltas)]
        deltas.append(({}, behaviour.finish_reason))
        chunks = [
            head | {"choices": [{"index": 0, "delta": delta, "finish_reason": reason}]} for delta, reason in deltas
        ]
        chunks.append(head | {"choices": [], "usage": self.usage(behaviour)})
        return b"".join(b"data: " + json.dumps(chunk).encode() + b"\n\n" for chunk in chunks) + b"data: [DONE]\n\n"


class Clients(ServerCase):
    """One program for all tests of a class, with a provider that does as it is told, and the embedded one."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        packages.use("clients")
        cls.provider = Scripted(answers(WORDS))
        cls.addClassCleanup(cls.provider.close)
        cls.box = cls.shared_sandbox(
            providers={"a": {"kind": "openai", "base_url": cls.provider.url}, "builtin": {"kind": "builtin"}},
            models=[
                {"name": "scripted", "chain": [{"provider": "a", "model": "model-a"}]},
                {"name": "librarian", "chain": [{"provider": "builtin"}]},
            ],
            # Each call of a client is one of the provider's, so that the client's own retries can be counted.
            retry={"attempts": 1, "bench_after": 1000},
            stream={"detach_grace_ms": 0},
            # A text of 3 MB is some 750,000 tokens.
            limits={"prompt_tokens": 1_000_000},
        )
        cls.guest = starts.behind_nginx(cls.box).guest()
        cls.base_url = f"http://127.0.0.1:{cls.guest.address[1]}/api/v2"

    def says(self, *script: Behaviour) -> None:
        self.before = len(self.provider.calls)
        self.provider.then(*script)

    @property
    def calls(self) -> list[dict]:
        """Those since `says`."""
        return self.provider.calls[self.before :]

    def client(self, **options):
        import openai

        options = {"base_url": self.base_url, "api_key": self.guest.token, "max_retries": 0} | options
        client = openai.OpenAI(**options)
        self.addCleanup(client.close)
        return client

    def create(self, model: str = "scripted", **parameters):
        return self.client().chat.completions.create(**{"model": model, "messages": QUESTION} | parameters)


def text_of(chunks: list) -> str:
    return "".join(choice.delta.content or "" for chunk in chunks for choice in chunk.choices)


def reasons_of(chunks: list) -> list[str]:
    return [choice.finish_reason for chunk in chunks for choice in chunk.choices if choice.finish_reason]


class Answers(Clients):
    def test_a_whole_answer(self) -> None:
        self.says(answers(WORDS, 77))
        answer = self.create(
            messages=[{"role": "developer", "content": "Be brief."}, *QUESTION],
        )
        choice = answer.choices[0]
        self.assertEqual((choice.message.role, choice.message.content, choice.finish_reason), ("assistant", TEXT, "stop"))
        self.assertIsNone(choice.message.tool_calls)
        self.assertEqual((answer.object, answer.model), ("chat.completion", "model-a"))
        usage = answer.usage
        self.assertEqual((usage.prompt_tokens, usage.completion_tokens, usage.total_tokens), (11, 77, 88))
        self.assertEqual(answer.model_extra["chat_fcgi"]["provider"], "a")
        self.assertTrue(answer._request_id)
        [asked] = self.calls
        self.assertEqual(asked["model"], "model-a")
        self.assertEqual(asked["messages"], [{"role": "system", "content": "Be brief."}, *QUESTION])
        # The key is for the program, and no business of the provider's.
        self.assertNotIn("authorization", self.provider.headers[-1])

    def test_a_streamed_answer(self) -> None:
        self.says(answers(WORDS, 77))
        with self.create(stream=True) as stream:
            chunks = list(stream)
        self.assertEqual(text_of(chunks), TEXT)
        self.assertEqual(chunks[0].choices[0].delta.role, "assistant")
        self.assertEqual(reasons_of(chunks), ["stop"])
        self.assertEqual({(chunk.model, chunk.id) for chunk in chunks}, {("model-a", chunks[0].id)})
        self.assertTrue(all(chunk.usage is None for chunk in chunks))
        with self.create(stream=True, stream_options={"include_usage": True}) as stream:
            chunks = list(stream)
        self.assertEqual(text_of(chunks), TEXT)
        self.assertEqual([chunk.usage.completion_tokens for chunk in chunks if chunk.usage], [77])
        self.assertEqual(chunks[-1].choices, [])

    def test_an_answer_put_together_by_the_library(self) -> None:
        self.says(answers(WORDS, 77))
        with self.client().chat.completions.stream(
            model="scripted", messages=QUESTION, stream_options={"include_usage": True}
        ) as stream:
            pieces = [event.delta for event in stream if event.type == "content.delta" and event.delta]
            answer = stream.get_final_completion()
        self.assertEqual("".join(pieces), TEXT)
        self.assertEqual((answer.choices[0].message.content, answer.usage.completion_tokens), (TEXT, 77))

    def test_every_parameter_reaches_the_provider(self) -> None:
        given = {
            "temperature": 0.5, "top_p": 0.25, "stop": ["END", "FIN"], "seed": 7, "presence_penalty": 0.5,
            "frequency_penalty": -0.5, "reasoning_effort": "low", "tools": TOOLS, "parallel_tool_calls": False,
            "tool_choice": {"type": "function", "function": {"name": "clock"}}, "response_format": {"type": "json_object"},
        }  # fmt: skip
        for stream in (False, True):
            with self.subTest(stream=stream):
                self.says(answers(WORDS))
                answer = self.create(**given, max_completion_tokens=99, stream=stream)
                if stream:
                    list(answer)
                [asked] = self.calls
                self.assertEqual({name: asked.get(name) for name in given}, given)
                self.assertIn(99, (asked.get("max_completion_tokens"), asked.get("max_tokens")))

    def test_thoughts_come_beside_the_text(self) -> None:
        thoughts = [{"reasoning_content": "Let me "}, {"reasoning_content": "think."}, {"content": "Yes."}]
        self.says(Deltas(deltas=tuple(thoughts)))
        chunks = list(self.create(stream=True))
        deltas = [chunk.choices[0].delta for chunk in chunks]
        self.assertEqual("".join(getattr(delta, "reasoning_content", "") for delta in deltas), "Let me think.")
        self.assertEqual(text_of(chunks), "Yes.")
        message = self.create().choices[0].message
        self.assertEqual((message.content, message.reasoning_content), ("Yes.", "Let me think."))

    def test_an_analysis_of_the_prompt_comes_with_the_answer(self) -> None:
        self.says(answers(WORDS))
        asked = {"extra_body": {"enable_insights": True}}
        chunks = list(self.create(stream=True, **asked))
        self.assertEqual(text_of(chunks), TEXT)
        [analysis] = [chunk.prompt_analysis for chunk in chunks if "prompt_analysis" in chunk.model_extra]
        self.assertTrue(analysis["insights"])
        answer = self.create(**asked)
        self.assertEqual(answer.model_extra["prompt_analysis"], analysis)
        self.assertNotIn("enable_insights", self.calls[0])

    def test_what_is_stored_is_in_the_history(self) -> None:
        self.says(answers(WORDS))
        self.create(store=True, metadata={"session_id": "kept", "topic": "x"})
        messages = self.guest.history("kept")["messages"]
        self.assertEqual([(m["role"], m["content"]) for m in messages], [("user", "Say it."), ("assistant", TEXT)])
        self.create(metadata={"session_id": "not-kept"})
        self.assertEqual(self.guest.post("/api/v1/chat/history", {"session_id": "not-kept"}).status, 404)

    def test_a_request_without_a_users_message(self) -> None:
        import openai

        self.says(answers(WORDS))
        instructions = [{"role": "system", "content": "Tell a joke."}]
        self.assertEqual(self.create(messages=instructions).choices[0].message.content, TEXT)
        self.assertEqual(self.calls[0]["messages"], instructions)
        # A conversation that is kept has somebody who asks.
        with self.assertRaises(openai.BadRequestError) as caught:
            self.create(messages=instructions, store=True)
        self.assertEqual(caught.exception.param, "messages")

    def test_the_embedded_provider_alone(self) -> None:
        answer = self.create(model="librarian")
        self.assertIn("language model", answer.choices[0].message.content)
        self.assertEqual(answer.choices[0].finish_reason, "stop")
        chunks = list(self.create(model="librarian", stream=True, stream_options={"include_usage": True}))
        self.assertEqual(text_of(chunks), answer.choices[0].message.content)
        self.assertEqual(reasons_of(chunks), ["stop"])
        self.assertGreater(chunks[-1].usage.total_tokens, 0)

    def test_the_models(self) -> None:
        import openai

        client = self.client()
        models = list(client.models.list())
        owners = {model.id: model.owned_by for model in models}
        self.assertEqual((owners["scripted"], owners["librarian"], owners["noah"]), ("a", "builtin", "chat-fcgi"))
        self.assertTrue(all(model.object == "model" and model.created > 0 and model.owned_by for model in models))
        self.assertEqual(len(models), len(owners), "each name once")
        self.assertEqual(client.models.retrieve("scripted").id, "scripted")
        with self.assertRaises(openai.NotFoundError) as caught:
            client.models.retrieve("nobody")
        self.assertEqual(caught.exception.code, "model_not_found")


class Addresses(Clients):
    """Base URLs, names of models in paths, and what is not here."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        address = f"http://127.0.0.1:{cls.guest.address[1]}"
        cls.bases = [address + "/v1", address + "/v1/", address + "/api/v2"]

    def test_every_base_url_answers(self) -> None:
        for base in self.bases:
            with self.subTest(base):
                self.says(answers(WORDS))
                client = self.client(base_url=base)
                answer = client.chat.completions.create(model="scripted", messages=QUESTION)
                self.assertEqual(answer.choices[0].message.content, TEXT)
                with client.chat.completions.create(model="scripted", messages=QUESTION, stream=True) as stream:
                    self.assertEqual(text_of(list(stream)), TEXT)
                self.assertIn("scripted", [model.id for model in client.models.list()])

    def test_a_name_with_slashes_and_colons_is_found(self) -> None:
        names = ["org/name", "a/b/c:8b", "llama3:8b", "c++/x", "100%/y", "openrouter/auto"]
        box = self.sandbox(models=[{"name": name, "chain": [{"provider": "builtin"}]} for name in names])
        guest = starts.behind_nginx(box).guest()
        for base in ("/v1", "/api/v2"):
            client = self.client(base_url=f"http://127.0.0.1:{guest.address[1]}{base}", api_key=guest.token)
            self.assertLessEqual(set(names), {model.id for model in client.models.list()})
            for name in names:
                with self.subTest(name, base=base):
                    self.assertEqual(client.models.retrieve(name).id, name)
                    for target in (quote(name, safe=""), quote(name, safe="/:+")):
                        self.assertEqual(guest.get(f"{base}/models/{target}").json()["id"], name)

    def test_what_is_not_here_is_told(self) -> None:
        import openai

        for base in (self.bases[0], self.bases[2]):
            client = self.client(base_url=base)
            for ask in (
                lambda: client.embeddings.create(model="m", input="x"),
                lambda: client.audio.speech.create(model="m", input="x", voice="alloy"),
                lambda: client.images.generate(prompt="x"), lambda: client.moderations.create(input="x"),
                lambda: client.files.list(), lambda: client.batches.list(), lambda: client.fine_tuning.jobs.list(),
                lambda: client.responses.create(model="m", input="x"), lambda: client.vector_stores.list(),
                lambda: client.completions.create(model="m", prompt="x"),
                lambda: client.chat.completions.retrieve("chatcmpl-1"),
            ):  # fmt: skip
                with self.assertRaises(openai.NotFoundError) as caught:
                    ask()
                self.assertEqual((caught.exception.code, caught.exception.type), ("unknown_url", "invalid_request_error"))
                self.assertIn("/chat/completions", caught.exception.message)
                self.assertNotIn("\n", caught.exception.message)

    def test_a_wrong_base_url_is_told(self) -> None:
        import openai

        root = self.bases[0].removesuffix("/v1")
        for wrong in (
            "", "/v1/v1", "/v1/chat/completions", "/api/v2/v1", "/api/v1", "/api", "/v1/api/v2", "/openai/v1", "/openai", "/v2",
        ):  # fmt: skip
            with self.subTest(wrong):
                client = self.client(base_url=root + wrong)
                with self.assertRaises(openai.NotFoundError) as caught:
                    client.chat.completions.create(model="scripted", messages=QUESTION)
                self.assertEqual(caught.exception.code, "unknown_url")
                self.assertRegex(caught.exception.message, "base URL .* with (/v1|/api/v2) at its end")
                if wrong != "/api/v1":
                    with self.assertRaises(openai.NotFoundError):
                        client.models.list()

    def test_a_wrong_method_is_told_in_the_same_form(self) -> None:
        for method, target, allowed in [
            ("GET", "/v1/chat/completions", "POST"), ("DELETE", "/v1/models/org/x", "GET, HEAD"),
            ("POST", "/v1/models", "GET, HEAD"),
        ]:  # fmt: skip
            answer = self.guest.request(method, target).finish()
            self.assertEqual((answer.status, answer.head.get("Allow")), (405, allowed))
            error = answer.json()["error"]
            self.assertEqual((error["code"], error["type"]), ("method_not_allowed", "invalid_request_error"))
            self.assertIn(allowed, error["message"])


class Agents(ServerCase):
    """The house's agents by their names, without a language model: what they say is the same each time."""

    LIKED = {"role": "user", "content": "I loved The Time Machine. What next?"}
    WORDS = ["noah", "tutor", "visa_expert", "general", "desk", "desk.analyst", "desk.riskManager"]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        packages.use("clients")
        cls.box = cls.shared_sandbox(
            agents_dir=str(ROOT / "agents"), models=[{"name": "fast", "chain": [{"provider": "builtin"}]}]
        )
        cls.guest = starts.behind_nginx(cls.box).guest()

    def client(self, guest=None):
        import openai

        guest = guest or self.guest
        url = f"http://127.0.0.1:{guest.address[1]}/v1"
        client = openai.OpenAI(base_url=url, api_key=guest.token, max_retries=0)
        self.addCleanup(client.close)
        return client

    def say(self, model: str, *messages: dict, **options) -> str:
        answer = self.client(options.pop("guest", None)).chat.completions.create(
            model=model, messages=list(messages), **options
        )
        # An agent has its own name, a model the name of who answered.
        self.assertEqual((answer.model, answer.choices[0].finish_reason), ("librarian" if model == "fast" else model, "stop"))
        self.assertGreater(answer.usage.completion_tokens, 0)
        return answer.choices[0].message.content

    def test_every_agent_is_listed_and_answers_streamed_and_whole(self) -> None:
        client = self.client()
        listed = {model.id: model.owned_by for model in client.models.list()}
        for name in self.WORDS:
            with self.subTest(name):
                self.assertEqual(listed[name], "chat-fcgi")
                self.assertEqual(client.models.retrieve(name).id, name)
                question = {"role": "user", "content": "What can you tell me?"}
                whole = self.say(name, question)
                self.assertTrue(whole)
                stream = client.chat.completions.create(
                    model=name, messages=[question], stream=True, stream_options={"include_usage": True}
                )
                chunks = list(stream)
                self.assertEqual(text_of(chunks), whole)
                self.assertEqual((reasons_of(chunks), chunks[0].choices[0].delta.role), (["stop"], "assistant"))
                self.assertGreater(chunks[-1].usage.total_tokens, 0)

    def test_they_answer_what_they_know(self) -> None:
        self.assertRegex(self.say("noah", self.LIKED), r"\*.+\* by ")
        visa = {"role": "user", "content": "Do I need a visa for Germany to study there?"}
        self.assertIn("Germany", self.say("visa_expert", visa))
        self.assertIn("no investment advice", self.say("desk.analyst", {"role": "user", "content": "How did DEMO1 do?"}).lower())

    def test_the_conversation_is_the_clients(self) -> None:
        first = self.say("noah", self.LIKED)
        more = [self.LIKED, {"role": "assistant", "content": first}, {"role": "user", "content": "Something else, please"}]
        second = self.say("noah", *more)
        titles = [re.findall(r"^\*([^*]+)\*", text, re.MULTILINE) for text in (first, second)]
        self.assertTrue(titles[0] and titles[1], second)
        self.assertFalse(set(titles[0]) & set(titles[1]), "what was shown is not shown again")
        place = [*more[:2], {"role": "user", "content": "Tell me about the second one"}]
        self.assertIn(titles[0][1], self.say("noah", *place))
        # Nothing is left over from the conversation before.
        self.assertEqual(self.say("noah", self.LIKED), first)
        # What only clients have is passed over: instructions, and a system's.
        told = self.say("noah", {"role": "system", "content": "Talk like a pirate."}, self.LIKED, user="", temperature=1)
        self.assertEqual(told, first)

    def test_nothing_is_kept_unless_asked_for(self) -> None:
        guest = self.guest.guest()
        self.say("noah", self.LIKED, guest=guest)
        self.assertEqual(guest.get("/api/v1/chat/preferences").json()["preferences"], [])
        self.assertEqual(guest.get("/api/v1/chat/sessions").json()["sessions"], [])
        said = self.say("noah", self.LIKED, guest=guest, store=True, metadata={"session_id": "kept"})
        messages = guest.history("kept")["messages"]
        self.assertEqual([(m["role"], m["content"]) for m in messages], [("user", self.LIKED["content"]), ("assistant", said)])
        self.assertTrue(messages[1]["recommendations"], "the page shows the cards")
        self.assertTrue(guest.get("/api/v1/chat/preferences").json()["preferences"])

    def test_what_an_agent_does_not_do_is_refused(self) -> None:
        import openai

        completions = self.client().chat.completions
        tool = {"role": "tool", "tool_call_id": "call_1", "content": "rain"}
        for param, messages in [
            ("messages", [self.LIKED, {"role": "assistant", "content": "Hm."}]),
            ("messages", [{"role": "system", "content": "Hm."}]),
            ("messages[1].content", [self.LIKED, {"role": "user", "content": "x" * 32_769}]),
            ("messages[0].content", [{"role": "user", "content": ""}]),
        ]:
            with self.assertRaises(openai.BadRequestError) as caught:
                completions.create(model="noah", messages=messages)
            self.assertEqual(caught.exception.param, param)
        for model in ("noah", "general", "fast"):
            for stream in (False, True):
                for param, options in [
                    ("tools", {"tools": TOOLS}), ("tools", {"tools": TOOLS, "tool_choice": "required"}),
                    ("response_format", {"response_format": {"type": "json_object"}}),
                    ("messages[0]", {"messages": [tool, self.LIKED]}), ("messages[1]", {"messages": [self.LIKED, tool]}),
                ]:  # fmt: skip
                    with self.subTest(model, stream=stream, options=options):
                        with self.assertRaises(openai.InternalServerError) as caught:
                            completions.create(**{"model": model, "messages": [self.LIKED], "stream": stream} | options)
                        error = caught.exception
                        self.assertEqual((error.status_code, error.code), (503, "language_model_required"))
                        self.assertEqual(error.param, param)
                        self.assertEqual(error.response.headers["x-should-retry"], "false")
            # Tools that must not be called need nobody who could.
            for options in ({"tools": TOOLS, "tool_choice": "none"}, {"tools": []}, {"response_format": {"type": "text"}}):
                self.assertTrue(self.say(model, self.LIKED, **options))

    def test_a_name_that_nobody_has_is_refused(self) -> None:
        import openai

        for name in ("Noah", "desk.", "desk.nobody", "noah ", "relay"):
            with self.assertRaises(openai.NotFoundError) as caught:
                self.say(name, self.LIKED)
            self.assertEqual(caught.exception.code, "model_not_found")


class NeedsModel(Clients):
    """A provider that fails, and the embedded one behind it: no text takes the place of a tool's call, or of JSON."""

    def test_the_embedded_provider_takes_over_for_nobody_who_needs_more(self) -> None:
        import openai

        box = self.sandbox(
            agents_dir=str(ROOT / "agents"),
            providers={"a": {"kind": "openai", "base_url": self.provider.url}, "builtin": {"kind": "builtin"}},
            models=[{"name": "*", "chain": [{"provider": "a", "model": "m"}, {"provider": "builtin"}]}],
            retry={"attempts": 1, "bench_after": 1},
        )
        guest = starts.behind_nginx(box).guest()
        client = self.client(base_url=f"http://127.0.0.1:{guest.address[1]}/v1", api_key=guest.token)
        self.says(refuses(500, "server_error"))
        for options in ({"tools": TOOLS}, {"response_format": {"type": "json_object"}}, {}):
            for stream in (False, True):
                with self.assertRaises(openai.InternalServerError) as caught:
                    client.chat.completions.create(model="any", messages=QUESTION, stream=stream, **options)
                self.assertEqual(caught.exception.code, "provider_unavailable")
        # An agent has words of its own, and says what it cannot do.
        answer = client.chat.completions.create(model="noah", messages=[Agents.LIKED])
        self.assertIn("*", answer.choices[0].message.content)
        with self.assertRaises(openai.BadRequestError) as caught:
            client.chat.completions.create(model="noah", messages=QUESTION, tools=TOOLS)
        self.assertEqual(caught.exception.param, "tools")


class ListedModels(ServerCase):
    """The models of a provider behind `*`, asked for there."""

    def test_the_providers_own_models_are_listed_and_can_be_asked(self) -> None:
        provider, other = Listing(answers(WORDS)), Listing(answers(WORDS), says=b'{"data":[{"id":"other/one"}]}')
        for one in (provider, other):
            self.addCleanup(one.close)
        box = self.sandbox(
            providers={
                "a": {"kind": "openai", "base_url": provider.url}, "b": {"kind": "openai", "base_url": other.url},
                "builtin": {"kind": "builtin"},
            },
            models=[
                {"name": "fast", "chain": [{"provider": "a", "model": "model-a"}]},
                {"name": "*", "chain": [{"provider": "a"}, {"provider": "b"}, {"provider": "builtin"}]},
            ],
        )  # fmt: skip
        guest = starts.behind_nginx(box).guest()
        for _ in range(3):
            listed = {model["id"]: model["owned_by"] for model in guest.get("/v1/models").json()["data"]}
            owners = {"org/own": "a", "own:8b": "a", "fast": "a", "other/one": "b"}
            self.assertEqual({name: listed.get(name) for name in owners}, owners)
            self.assertNotIn("text-embedding-3-small", listed)
        self.assertEqual(provider.lists, 1, "kept for some minutes")
        self.assertLessEqual(other.lists, 2, "for which no model is named: at the start, too")
        self.assertEqual(guest.get("/v1/models/org/own").json()["id"], "org/own")
        for asked, expected in (("org/own", "org/own"), ("own:8b", "own:8b"), ("no-such", "model-a"), ("fast", "model-a")):
            self.assertEqual(guest.post("/v1/chat/completions", {"model": asked, "messages": QUESTION}).status, 200)
            self.assertEqual(provider.calls[-1]["model"], expected)

    def test_a_provider_that_is_down_or_talks_nonsense_takes_nothing_away(self) -> None:
        for says in (b"<html>", b'{"data":7}', b"[" * 100_000, None):
            with self.subTest(says=says and says[:10]):
                provider = Listing(answers(WORDS), says=says)
                box = self.sandbox(
                    providers={"a": {"kind": "openai", "base_url": provider.url}},
                    models=[{"name": "fast", "chain": [{"provider": "a", "model": "m"}]}, {"name": "*", "chain": [{"provider": "a"}]}],
                )
                if says is None:
                    provider.close()
                else:
                    self.addCleanup(provider.close)
                guest = starts.behind_nginx(box).guest()
                listed = [model["id"] for model in guest.get("/v1/models").json()["data"]]
                self.assertIn("fast", listed)
                self.assertIn("noah", listed)


class Listing(Provider):
    """Also lists its models."""

    MODELS = ["org/own", "own:8b", "model-a", "text-embedding-3-small", "x" * 200, "a b", "org/own"]

    def __init__(self, *script: Behaviour, says: bytes | None = None) -> None:
        super().__init__(*script)
        self.lists = 0
        body = says or json.dumps({"object": "list", "data": [{"id": name, "object": "model"} for name in self.MODELS]}).encode()
        provider = self

        def do_get(handler) -> None:
            provider.lists += 1
            provider.head(handler, 200, {"Content-Type": "application/json", "Content-Length": str(len(body))})
            handler.wfile.write(body)

        self.server.RequestHandlerClass.do_GET = do_get


PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8).decode()
PICTURE = {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{PNG}", "detail": "low"}}
ADDRESS = {"type": "image_url", "image_url": {"url": "https://pictures.example/x.jpg"}}
SOUND = {"type": "input_audio", "input_audio": {"data": PNG, "format": "wav"}}
PAPER = {"type": "file", "file": {"filename": "x.pdf", "file_data": f"data:application/pdf;base64,{PNG}"}}
SHOW = {"type": "text", "text": "What is on it?"}


def shows(*parts: dict) -> list[dict]:
    return [{"role": "system", "content": "Be brief."}, {"role": "user", "content": [*parts, SHOW]}]


class Pictures(Clients):
    def test_they_reach_a_provider_as_they_came(self) -> None:
        for stream in (False, True):
            with self.subTest(stream=stream):
                self.says(answers(WORDS))
                messages = shows(PICTURE, ADDRESS, SOUND, PAPER)
                answer = self.create(messages=messages, stream=stream)
                text = text_of(list(answer)) if stream else answer.choices[0].message.content
                self.assertEqual(text, TEXT)
                self.assertEqual(self.calls[0]["messages"], messages)

    def test_large_ones_pass_whole_and_too_large_ones_are_told(self) -> None:
        import openai

        self.says(answers(WORDS))
        large = base64.b64encode(bytes(range(251)) * 56_000).decode()
        messages = shows({"type": "image_url", "image_url": {"url": f"data:image/jpeg;base64,{large}"}})
        self.assertEqual(self.create(messages=messages).choices[0].message.content, TEXT)
        self.assertEqual(self.calls[0]["messages"], messages)
        # As PHP writes it.
        body = json.dumps({"model": "scripted", "messages": messages}).replace("/", "\\/").encode()
        self.assertEqual(self.guest.request("POST", "/v1/chat/completions", body).finish().status, 200)
        self.assertEqual(self.calls[1]["messages"], messages)
        text = "x" * 3_000_000
        self.assertEqual(self.create(messages=[{"role": "user", "content": text}]).choices[0].message.content, TEXT)
        self.assertEqual(self.calls[2]["messages"][0]["content"], text)
        with self.assertRaises(openai.APIStatusError) as caught:
            self.create(messages=[{"role": "user", "content": "x" * 20_971_520}])
        self.assertEqual((caught.exception.status_code, caught.exception.code), (413, "body_too_large"))
        # Elsewhere the limit is what it was.
        self.assert_problem(self.guest.post("/api/v1/chat/stream", {"message": "x" * 1_200_000}), 413)

    def test_what_nobody_takes_is_refused_by_its_place(self) -> None:
        import openai

        for model in ("librarian", "noah"):
            for stream in (False, True):
                with self.assertRaises(openai.BadRequestError) as caught:
                    self.create(model=model, messages=shows(SHOW, PICTURE), stream=stream)
                self.assertEqual(caught.exception.param, "messages[1].content[1]")
        for bad in ("http://a.example/x.png", "data:image/png;base64,%%", "data:image/svg+xml;base64,AAAA"):
            with self.assertRaises(openai.BadRequestError) as caught:
                self.create(messages=shows({"type": "image_url", "image_url": {"url": bad}}))
            self.assertEqual(caught.exception.param, "messages[1].content[0]")
            self.assertIn("image_url.url", caught.exception.message)

    def test_a_route_that_takes_none_is_passed_over(self) -> None:
        import openai

        box = self.sandbox(
            providers={
                "small": {"kind": "ollama", "base_url": "http://127.0.0.1:9"},
                "a": {"kind": "openai", "base_url": self.provider.url},
            },
            models=[
                {"name": "both", "chain": [{"provider": "small", "model": "m"}, {"provider": "a", "model": "m"}]},
                {"name": "small", "chain": [{"provider": "small", "model": "m"}]},
            ],
            retry={"attempts": 1},
        )
        guest = starts.behind_nginx(box).guest()
        client = self.client(base_url=f"http://127.0.0.1:{guest.address[1]}/v1", api_key=guest.token)
        self.says(answers(WORDS))
        answer = client.chat.completions.create(model="both", messages=shows(ADDRESS))
        self.assertEqual((answer.choices[0].message.content, answer.model_extra["chat_fcgi"]["attempts"]), (TEXT, 1))
        with self.assertRaises(openai.BadRequestError) as caught:
            client.chat.completions.create(model="small", messages=shows(PICTURE, ADDRESS))
        self.assertEqual(caught.exception.param, "messages[1].content[1]")

    def test_a_stored_exchange_keeps_a_note_of_them(self) -> None:
        self.says(answers(WORDS))
        self.create(messages=shows(PICTURE, PAPER), store=True, metadata={"session_id": "seen"})
        self.assertEqual(self.guest.history("seen")["messages"][0]["content"], "What is on it?\n[picture]\n[file: x.pdf]")
        self.assertNotIn(PNG[:40].encode(), (self.box.path / "data/chat.db").read_bytes())


class Tools(Clients):
    @staticmethod
    def told(calls) -> list[tuple]:
        return [(call.id, call.function.name, call.function.arguments) for call in calls]

    def test_calls_in_a_whole_answer(self) -> None:
        self.says(calls_tools())
        choice = self.create(tools=TOOLS).choices[0]
        self.assertEqual(self.told(choice.message.tool_calls), CALLS)
        self.assertEqual((choice.message.content, choice.finish_reason), (None, "tool_calls"))
        self.assertEqual({call.type for call in choice.message.tool_calls}, {"function"})

    def test_calls_streamed_in_pieces(self) -> None:
        self.says(calls_tools())
        chunks = list(self.create(tools=TOOLS, stream=True))
        pieces = [piece for c in chunks for piece in c.choices[0].delta.tool_calls or []]
        self.assertEqual([(p.id, p.function.name, p.type) for p in pieces if p.id], [(*c[:2], "function") for c in CALLS])
        for index, (_, _, arguments) in enumerate(CALLS):
            own = [piece.function.arguments for piece in pieces if piece.index == index]
            self.assertEqual("".join(own), arguments)
            self.assertGreater(len(own), 2, "in pieces, as they came")
        self.assertEqual((reasons_of(chunks), text_of(chunks)), (["tool_calls"], ""))

    def test_calls_put_together_by_the_library(self) -> None:
        self.says(calls_tools())
        completions = self.client().chat.completions
        with completions.stream(model="scripted", messages=QUESTION, tools=TOOLS) as stream:
            done = [e for e in stream if e.type == "tool_calls.function.arguments.done"]
            answer = stream.get_final_completion()
        self.assertEqual([(event.name, event.arguments) for event in done], [call[1:] for call in CALLS])
        self.assertEqual(self.told(answer.choices[0].message.tool_calls), CALLS)

    def test_a_tools_result_goes_back_to_the_provider_with_its_call(self) -> None:
        self.says(calls_tools(), answers(["Cold."]))
        called = self.create(tools=TOOLS).choices[0].message
        messages = [*QUESTION, called]
        for call in called.tool_calls:
            messages.append({"role": "tool", "tool_call_id": call.id, "content": f"result of {call.function.name}"})
        self.assertEqual(self.create(tools=TOOLS, messages=messages).choices[0].message.content, "Cold.")
        _, asked = self.calls
        question, call, *results = asked["messages"]
        self.assertEqual(question, QUESTION[0])
        self.assertEqual((call["role"], call["content"]), ("assistant", None))
        functions = [(c["id"], c["function"]["name"], c["function"]["arguments"]) for c in call["tool_calls"]]
        self.assertEqual(functions, CALLS)
        self.assertEqual(
            [(r["role"], r["tool_call_id"], r["content"]) for r in results],
            [("tool", "call_1", "result of weather"), ("tool", "call_2", "result of clock")],
        )


class StructuredOutput(Clients):
    def test_an_answer_parsed_by_a_schema(self) -> None:
        from pydantic import BaseModel

        class Book(BaseModel):
            title: str
            year: int

        self.says(answers([BOOK[:9], BOOK[9:]]))
        completions = self.client().chat.completions
        answer = completions.parse(model="scripted", messages=QUESTION, response_format=Book)
        self.assertEqual(answer.choices[0].message.parsed, Book(title="Dune", year=1965))
        asked = self.calls[0]["response_format"]
        self.assertEqual((asked["type"], asked["json_schema"]["name"]), ("json_schema", "Book"))
        self.assertTrue(asked["json_schema"]["strict"])
        self.assertEqual(set(asked["json_schema"]["schema"]["properties"]), {"title", "year"})
        with completions.stream(model="scripted", messages=QUESTION, response_format=Book) as stream:
            for _ in stream:
                pass
            parsed = stream.get_final_completion().choices[0].message.parsed
        self.assertEqual(parsed, Book(title="Dune", year=1965))

    def test_a_schema_reaches_the_provider_as_it_was_given(self) -> None:
        schema = {"type": "object", "properties": {"title": {"type": "string", "description": "日本"}}}
        given = {"type": "json_schema", "json_schema": {"name": "book", "strict": False, "schema": schema}}
        self.says(answers([BOOK]))
        self.create(response_format=given)
        self.assertEqual(self.calls[0]["response_format"], given)

    def test_a_tools_arguments_parsed_by_a_schema(self) -> None:
        import openai
        from pydantic import BaseModel

        class weather(BaseModel):  # noqa: N801 - the tool's name
            city: str
            unit: str

        class clock(BaseModel):  # noqa: N801
            zone: str

        self.says(calls_tools())
        tools = [openai.pydantic_function_tool(weather), openai.pydantic_function_tool(clock)]
        answer = self.client().chat.completions.parse(model="scripted", messages=QUESTION, tools=tools)
        parsed = [call.function.parsed_arguments for call in answer.choices[0].message.tool_calls]
        self.assertEqual(parsed, [weather(city="Trondheim", unit="°C"), clock(zone="Europe/Oslo")])
        self.assertTrue(all(tool["function"]["strict"] for tool in self.calls[0]["tools"]))


class Errors(Clients):
    def refused(self, kind: str, **parameters):
        import openai

        with self.assertRaises(getattr(openai, kind)) as caught:
            self.create(**parameters)
        self.assertTrue(caught.exception.message)
        return caught.exception

    def test_what_a_client_did_wrong(self) -> None:
        import openai

        self.says(answers(WORDS))
        client = self.client(api_key="sk-wrong")
        for ask in (
            lambda: client.chat.completions.create(model="scripted", messages=QUESTION),
            lambda: client.models.list(),
        ):
            with self.assertRaises(openai.AuthenticationError) as caught:
                ask()
            self.assertEqual(caught.exception.code, "invalid_api_key")
        for stream in (False, True):
            error = self.refused("NotFoundError", model="nobody", stream=stream)
            self.assertEqual((error.code, error.param), ("model_not_found", "model"))
        for field, value in [
            ("temperature", 3), ("n", 2), ("logprobs", True), ("messages", []), ("tools", [{"type": "web_search"}]),
            ("response_format", {"type": "xml"}), ("audio", {"voice": "alloy", "format": "wav"}),
        ]:  # fmt: skip
            error = self.refused("BadRequestError", **{field: value})
            self.assertTrue((error.param or "").startswith(field), error)
            self.assertEqual(error.type, "invalid_request_error")
        long = [{"role": "user", "content": "x" * (20 << 20)}]
        self.assertEqual(self.refused("APIStatusError", messages=long).status_code, 413)
        self.assertEqual(self.calls, [])

    def test_what_a_provider_refuses(self) -> None:
        for behaviour, kind, code in [
            (refuses(400, "context_length_exceeded"), "BadRequestError", "context_length_exceeded"),
            (refuses(400, "content_policy_violation"), "BadRequestError", "content_policy"),
            (refuses(401, "invalid_api_key"), "InternalServerError", "provider_unauthorized"),
            (refuses(429, "rate_limit_exceeded"), "RateLimitError", "provider_rate_limited"),
            (refuses(500, "server_error"), "InternalServerError", "provider_unavailable"),
        ]:
            for stream in (False, True):
                with self.subTest(code, stream=stream):
                    self.says(behaviour)
                    self.assertEqual(self.refused(kind, stream=stream).code, code)
                    self.assertEqual(len(self.calls), 1)

    def test_an_error_within_a_stream(self) -> None:
        import openai

        self.says(answers(WORDS).dying("close", after=4))
        chunks = []
        with self.assertRaises(openai.APIError) as caught:
            for chunk in self.create(stream=True):
                chunks.append(chunk)
        self.assertEqual(text_of(chunks), "".join(WORDS[:4]))
        self.assertEqual(caught.exception.code, "provider_interrupted")
        self.assertEqual(reasons_of(chunks), [])

    def test_the_librarys_own_retries_get_the_answer(self) -> None:
        for refusal in (refuses(429, "rate_limit_exceeded"), refuses(500, "server_error")):
            with self.subTest(refusal.status):
                self.says(refusal, answers(WORDS))
                answer = self.client(max_retries=2).chat.completions.create(model="scripted", messages=QUESTION)
                self.assertEqual(answer.choices[0].message.content, TEXT)
                self.assertEqual(len(self.calls), 2)
        self.says(refuses(503, "overloaded"), answers(WORDS))
        stream = self.client().with_options(max_retries=1).chat.completions.create(
            model="scripted", messages=QUESTION, stream=True
        )  # fmt: skip
        self.assertEqual((text_of(list(stream)), len(self.calls)), (TEXT, 2))

    def test_the_library_asks_again_as_often_as_it_is_told_and_not_at_all_after_a_mistake(self) -> None:
        import openai

        client = self.client(max_retries=2)
        for behaviour, calls in [
            (refuses(429, "rate_limit_exceeded"), 3), (refuses(400, "invalid_type"), 1),
            # The operator's key is wrong, and stays so however often one asks.
            (refuses(401, "invalid_api_key"), 1),
        ]:  # fmt: skip
            with self.subTest(behaviour.status):
                self.says(behaviour)
                with self.assertRaises(openai.APIStatusError):
                    client.chat.completions.create(model="scripted", messages=QUESTION)
                self.assertEqual(len(self.calls), calls)


class Leaving(Clients):
    def left(self, before: int) -> None:
        wait_until("the provider's client has left", lambda: self.provider.left == before + 1)
        self.assertEqual(len(self.calls), 1)

    def held(self, before: int) -> None:
        gate = threading.Event()
        self.addCleanup(gate.set)
        self.says(answers(WORDS).held(gate, before))

    def test_closing_a_stream_ends_the_providers_call(self) -> None:
        self.held(before=2)
        before = self.provider.left
        stream = self.create(stream=True)
        for chunk in stream:
            if (chunk.choices[0].delta.content or "").endswith(WORDS[1]):
                break
        stream.close()
        self.left(before)

    def test_a_time_out_ends_the_providers_call(self) -> None:
        import openai

        for stream in (False, True):
            with self.subTest(stream=stream):
                self.held(before=0)
                before = self.provider.left
                # A busy machine may take longer than the client's patience to ask the provider at all.
                for asked, seconds in enumerate((0.5, 2, 8, 32), start=1):
                    with self.assertRaises(openai.APITimeoutError):
                        self.client(timeout=seconds).chat.completions.create(model="scripted", messages=QUESTION, stream=stream)
                    if self.calls:
                        break
                wait_until("each call's client has left", lambda: self.provider.left == before + len(self.calls))
                self.assertIn(len(self.calls), range(1, asked + 1))

    def test_the_asynchronous_client(self) -> None:
        import openai

        async def run() -> None:
            options = {"base_url": self.base_url, "api_key": self.guest.token, "max_retries": 0}
            async with openai.AsyncOpenAI(**options) as client:
                create = client.chat.completions.create
                self.says(answers(WORDS))
                several = await asyncio.gather(*(create(model="scripted", messages=QUESTION) for _ in range(8)))
                self.assertEqual([answer.choices[0].message.content for answer in several], [TEXT] * 8)
                chunks = [chunk async for chunk in await create(model="scripted", messages=QUESTION, stream=True)]
                self.assertEqual(text_of(chunks), TEXT)
                self.assertEqual([model.id async for model in client.models.list()][:3], ["scripted", "librarian", "noah"])
                self.held(before=2)
                before = self.provider.left
                stream = await create(model="scripted", messages=QUESTION, stream=True)
                async for chunk in stream:
                    if (chunk.choices[0].delta.content or "").endswith(WORDS[1]):
                        break
                await stream.close()
                await asyncio.to_thread(self.left, before)

        asyncio.run(run())


class Schema(Clients):
    """What goes over the wire, against the library's types: all that is required, of the right type, and nothing unknown."""

    def assert_valid(self, kind, value: dict) -> None:
        extras: set[str] = set()

        def look(node) -> None:
            if isinstance(node, list):
                for element in node:
                    look(element)
            elif hasattr(node, "model_fields_set"):
                extras.update(node.model_extra or {})
                for name in node.model_fields_set - set(node.model_extra or {}):
                    look(getattr(node, name))

        look(kind.model_validate(value, strict=True))
        self.assertLessEqual(extras, OUR_OWN)
        # null has a meaning of its own in few places; elsewhere OpenAI leaves the member out.
        nullable = {"content", "refusal", "logprobs", "finish_reason", "usage", "param", "code"}
        self.assertLessEqual(set(nulls(value)), nullable)

    def test_answers(self) -> None:
        from openai.types.chat import ChatCompletion, ChatCompletionChunk

        thoughts = Deltas(deltas=({"reasoning_content": "Hm."}, {"content": "Yes."}))
        for behaviour, model in [
            (answers(WORDS), "scripted"), (calls_tools(), "scripted"), (thoughts, "scripted"), (answers([]), "librarian"),
            (replace(answers(WORDS), finish_reason="length"), "scripted"),
            (replace(answers(WORDS), finish_reason="content_filter"), "scripted"),
            (replace(calls_tools(), finish_reason="stop"), "scripted"),
        ]:  # fmt: skip
            self.says(behaviour)
            body = {"model": model, "messages": QUESTION} | ({} if model == "librarian" else {"tools": TOOLS})
            answer = self.guest.post("/api/v2/chat/completions/", body)
            self.assertEqual((answer.status, answer.head.get("Content-Type")), (200, "application/json"))
            self.assert_valid(ChatCompletion, answer.json())
            for options in ({}, {"stream_options": {"include_usage": True}}):
                stream = self.guest.request("POST", "/api/v2/chat/completions", body | {"stream": True} | options)
                *chunks, end = stream.all_events()
                self.assertEqual(end.data, "[DONE]")
                self.assertTrue(all(event.id is None for event in (*chunks, end)))
                for chunk in chunks:
                    self.assert_valid(ChatCompletionChunk, json.loads(chunk.data))

    def test_models(self) -> None:
        from openai.types import Model

        answer = self.guest.get("/api/v2/models").json()
        self.assertEqual((answer["object"], set(answer)), ("list", {"object", "data"}))
        for model in answer["data"]:
            self.assert_valid(Model, model)

    def test_errors(self) -> None:
        from openai.types.shared import ErrorObject

        for status, body, headers in [
            (400, {"model": "scripted"}, {}), (404, {"model": "x", "messages": QUESTION}, {}), (400, b"{", {}),
            (401, {}, {"Authorization": "Bearer sk-wrong"}), (415, b"x", {"Content-Type": "text/plain"}),
        ]:  # fmt: skip
            answer = self.guest.post("/api/v2/chat/completions", body, headers=headers)
            self.assertEqual(answer.status, status)
            self.assertEqual(set(answer.json()), {"error"})
            self.assert_valid(ErrorObject, answer.json()["error"])


def nulls(value):
    """The names of the members that are null, at any depth."""
    if isinstance(value, list):
        for element in value:
            yield from nulls(element)
    elif isinstance(value, dict):
        for name, member in value.items():
            if member is None:
                yield name
            else:
                yield from nulls(member)


class LangChain(Clients):
    def chat(self, **options):
        from langchain_openai import ChatOpenAI

        options = {"base_url": self.base_url, "api_key": self.guest.token, "model": "scripted", "max_retries": 0} | options
        return ChatOpenAI(**options)

    def test_invoke_and_stream(self) -> None:
        self.says(answers(WORDS, 77))
        answer = self.chat(temperature=0.5).invoke([("system", "Be brief."), ("human", "Say it.")])
        self.assertEqual((answer.content, answer.response_metadata["finish_reason"]), (TEXT, "stop"))
        self.assertEqual(answer.usage_metadata["output_tokens"], 77)
        self.assertEqual([m["role"] for m in self.calls[0]["messages"]], ["system", "user"])
        whole = None
        for chunk in self.chat(stream_usage=True).stream("Say it."):
            whole = chunk if whole is None else whole + chunk
        self.assertEqual((whole.content, whole.usage_metadata["output_tokens"]), (TEXT, 77))
        self.assertEqual([answer.content for answer in self.chat().batch(["One.", "Two."])], [TEXT, TEXT])

    def test_tools(self) -> None:
        from langchain_core.messages import HumanMessage, ToolMessage

        chat = self.chat().bind_tools(TOOLS)
        expected = [(name, json.loads(arguments), identifier) for identifier, name, arguments in CALLS]

        def told(message) -> list:
            return [(call["name"], call["args"], call["id"]) for call in message.tool_calls]

        self.says(calls_tools())
        whole = None
        for chunk in chat.stream("Say it."):
            whole = chunk if whole is None else whole + chunk
        self.assertEqual(told(whole), expected)
        self.says(calls_tools(), answers(["Cold."]))
        called = chat.invoke("Say it.")
        self.assertEqual(told(called), expected)
        results = [ToolMessage("result", tool_call_id=call["id"]) for call in called.tool_calls]
        self.assertEqual(chat.invoke([HumanMessage("Say it."), called, *results]).content, "Cold.")
        self.assertEqual([m["role"] for m in self.calls[1]["messages"]], ["user", "assistant", "tool", "tool"])

    def test_pictures(self) -> None:
        from langchain_core.messages import HumanMessage

        self.says(answers(WORDS))
        parts = [SHOW, PICTURE, {"type": "image", "base64": PNG, "mime_type": "image/png"}]
        self.assertEqual(self.chat().invoke([HumanMessage(content=parts)]).content, TEXT)
        sent = self.calls[0]["messages"][0]["content"]
        self.assertEqual(sent[:2], [SHOW, PICTURE])
        self.assertEqual(sent[2]["image_url"]["url"], PICTURE["image_url"]["url"])

    def test_structured_output_and_errors(self) -> None:
        import openai
        from pydantic import BaseModel

        class Book(BaseModel):
            """A book."""

            title: str
            year: int

        self.says(answers([BOOK]))
        self.assertEqual(self.chat().with_structured_output(Book).invoke("Which?"), Book(title="Dune", year=1965))
        self.assertEqual(self.calls[0]["response_format"]["type"], "json_schema")
        with self.assertRaises(openai.NotFoundError):
            self.chat(model="nobody").invoke("Say it.")
        self.says(refuses(503, "overloaded"), answers(WORDS))
        self.assertEqual(self.chat(max_retries=1).invoke("Say it.").content, TEXT)
        self.assertEqual(len(self.calls), 2)

    def test_the_embedded_provider_alone(self) -> None:
        self.assertIn("language model", self.chat(model="librarian").invoke("Say it.").content)


class LiteLLM(Clients):
    """In a process of its own: it needs another version of openai."""

    def test_completions(self) -> None:
        python = packages.interpreter("litellm")
        self.says(answers(WORDS, 77), answers(WORDS, 77), calls_tools(), calls_tools(), refuses(429, "rate_limit_exceeded"))
        given = {
            "api_base": self.base_url, "api_key": self.guest.token, "messages": QUESTION, "tools": TOOLS,
        }  # fmt: skip
        script = Path(__file__).with_name("litellm_calls.py")
        # Its prices of models come from the package, not from the network.
        environment = self.box.environment(LITELLM_LOCAL_MODEL_COST_MAP="True")
        done = subprocess.run(
            [python, script], input=json.dumps(given), capture_output=True, text=True, env=environment, timeout=120
        )
        self.assertEqual(done.returncode, 0, done.stderr[-3000:])
        # It prints advice of its own when a call fails.
        told = json.loads(done.stdout.splitlines()[-1])
        calls = [list(call) for call in CALLS]
        self.assertEqual(told["whole"], [TEXT, "stop", 77])
        self.assertEqual(told["streamed"], [TEXT, "stop", 77])
        self.assertEqual((told["tools"], told["tools streamed"]), (calls, calls))
        self.assertEqual(told["too many"], "RateLimitError")
        self.assertEqual(told["no model"], "NotFoundError")
        self.assertEqual(told["wrong key"], "AuthenticationError")
        self.assertEqual(len(self.calls), 5)
