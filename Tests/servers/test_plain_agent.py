"""The plain agent, dialect 4: one answer a request, with its sources; modes, the choice of a provider, sessions, failures."""

from __future__ import annotations

import json
import threading
import unittest

import starts
from exchange import Exchange
from harness import ROOT, Client, FastCGIClient, ServerCase, wait_until
from provider import Provider, answers, configuration, refuses
from test_bad_requests import Bad

AGENTS = str(ROOT / "agents")
CHAT = "/api/agent/chat"
GERMANY = "Which visa lets me study in Germany?"


class PlainAgentCase(ServerCase):
    def ask(self, client: Client, message: str, headers: dict | None = None, **more) -> dict:
        answer = client.post(CHAT, {"message": message} | more, headers=headers)
        self.assertEqual(answer.status, 200, answer.body[:500])
        self.assertEqual(answer.head.get("Content-Type"), "application/json")
        told = answer.json()
        self.assertEqual(set(told), {
            "response", "session_id", "user_message_id", "message_id", "mode", "status", "finish_reason", "provider",
            "model", "sources", "usage"})
        for source in told["sources"]:
            self.assertEqual(set(source) - {"written"}, {"title", "section", "excerpt", "id", "url"})
            self.assertTrue(source["title"] and source["excerpt"])
        return told


class BehindNginx(PlainAgentCase):
    client: Client

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.client = starts.behind_nginx(cls.shared_sandbox(agents_dir=AGENTS))

    def test_the_visa_expert_answers_with_sources(self) -> None:
        guest = self.client.guest()
        told = self.ask(guest, GERMANY, mode="visa_expert", session_id="s1", user_id=guest.user_id)
        self.assertEqual((told["mode"], told["session_id"], told["status"]), ("visa_expert", "s1", "complete"))
        self.assertEqual((told["provider"], told["model"]), ("builtin", "librarian"))
        self.assertIn("Studying in Germany", [source["title"] for source in told["sources"]])
        self.assertIn("written 2026-", told["response"])
        self.assertGreater(told["usage"]["completion_tokens"], 0)
        question, reply = guest.history("s1")["messages"]
        self.assertEqual((question["message_id"], reply["message_id"]), (told["user_message_id"], told["message_id"]))
        self.assertEqual((question["content"], reply["content"]), (GERMANY, told["response"]))

    def test_the_days_in_the_schengen_area_are_counted(self) -> None:
        stay = "I was in the Schengen area from 3 May 2026 to 10 June 2026. How many days do I have left on 1 July 2026?"
        told = self.ask(self.client.guest(), stay, mode="visa_expert")
        # 29 days of May and 10 of June, entry and exit day included.
        self.assertIn("39 days", told["response"])
        self.assertIn("51 days", told["response"])
        self.assertTrue(told["sources"])

    def test_general_is_the_mode_of_who_names_none(self) -> None:
        guest = self.client.guest()
        told = self.ask(guest, "What is stored about me?")
        self.assertEqual(told["mode"], "general")
        self.assertIn("Your data", [source["title"] for source in told["sources"]])
        self.assertTrue(told["session_id"].startswith("ses_"))
        self.assertEqual(self.ask(guest, "Hello", mode="general")["sources"], [])

    def test_status_tells_the_modes(self) -> None:
        self.assertEqual(self.client.get("/api/agent/status").json()["modes"], ["general", "visa_expert"])

    def test_a_session_is_read_page_by_page_and_removed(self) -> None:
        guest = self.client.guest()
        for message in ("Hello", GERMANY):
            self.ask(guest, message, session_id="s1", mode="visa_expert")
        target = "/api/agent/sessions/s1"
        self.assertEqual(guest.get(target).json(), guest.history("s1"))
        page = guest.get(f"{target}?limit=3").json()
        self.assertEqual((len(page["messages"]), page["has_more"]), (3, True))
        first = guest.get(f"{target}?limit=3&before={page['next_before']}").json()
        self.assertEqual([m["content"] for m in first["messages"]], ["Hello"])
        other = self.client.guest()
        for method in ("GET", "DELETE"):
            with self.subTest(method):
                self.assert_problem(other.request(method, target), 404)
                self.assert_problem(guest.request(method, "/api/agent/sessions/a%20b"), 400, "session_id")
        self.assert_problem(guest.get(f"{target}?limit=0"), 400, "limit")
        self.assert_problem(guest.get(f"{target}?before=a%20b"), 400, "before")
        self.assertEqual(guest.request("DELETE", target).finish().status, 204)
        self.assert_problem(guest.get(target), 404)
        self.assert_problem(guest.request("DELETE", target), 404)

    def test_a_conversation_of_the_book_companion_goes_on_here(self) -> None:
        guest = self.client.guest()
        self.assert_complete_reply(guest.ask("I loved The Time Machine.", session_id="s1"))
        self.ask(guest, GERMANY, session_id="s1", mode="visa_expert")
        self.assert_complete_reply(guest.ask("Another one, please", session_id="s1"))
        roles = [message["role"] for message in guest.get("/api/agent/sessions/s1").json()["messages"]]
        self.assertEqual(roles, ["user", "assistant"] * 3)

    def test_a_chat_completion_is_answered_from_the_same_documents(self) -> None:
        guest = self.client.guest()
        body = {"model": "any", "messages": [{"role": "user", "content": "What is stored about me?"}]}
        answer = guest.post("/api/v2/chat/completions", body).json()["choices"][0]["message"]["content"]
        self.assertEqual(answer, self.ask(guest, "What is stored about me?")["response"])
        # JSON is not what documents have.
        refused = guest.post("/api/v2/chat/completions", body | {"response_format": {"type": "json_object"}})
        self.assertEqual((refused.status, refused.json()["error"]["code"]), (503, "language_model_required"))

    def test_a_repeated_request_gets_the_same_answer(self) -> None:
        guest = self.client.guest()
        key = {"Idempotency-Key": "once-1"}
        first = self.ask(guest, GERMANY, session_id="s1", mode="visa_expert", headers=key)
        self.assertEqual(self.ask(guest, GERMANY, session_id="s1", mode="visa_expert", headers=key), first)
        other = {"message": GERMANY, "session_id": "s1", "mode": "general"}
        self.assert_problem(guest.request("POST", "/api/agent/chat", other, key), 422)
        self.assertEqual(len(guest.history("s1")["messages"]), 2)

    def test_bad_input_is_named_and_nothing_is_stored(self) -> None:
        guest = self.client.guest()
        for bad in (
            Bad("no message", 400, {}, "message"),
            Bad("an empty message", 400, {"message": ""}, "message"),
            Bad("a message of 32,769 bytes", 400, {"message": "x" * 32_769}, "message"),
            Bad("an object as message", 400, {"message": {"text": "x"}}, "message"),
            Bad("an impossible session_id", 400, {"message": "x", "session_id": "../etc"}, "session_id"),
            Bad("another's user_id", 403, {"message": "x", "user_id": "usr_somebody-else"}),
            Bad("an unknown mode", 400, {"message": "x", "mode": "lawyer"}, "mode"),
            Bad("another agent's name as mode", 400, {"message": "x", "mode": "tutor"}, "mode"),
            Bad("a number as mode", 400, {"message": "x", "mode": 1}, "mode"),
            Bad("an unknown provider", 400, {"message": "x", "provider": "nobody"}, "provider"),
            Bad("an unknown model", 400, {"message": "x", "model": "nothing"}, "model"),
            Bad("a model that this provider has not", 400, {"message": "x", "provider": "builtin", "model": "z"}, "model"),
            Bad("a list as provider", 400, {"message": "x", "provider": ["builtin"]}, "provider"),
            Bad("a bad Idempotency-Key", 400, {"message": "x"}, "Idempotency-Key", headers={"Idempotency-Key": "a b"}),
            Bad("no JSON", 400, b"hello"),
            Bad("a form", 415, b"message=x", headers={"Content-Type": "application/x-www-form-urlencoded"}),
            Bad("no identity", 401, {"message": "x"}, headers={"Authorization": None}),
            Bad("GET for a POST", 405, method="GET"),
            Bad("POST to a session", 405, {}, target="/api/agent/sessions/s1"),
        ):
            target = bad.target if bad.target.startswith("/api/agent") else CHAT
            with self.subTest(bad.what):
                self.assert_problem(guest.request(bad.method, target, bad.body, bad.headers), bad.status, bad.names)
        self.assertEqual(guest.get("/api/v1/chat/sessions").json()["sessions"], [])


