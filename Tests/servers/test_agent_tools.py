"""The agents with a language model that calls tools: what its clients are told, and what is kept."""

from __future__ import annotations

import json
import signal
import threading
import unittest

import starts
from exchange import joined
from harness import ROOT, FastCGIClient, ServerCase, text_of, wait_until
from provider import Provider, answers, calls, configuration

AGENTS = str(ROOT / "agents")
ALL = "?events=all"
MARS = ("search_books", {"query": "science fiction about Mars", "limit": 8})
ANSWER = ("Try ", "*The War of the Worlds*.")


def told(events: list) -> list[tuple]:
    """The calls of tools among events: id, name, status."""
    values = [event.value["tool_call"] for event in events if event.type == "tool_call"]
    return [(one["id"], one["name"], one["status"]) for one in values]


class Tools(ServerCase):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.provider = Provider(answers(ANSWER))
        cls.addClassCleanup(cls.provider.close)
        cls.client = starts.behind_nginx(cls.shared_sandbox(agents_dir=AGENTS, **configuration(cls.provider)))

    def results(self) -> list[dict]:
        """What the tools gave, as the provider was sent it last."""
        return [json.loads(one["content"]) for one in self.provider.calls[-1]["messages"] if one["role"] == "tool"]

    def test_noah_searches_and_its_clients_see_it(self) -> None:
        guest = self.client.guest()
        self.provider.then(calls(MARS, ("fly", {}), after=("Let me look.",)), answers(ANSWER))
        question = {"message": "what about aliens?", "session_id": "s1"}
        events = guest.request("POST", "/api/v1/chat/stream" + ALL, question).all_events()
        self.assertEqual(events[-1].type, "complete")
        self.assertEqual(told(events), [
            (1, "search_books", "started"), (1, "search_books", "finished"), (2, "unknown_tool", "failed")])
        self.assertEqual(text_of(events), "Let me look.\n\n" + "".join(ANSWER))
        types = [event.type for event in events]
        self.assertLess(types.index("content_chunk"), types.index("tool_call"))
        self.assertIsNone(next(event for event in events if event.type == "tool_call").id)
        books = next(event.value["recommendations"] for event in events if event.type == "recommendations")
        self.assertEqual([book["title"] for book in books], ["The War of the Worlds"])
        usage = events[-1].value["usage"]
        self.assertEqual((usage["prompt_tokens"], usage["completion_tokens"], usage["estimated"]), (22, 5, False))
        found, unknown = self.results()
        self.assertEqual(len(found["books"]), 8)
        self.assertIn("search_books", unknown["error"])
        # Every number that a client counts by is there without the further events too.
        reply = events[0].value["reply_id"]
        plain = guest.request("GET", f"/api/v1/chat/stream/{reply}").all_events()
        self.assertEqual(joined(plain), joined([event for event in events if event.type != "tool_call"]))
        self.assertNotIn("tool_call", [event.type for event in plain])
        kept = guest.history("s1")["messages"][-1]
        self.assertEqual([(one["id"], one["status"]) for one in kept["steps"]], [(1, "finished"), (2, "failed")])
        self.assertEqual([book["title"] for book in kept["recommendations"]], ["The War of the Worlds"])

    def test_whole_replies_and_chat_completions(self) -> None:
        guest = self.client.guest()
        self.provider.then(calls(MARS), answers(ANSWER), calls(MARS), answers(ANSWER))
        whole = guest.post("/api/v1/chat/stream" + ALL, {"message": "aliens?"}, headers={"Accept": "application/json"}).json()
        self.assertEqual([one["name"] for one in whole["steps"]], ["search_books"])
        self.assertEqual(whole["content"], "".join(ANSWER))
        # No client of chat completions is asked to call a tool of the agent's.
        body = {"model": "noah", "messages": [{"role": "user", "content": "aliens?"}], "stream": True}
        events = guest.request("POST", "/api/v2/chat/completions", body).all_events()
        chunks = [json.loads(event.data) for event in events if event.data != "[DONE]"]
        self.assertFalse(any("tool_calls" in choice["delta"] for chunk in chunks for choice in chunk["choices"]))
        self.assertIn("stop", [choice["finish_reason"] for chunk in chunks for choice in chunk["choices"]])

    def test_the_other_agents_have_theirs(self) -> None:
        guest = self.client.guest()
        self.provider.then(calls(("search_documents", {"query": "blocked account Germany"})), answers(["See [1]."]))
        question = {"message": "Money?", "mode": "visa_expert"}
        headers = {"Accept": "text/event-stream"}
        events = guest.request("POST", "/api/agent/chat" + ALL, question, headers).all_events()
        self.assertEqual(told(events), [(1, "search_documents", "started"), (1, "search_documents", "finished")])
        source = next(event.value["sources"] for event in events if event.type == "sources")[0]
        self.assertEqual(guest.get(source["url"]).status, 200)
        focus = {"topic": "essays", "objective": "Plan one.", "level": "beginner", "steps": ["Read the question."]}
        self.provider.then(calls(("set_focus", focus)), answers(["What is it about?"]))
        events = guest.request("POST", "/stream-chat" + ALL, {"message": "how do I write an essay?", "sessionId": "t1"}).all_events()
        self.assertEqual(events[-1].type, "done")
        self.assertEqual(told(events), [(2, "set_focus", "started"), (2, "set_focus", "finished")])
        self.assertEqual([event.value["focus"]["topic"] for event in events if event.type == "focus"][-1], "essays")
        self.provider.then(calls(("price_figures", {"symbols": ["DEMO1"]})), answers(["It rose."]))
        events = guest.request("POST", "/api/chat/stream" + ALL, {
            "message": "And that one?", "assistantType": "analyst", "sessionId": "d1"}).all_events()
        self.assertEqual(told(events), [(1, "price_figures", "started"), (1, "price_figures", "finished")])
        figures = next(event.value["figures"] for event in events if event.type == "figures")
        self.assertEqual((figures["agent"], figures["symbols"][0]["symbol"]), ("analyst", "DEMO1"))
        self.provider.then(calls(("search_history", {"query": "aliens"})), answers(["You asked me before."]))
        guest.ask("aliens again", session_id="s9").all_events()
        self.assertEqual([one["text"] for one in self.results()[0]["messages"]], [])

    def test_a_stop_between_the_steps_keeps_what_was_done_and_counts_it(self) -> None:
        guest = self.client.guest()
        gate = threading.Event()
        self.addCleanup(gate.set)
        self.provider.then(calls(MARS), answers(ANSWER).held(gate, before=1))
        exchange = guest.request("POST", "/api/v1/chat/stream" + ALL, {"message": "aliens?", "session_id": "s2"})
        seen = []
        for event in exchange.events():
            seen.append(event)
            if event.type == "content_chunk":
                guest.post("/api/v1/chat/stop", {"message_id": seen[0].value["reply_id"]})
            if event.type == "complete":
                break
        end = seen[-1].value
        self.assertEqual(end["status"], "stopped")
        # The first step was told by the provider, the second is estimated.
        self.assertGreaterEqual(end["usage"]["prompt_tokens"], 11)
        self.assertTrue(end["usage"]["estimated"])
        kept = guest.history("s2")["messages"][-1]
        self.assertEqual((kept["status"], kept["content"], kept["steps"][0]["status"]), ("stopped", "Try ", "finished"))

    def test_a_model_that_takes_no_tools_gets_the_findings(self) -> None:
        provider = Provider(answers(ANSWER))
        self.addCleanup(provider.close)
        settings = configuration(provider)
        settings["providers"]["a"]["tools"] = False
        place = self.sandbox(**settings)
        place.serve()
        events = FastCGIClient(place.socket).guest().request(
            "POST", "/api/v1/chat/stream" + ALL, {"message": "science fiction about Mars"}).all_events()
        self.assertNotIn("tools", provider.calls[0])
        self.assertIn("<FINDINGS>", provider.calls[0]["messages"][-2]["content"])
        self.assertIn("step", [event.type for event in events])

    def test_after_a_kill_the_reply_is_interrupted_and_the_steps_are_there(self) -> None:
        gate = threading.Event()
        provider = Provider(calls(MARS), answers(ANSWER).held(gate, before=1))
        self.addCleanup(provider.close)
        self.addCleanup(gate.set)
        place = self.sandbox(**configuration(provider))
        program = place.serve()
        guest = FastCGIClient(place.socket).guest()
        exchange = guest.request("POST", "/api/v1/chat/stream" + ALL, {"message": "aliens?", "session_id": "s3"})
        for event in exchange.events():
            if event.type == "content_chunk":
                break
        wait_until("text is stored", lambda: guest.history("s3")["messages"][-1]["content"] != "")
        program.signal(signal.SIGKILL)
        program.wait()
        place.serve()
        wait_until("the turn is ended", lambda: guest.history("s3")["messages"][-1]["status"] != "streaming")
        kept = guest.history("s3")["messages"][-1]
        self.assertEqual((kept["status"], kept["steps"][0]["status"]), ("interrupted", "finished"))


if __name__ == "__main__":
    unittest.main()
