"""What really comes through nginx is what docs/schemas/ says: every event, and the responses beside them."""

from __future__ import annotations

import functools
import json
import unittest
import warnings

import starts
from harness import ROOT, Client, ServerCase
from provider import Provider, answers, configuration, refuses

try:
    import jsonschema
except ImportError:
    jsonschema = None

SCHEMAS = ROOT / "docs/schemas"
PIECES = ["An", " extra", "ordi", "nary", " tale", ".\n"]


@unittest.skipIf(jsonschema is None, "Python's jsonschema is not installed; make setup installs Debian's python3-jsonschema")
class Schemas(ServerCase):
    @staticmethod
    @functools.cache
    def validator(file: str, name: str | None = None):
        path = SCHEMAS / f"{file}.json"
        document = json.loads(path.read_text())
        with warnings.catch_warnings():
            # Its successor is not in Debian 12's version.
            warnings.simplefilter("ignore", DeprecationWarning)
            resolver = jsonschema.RefResolver(path.as_uri(), document)
        return jsonschema.Draft202012Validator({"$ref": f"#/$defs/{name}"} if name else document, resolver=resolver)

    def assert_fits(self, value, file: str, name: str | None = None) -> None:
        errors = list(self.validator(file, name).iter_errors(value))
        if errors:
            best = jsonschema.exceptions.best_match(errors)
            self.fail(f"{file} {name or 'event'}: {best.message} at {list(best.absolute_path)} in {json.dumps(value)[:600]}")

    def assert_events_fit(self, exchange, file: str, *types: str, name: str | None = None) -> list:
        """Every event fits, and these types are among them."""
        events = exchange.all_events()
        self.assertEqual(exchange.status, 200, exchange.body[:500])
        for event in events:
            self.assert_fits(event.value, file, name)
        self.assertLessEqual(set(types), {event.type for event in events})
        return events

    def stage(self, *providers: Provider, **more) -> Client:
        for one in providers:
            self.addCleanup(one.close)
        settings = configuration(*providers, **more) if providers else more
        return starts.behind_nginx(self.sandbox(agents_dir=str(ROOT / "agents"), **settings)).guest()

    def test_the_schemas_are_schemas(self) -> None:
        for path in sorted(SCHEMAS.glob("*.json")):
            with self.subTest(path.name):
                jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text()))

    def test_what_is_wrong_does_not_fit(self) -> None:
        for wrong in (
            {"type": "content_chunk", "message_id": "msg_1", "content": 7, "is_final": False},
            {"type": "content_chunk", "message_id": "msg_1", "content": "x"},
            {"type": "weather"},
        ):
            self.assertFalse(self.validator("book-companion").is_valid(wrong), wrong)

    def test_the_book_companion(self) -> None:
        guest = self.stage()
        events = self.assert_events_fit(
            guest.ask(session_id="s1"), "book-companion", "user_message_received", "content_chunk", "recommendations", "complete"
        )
        reply = events[0].value["reply_id"]
        self.assert_events_fit(guest.request("GET", f"/api/v1/chat/stream/{reply}?after=1"), "book-companion", "complete")
        self.assert_fits(guest.ask(headers={"Accept": "application/json"}).json(), "book-companion", "WholeReply")
        self.assert_fits(guest.history("s1"), "book-companion", "History")
        self.assert_fits(guest.get("/api/v1/chat/sessions").json(), "book-companion", "Sessions")
        self.assert_fits(guest.post("/api/v1/chat/search", {"query": "loved"}).json(), "book-companion", "SearchResults")
        override = {"type": "topic", "override": {"value": "science fiction", "weight": 0.9}}
        updated = guest.post("/api/v1/chat/preferences/update", override).json()
        self.assert_fits(updated, "book-companion", "PreferenceUpdated")
        self.assert_fits(guest.get("/api/v1/chat/preferences").json(), "book-companion", "Transparency")
        self.assert_fits(guest.get("/api/v1/me/usage").json(), "account", "Usage")
        lines = guest.get("/api/v1/me/export").body.decode().splitlines()
        self.assertLessEqual({"user", "session", "message", "preference_override"}, {json.loads(line)["type"] for line in lines})
        for line in lines:
            self.assert_fits(json.loads(line), "account", "ExportLine")
        self.assert_fits(guest.post("/api/v1/chat/history", {"limit": 0}).json(), "common", "Problem")

    def test_a_provider_that_is_replaced_and_one_that_fails(self) -> None:
        first, second = Provider(answers(PIECES).dying("end", after=3)), Provider(answers(["Something", " else."]))
        guest = self.stage(first, second, retry={"bench_after": 1000})
        self.assert_events_fit(guest.ask(), "book-companion", "provider_switch", "complete")
        tutor = guest.request("POST", "/stream-chat", {"message": "What is photosynthesis?"})
        self.assert_events_fit(tutor, "tutor", "start", "done")
        desk = guest.request("POST", "/api/chat/stream", {"message": "Hello", "assistantType": "general"})
        self.assert_events_fit(desk, "desk", "provider_switch", "chat_completed")
        for one in (first, second):
            one.then(refuses(401, "invalid_api_key"))
        self.assert_events_fit(guest.ask(), "book-companion", "error")
        self.assert_fits(guest.ask(headers={"Accept": "application/json"}).json(), "book-companion", "WholeReply")

    def test_chat_completions(self) -> None:
        first = Provider(answers(PIECES, 6))
        guest = self.stage(first, retry={"attempts": 1, "bench_after": 1000})
        target, body = "/api/v2/chat/completions", {"model": "any", "messages": [{"role": "user", "content": "Say it."}]}
        for options in ({}, {"stream_options": {"include_usage": True}}, {"enable_insights": True}, {"store": True}):
            events = guest.request("POST", target, body | {"stream": True} | options).all_events()
            self.assertEqual(events.pop().data, "[DONE]")
            chunks = [json.loads(event.data) for event in events]
            for chunk in chunks:
                self.assert_fits(chunk, "openai", "Chunk")
            text = "".join(choice["delta"].get("content") or "" for chunk in chunks for choice in chunk["choices"])
            self.assertEqual(text, "".join(PIECES))
        for options in ({}, {"enable_insights": True}, {"store": True}):
            self.assert_fits(guest.post(target, body | options).json(), "openai", "Completion")
        self.assert_fits(guest.get("/api/v2/models").json(), "openai", "Models")
        self.assert_fits(guest.post(target, {}).json(), "openai", "Error")
        first.then(answers(PIECES).dying("end", after=3))
        events = guest.request("POST", target, body | {"stream": True}).all_events()
        self.assert_fits(json.loads(events[-1].data), "openai", "Error")
        self.assert_fits(guest.post("/api/v2/prompts/analyze", {"prompt": "Write something good."}).json(), "prompt-analysis")

    def test_the_tutor_the_plain_agent_and_the_desk(self) -> None:
        guest = self.stage()
        question = {"message": "Help me prepare for my exam on photosynthesis", "sessionId": "t1"}
        self.assert_events_fit(guest.request("POST", "/stream-chat", question), "tutor", "start", "focus", "content", "done")
        whole = {"headers": {"Accept": "application/json"}}
        self.assert_fits(guest.post("/stream-chat", question, **whole).json(), "tutor", "WholeReply")
        answer = guest.post("/api/agent/chat", {"message": "Which visa lets me study in Germany?", "mode": "visa_expert"})
        self.assert_fits(answer.json(), "plain-agent", "Reply")
        self.assert_fits(guest.get("/api/agent/status").json(), "plain-agent", "Status")
        question = {"message": "Is now a good time?", "assistantType": "analyst", "sessionId": "d1"}
        events = guest.request("POST", "/api/chat/stream", question)
        self.assert_events_fit(events, "desk", "chat_started", "token", "chat_completed")
        self.assert_fits(guest.post("/api/chat/stream", question, **whole).json(), "desk", "WholeReply")

    def test_all_events_and_what_a_page_asks_beside_them(self) -> None:
        guest = self.stage()
        every, whole = "?events=all", {"headers": {"Accept": "application/json"}}
        companion = {"message": "I loved The Time Machine. What next?", "session_id": "s1"}
        events = guest.request("POST", "/api/v1/chat/stream" + every, companion)
        events = self.assert_events_fit(events, "book-companion", "step", "recommendations", "complete")
        book = next(event.value for event in events if event.type == "recommendations")["recommendations"][0]["book_id"]
        self.assert_fits(guest.post("/api/v1/chat/stream" + every, companion, **whole).json(), "book-companion", "WholeReply")
        question = {"message": "What is photosynthesis?", "sessionId": "t1"}
        self.assert_events_fit(guest.request("POST", "/stream-chat" + every, question), "tutor", "step", "focus", "sources", "done")
        self.assert_fits(guest.post("/stream-chat" + every, question, **whole).json(), "tutor", "WholeReply")
        question = {"message": "I was in Spain from 3 May to 10 June 2026. How many days have I left on 1 August 2026?"}
        question |= {"mode": "visa_expert", "session_id": "v1"}
        events = guest.request("POST", "/api/agent/chat" + every, question, {"Accept": "text/event-stream"})
        events = self.assert_events_fit(events, "book-companion", "step", "days", "sources", "complete")
        self.assert_fits(guest.post("/api/agent/chat" + every, question).json(), "plain-agent", "Reply")
        source = next(event.value for event in events if event.type == "sources")["sources"][0]
        self.assert_fits(guest.get(source["url"]).json(), "details", "Document")
        for message, types in (("How did DEMO1 do?", ("step", "figures")), ("Full analysis of DEMO1 and DEMO4", ("workflow_update",))):
            question = {"message": message, "assistantType": "analyst", "sessionId": "d1"}
            self.assert_events_fit(guest.request("POST", "/api/chat/stream" + every, question), "desk", *types, "chat_completed")
            self.assert_fits(guest.post("/api/chat/stream" + every, question, **whole).json(), "desk", "WholeReply")
        for session in ("s1", "t1", "v1", "d1"):
            self.assert_fits(guest.history(session), "book-companion", "History")
        changed = guest.request("PATCH", "/api/v1/chat/sessions/d1", {"pinned": True}).json()
        self.assert_fits(changed, "book-companion", "ChangedSession")
        self.assert_fits(guest.get("/api/v1/chat/sessions").json(), "book-companion", "Sessions")
        again = {"message_id": guest.history("d1")["messages"][-1]["message_id"]}
        self.assert_events_fit(
            guest.request("POST", "/api/v1/chat/regenerate" + every, again), "book-companion", "workflow_detected", "complete")
        marked = guest.request("PUT", f"/api/v1/chat/books/{book}", {"mark": "read"}).json()
        self.assert_fits(marked, "book-companion", "MarkedBook")
        self.assert_fits(guest.get("/api/v1/chat/books").json(), "book-companion", "MarkedBooks")
        for line in guest.get("/api/v1/me/export").body.decode().splitlines():
            self.assert_fits(json.loads(line), "account", "ExportLine")
        learning = guest.request("PATCH", "/api/v1/chat/preferences", {"learning": False}).json()
        self.assert_fits(learning, "book-companion", "Transparency")
        self.assert_fits(guest.post("/api/v1/chat/preferences/forget", {"all": True}).json(), "book-companion", "Forgotten")
        with guest.request("GET", "/api/v1/me/events") as stream:
            events = stream.events()
            guest.request("DELETE", "/api/v1/chat/sessions/d1").finish()
            seen = next(events).value
            while seen.get("change") != "deleted":
                self.assert_fits(seen, "live", "ChangeEvent")
                seen = next(events).value

    def test_live_objects_and_operations(self) -> None:
        guest = self.stage()
        place = {"session_id": "s1", "kind": "cursor"}
        self.assert_fits(guest.post("/api/v1/live", place | {"data": {"line": 7}}).json(), "live", "PutResponse")
        with guest.request("GET", "/api/v1/live?session_id=s1") as stream:
            events = stream.events()
            self.assert_fits(next(events).value, "live", "LiveStarted")
            guest.post("/api/v1/live", place | {"data": {"line": 8}})
            self.assert_fits(next(events).value, "live")
        self.assert_fits(guest.post("/api/v1/live", place | {"remove": True}).json(), "live", "PutResponse")
        self.assert_fits(guest.get("/healthz").json(), "operations", "Health")
        self.assert_fits(guest.post("/api/v1/auth/guest").json(), "account", "Guest")
        self.assert_fits(guest.get("/api/v1/auth/me").json(), "account", "Me")


if __name__ == "__main__":
    unittest.main()