class LanguageModels(PlainAgentCase):
    def stage(self, *providers: Provider, **more) -> Client:
        for one in providers:
            self.addCleanup(one.close)
        settings = configuration(*providers, **more)
        return starts.behind_nginx(self.sandbox(agents_dir=AGENTS, **settings)).guest()

    def test_a_request_chooses_who_answers(self) -> None:
        first, second = Provider(answers(["from a"])), Provider(answers(["from b"]))
        guest = self.stage(first, second)
        for choice, expected in (
            ({}, "a"), ({"provider": "b"}, "b"), ({"model": "model-b"}, "a"), ({"provider": "a", "model": "model-a"}, "a"),
        ):  # fmt: skip
            with self.subTest(choice):
                told = self.ask(guest, "Say it.", **choice)
                self.assertEqual((told["response"], told["provider"]), (f"from {expected}", expected))
        self.assert_problem(guest.post(CHAT, {"message": "x", "provider": "b", "model": "model-a"}), 400, "model")

    def test_documents_are_put_before_the_model_as_data(self) -> None:
        # A model without tools gets what was found; what one with tools does is in test_agent_tools.
        model = Provider(refuses(400, "invalid_request", "m does not support tools"), answers(["It is type D [1]."]))
        told = self.ask(self.stage(model), GERMANY, mode="visa_expert")
        self.assertEqual(told["response"], "It is type D [1].")
        self.assertIn("Studying in Germany", [source["title"] for source in told["sources"]])
        self.assertIn("tools", model.calls[0])
        system, *_, last = model.calls[1]["messages"]
        self.assertNotIn("tools", model.calls[1])
        self.assertNotIn("section 16b", system["content"])
        self.assertIn("section 16b", last["content"])

    def test_who_fails_alone_is_told_by_status_and_nobody_takes_over(self) -> None:
        first, second = Provider(refuses(503, "overloaded")), Provider(answers(["from b"]))
        guest = self.stage(first, second, retry={"attempts": 1, "bench_after": 100})
        problem = self.assert_problem(guest.post(CHAT, {"message": "x", "provider": "a"}), 503)
        self.assertEqual(problem["code"], "provider_unavailable")
        self.assertEqual(len(second.calls), 0)
        # Without a choice the next provider of the chain answers.
        self.assertEqual(self.ask(guest, "x")["provider"], "b")
        for status, code, expected in ((429, "rate_limit_exceeded", 429), (401, "invalid_api_key", 502)):
            with self.subTest(code):
                first.then(refuses(status, code))
                answer = guest.post(CHAT, {"message": "x", "provider": "a"})
                self.assert_problem(answer, expected)
                self.assertEqual(answer.head.get("Retry-After") is not None, expected == 429)

    def test_a_provider_that_takes_too_long_is_a_504(self) -> None:
        slow = Provider(answers(["late"]).held(threading.Event()))
        guest = self.stage(slow, clocks={"first_token_ms": 200, "idle_ms": 200}, retry={"attempts": 1})
        self.assertEqual(self.assert_problem(guest.post(CHAT, {"message": "x"}), 504)["code"], "provider_timeout")

    def test_a_client_that_leaves_finds_the_answer_in_the_session(self) -> None:
        gate = threading.Event()
        model = Provider(answers(["One ", "two"]).held(gate, before=1))
        guest = self.stage(model)
        self.leave(guest, model)
        gate.set()

        def reply() -> dict:
            return guest.history("s1")["messages"][-1]

        wait_until("the reply is whole", lambda: reply()["status"] == "complete")
        self.assertEqual(reply()["content"], "One two")

    def test_nobody_waits_for_longer_than_the_grace_period(self) -> None:
        model = Provider(answers(["One ", "two"]).held(threading.Event(), before=1))
        guest = self.stage(model, stream={"detach_grace_ms": 100})
        self.leave(guest, model)
        wait_until("the reply is ended", lambda: guest.history("s1")["messages"][-1]["status"] == "interrupted")
        wait_until("the provider's connection is closed", lambda: model.left == 1)

    def leave(self, guest: Client, model: Provider) -> None:
        """Asks, and goes away while the provider is answering."""
        exchange: Exchange = guest.request("POST", CHAT, {"message": "x", "session_id": "s1"})
        wait_until("the provider was asked", lambda: len(model.calls) == 1)
        # It is asked while the disk still writes the question.
        wait_until("the question is stored", lambda: guest.post("/api/v1/chat/history", {"session_id": "s1"}).status == 200)
        exchange.close()


class NotInstalled(PlainAgentCase):
    def test_without_the_folder_the_agent_says_what_to_do(self) -> None:
        place = self.sandbox(agents_dir="/nowhere/agents")
        place.serve()
        client = FastCGIClient(place.socket)
        guest = client.guest()
        for body in ({"message": "x"}, {"message": "x", "mode": "visa_expert"}):
            problem = self.assert_problem(guest.post(CHAT, body), 503)
            self.assertEqual(problem["code"], "agent_unavailable")
            self.assertIn("agents_dir", problem["detail"])
        self.assertEqual(client.get("/api/agent/status").json()["modes"], [])
        self.assertEqual(guest.get("/api/v1/chat/sessions").json()["sessions"], [])


class APersonaOfOnesOwn(PlainAgentCase):
    def test_a_folder_with_a_persona_is_a_mode(self) -> None:
        place = self.sandbox(agents_dir="agents")
        garden = place.path / "agents/garden"
        (garden / "knowledge").mkdir(parents=True)
        (garden / "persona.md").write_text("---\nname: gardener\ntitle: Gardener\n---\nYou advise hobby gardeners.\n")
        (garden / "knowledge/roses.md").write_text("# Roses\n\n## When to prune\n\nPrune when the forsythia is in bloom.\n")
        place.serve()
        guest = FastCGIClient(place.socket).guest()
        told = self.ask(guest, "When should I prune roses?", mode="gardener")
        self.assertIn("forsythia", told["response"])
        self.assertEqual([(s["title"], s["section"]) for s in told["sources"]], [("Roses", "When to prune")])
        # There is no persona for who names no mode.
        self.assertIn("agents_dir", json.dumps(self.assert_problem(guest.post(CHAT, {"message": "x"}), 503)))


if __name__ == "__main__":
    unittest.main()
