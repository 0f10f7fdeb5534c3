"""What a page needs beside the words: steps, figures, counted days, sources, marks, going on, and what other tabs did."""

from __future__ import annotations

import json
import unittest

import starts
from exchange import joined
from harness import ROOT, Client, ServerCase
from provider import Provider, answers, configuration

AGENTS = str(ROOT / "agents")
ALL = "?events=all"
STAYS = (
    "I was in Spain from 3 May to 10 June 2026 and in Italy from 2 to 30 August 2026. How long can I stay from 1 October 2026?"
)


def named(events: list, kind: str) -> list[dict]:
    return [event.value for event in events if event.type == kind]


class Details(ServerCase):
    client: Client

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.client = starts.behind_nginx(cls.shared_sandbox(agents_dir=AGENTS))

    def visa(self, guest: Client, message: str, **more) -> list:
        return guest.request(
            "POST", "/api/agent/chat" + ALL, {"message": message, "mode": "visa_expert"} | more,
            {"Accept": "text/event-stream"},
        ).all_events()

    def test_each_conversation_has_its_agent_and_is_answered_anew_by_it(self) -> None:
        guest = self.client.guest()
        noah = guest.ask("I loved The Time Machine. What next?", session_id="books").all_events()
        visa = self.visa(guest, "Which visa lets me study in Germany?", session_id="visa")
        desk = guest.request("POST", "/api/chat/stream", {
            "message": "How did DEMO1 do?", "assistantType": "analyst", "sessionId": "desk", "context": {"timeframe": "3M"}})
        desk = desk.all_events()
        tutor = guest.request("POST", "/stream-chat", {"message": "What is photosynthesis?", "sessionId": "study"}).all_events()
        listed = {one["session_id"]: one for one in guest.get("/api/v1/chat/sessions").json()["sessions"]}
        self.assertEqual(
            {name: (one["agent"], one.get("assistant")) for name, one in listed.items()},
            {"books": ("noah", None), "visa": ("visa_expert", None), "desk": ("desk", "analyst"), "study": ("tutor", None)})
        self.assertFalse(any("writing" in one for one in listed.values()))
        for reply, member in (
            (noah[0].value["reply_id"], "recommendations"), (visa[0].value["reply_id"], "sources"),
            (desk[0].value["messageId"], "figures"), (tutor[0].value["messageId"], "focus"),
        ):
            whole = guest.post("/api/v1/chat/regenerate" + ALL, {"message_id": reply}, headers={"Accept": "application/json"}).json()
            self.assertIn(member, whole)
        # The desk's second reply has the context of the first.
        self.assertEqual([one["figures"]["timeframe"] for one in guest.history("desk")["messages"] if "figures" in one], ["3M"] * 2)
        messages = guest.history("visa")["messages"]
        self.assertEqual([one.get("in_reply_to") for one in messages[1:]], [messages[0]["message_id"]] * 2)
        self.assertEqual({one["agent"] for one in messages[1:]}, {"visa_expert"})
        self.assertTrue(all(one["metrics"]["duration_ms"] >= 0 for one in messages[1:]))

    def test_a_dialects_own_stream_is_as_it_was(self) -> None:
        guest = self.client.guest()
        plain = guest.ask("I loved Dune. What next?").all_events()
        self.assertEqual(
            {event.type for event in plain}, {"user_message_received", "content_chunk", "recommendations", "complete"})
        self.assert_in_order(plain)
        reply = plain[0].value["reply_id"]
        told = guest.request("GET", f"/api/v1/chat/stream/{reply}{ALL}").all_events()
        self.assertEqual(joined([event for event in told if event.type != "step"]), joined(plain))
        step = named(told, "step")[0]["step"]
        self.assertEqual((step["name"], step["status"]), ("search_books", "completed"))
        self.assertIn("like Dune", step["looked_for"])
        self.assertGreater(step["searched"], 500)
        self.assertEqual(step["chosen"], len(named(plain, "recommendations")[0]["recommendations"]))
        # Resumed behind it, it is not told again.
        later = guest.request("GET", f"/api/v1/chat/stream/{reply}{ALL}&after=3").all_events()
        self.assert_in_order(later, after=3)
        self.assert_problem(guest.get(f"/api/v1/chat/stream/{reply}?events=some"), 400, "events")

    def test_counted_days_and_sources_that_open_at_the_section(self) -> None:
        guest = self.client.guest()
        events = self.visa(guest, STAYS)
        self.assertEqual(events[-1].type, "complete")
        days = named(events, "days")[0]["days"]
        self.assertEqual((days["on"], days["used"], days["left"]), ("2026-10-01", 68, 22))
        self.assertEqual((days["longest_stay"]["last"], days["back_on"]), ("2026-10-22", "2026-10-30"))
        self.assertEqual([stay["days"] for stay in days["strip"]], [39, 29])
        source = named(events, "sources")[0]["sources"][0]
        document = guest.get(source["url"]).json()
        self.assertEqual(document["title"], source["title"])
        section = next(one for one in document["sections"] if one["number"] == document["section"])
        self.assertEqual(" › ".join(section["headings"]), source["section"])
        kept = guest.get(f"/api/agent/sessions/{events[0].value['session_id']}").json()["messages"][1]
        self.assertEqual((kept["days"], kept["sources"][0]), (days, source))
        for target in ("visa_expert/no.md", "visa_expert", "nobody/x.md", "visa_expert/../persona.md", source["url"][16:] + "9"):
            self.assert_problem(guest.get("/api/v1/sources/" + target), 404)
        self.assert_problem(guest.get(source["url"].split("?")[0] + "?section=first"), 400, "section")
        self.assert_problem(self.client.get(source["url"]), 401)

    def test_figures_come_with_each_of_the_desk(self) -> None:
        guest = self.client.guest()
        ask = {"message": "Give me a full analysis of DEMO1 and DEMO4", "assistantType": "general", "sessionId": "w"}
        events = guest.request("POST", "/api/chat/stream", ask).all_events()
        self.assertEqual({event.type for event in events}, {
            "chat_started", "workflow_detected", "workflow_update", "token", "chat_completed"})
        steps = {one["agent"]: one["after"] for one in named(events, "workflow_detected")[0]["steps"]}
        self.assertTrue(steps["advisor"])
        done = [one for one in named(events, "workflow_update") if one["status"] == "completed"]
        self.assertEqual([one["figures"]["agent"] for one in done], [one["agent"] for one in done])
        analyst = next(one for one in done if one["agent"] == "analyst")["figures"]
        self.assertEqual([line["values"][0] for line in analyst["lines"]], [100, 100])
        self.assertTrue(all(2 < len(line["days"]) == len(line["values"]) <= 120 for line in analyst["lines"]))
        kept = guest.history("w")["messages"][1]["workflow"]
        self.assertEqual([one["figures"] for one in kept["updates"] if one["status"] == "completed"], [one["figures"] for one in done])

    def test_marked_books_are_recommended_no_more_and_taste_is_the_users(self) -> None:
        guest = self.client.guest()
        books = named(guest.ask("I loved The Time Machine. What next?").all_events(), "recommendations")[0]["recommendations"]
        self.assertTrue(any(one.get("read_url", "").startswith("https://www.gutenberg.org/ebooks/") for one in books))
        first = books[0]["book_id"]
        marked = guest.request("PUT", f"/api/v1/chat/books/{first}", {"mark": "dismissed"}).json()
        self.assertEqual((marked["mark"], marked["title"]), ("dismissed", books[0]["title"]))
        again = named(guest.ask("I loved The Time Machine. What next?").all_events(), "recommendations")[0]["recommendations"]
        self.assertNotIn(first, [one["book_id"] for one in again])
        self.assertEqual([one["book_id"] for one in guest.get("/api/v1/chat/books").json()["books"]], [first])
        self.assertEqual(guest.get("/api/v1/chat/books?mark=read").json()["books"], [])
        exported = guest.get("/api/v1/me/export").body.decode().splitlines()
        self.assertIn("book_mark", [json.loads(line)["type"] for line in exported])
        for _ in range(2):
            self.assertEqual(guest.request("DELETE", f"/api/v1/chat/books/{first}").status, 204)
        self.assertEqual(guest.get("/api/v1/chat/books").json()["books"], [])
        self.assert_problem(guest.request("PUT", "/api/v1/chat/books/st:no-such-book", {"mark": "read"}), 404)
        self.assert_problem(guest.request("PUT", f"/api/v1/chat/books/{first}", {"mark": "liked"}), 400, "mark")

        guest.ask("I love science fiction and I hate love stories.").all_events()
        known = guest.get("/api/v1/chat/preferences").json()
        self.assertTrue(known["learning"])
        self.assertGreater(len(known["preferences"]), 1)
        guess = known["preferences"][0]
        forgotten = guest.post("/api/v1/chat/preferences/forget", {key: guess[key] for key in ("type", "value")}).json()
        self.assertEqual(forgotten["forgotten"], 1)
        self.assertNotIn(guess["value"], [one["value"] for one in forgotten["transparency"]["preferences"]])
        self.assertFalse(guest.request("PATCH", "/api/v1/chat/preferences", {"learning": False}).json()["learning"])
        self.assertEqual(guest.post("/api/v1/chat/preferences/forget", {"all": True}).json()["transparency"]["preferences"], [])
        guest.ask("I love science fiction.").all_events()
        self.assertEqual(guest.get("/api/v1/chat/preferences").json()["preferences"], [])
        for wrong in ({}, {"type": "author"}, {"all": True, "type": "author", "value": "x"}, {"all": True, "source": "said"}):
            self.assertEqual(guest.post("/api/v1/chat/preferences/forget", wrong).status, 400, wrong)

    def test_other_tabs_hear_of_what_one_does(self) -> None:
        guest = self.client.guest()
        with guest.request("GET", "/api/v1/me/events") as stream:
            events = stream.events()
            started = next(events).value
            self.assertEqual({**started, "at": ""}, {"type": "events_started", "at": ""})
            self.assertRegex(started["at"], r"^\d{4}-\d\d-\d\dT")

            def until(change: str) -> dict:
                while True:
                    value = next(events).value
                    if value.get("change", value["type"]) == change:
                        return value

            reply = guest.ask(session_id="s1").all_events()[0].value["reply_id"]
            self.assertEqual(until("reply_ended")["reply_id"], reply)
            pinned = guest.request("PATCH", "/api/v1/chat/sessions/s1", {"pinned": True})
            self.assertTrue(pinned.json()["pinned"])
            self.assertEqual(until("pinned")["session_id"], "s1")
            self.assertEqual([one["session_id"] for one in guest.get("/api/v1/chat/sessions?pinned=true").json()["sessions"]], ["s1"])
            guest.request("PATCH", "/api/v1/chat/sessions/s1", {"title": "Sand"})
            until("renamed")
            guest.post("/api/v1/chat/preferences/forget", {"all": True})
            until("preferences_changed")
            guest.request("DELETE", "/api/v1/chat/sessions/s1")
            until("deleted")
        self.assert_problem(guest.request("PATCH", "/api/v1/chat/sessions/s1", {}), 400, "title")
        self.assert_problem(guest.post("/api/v1/live", {"session_id": "s", "kind": "taste", "data": {}}), 400, "kind")


class GoingOn(ServerCase):
    def test_a_reply_that_broke_off_goes_on_where_it_ended(self) -> None:
        provider = Provider(answers(["Wells sends", " his trav"]).dying("end", after=2))
        self.addCleanup(provider.close)
        settings = configuration(provider, retry={"attempts": 1, "bench_after": 1000})
        guest = starts.behind_nginx(self.sandbox(agents_dir=AGENTS, **settings)).guest()
        events = guest.ask("Tell me of the book", session_id="s").all_events()
        self.assertEqual(events[-1].type, "error")
        broken = events[0].value["reply_id"]
        provider.then(answers(["eller", " on."]))
        events = guest.request("POST", "/api/v1/chat/continue" + ALL, {"message_id": broken}).all_events()
        self.assertEqual(events[-1].value["status"], "complete")
        text = "".join(one["content"] for one in named(events, "content_chunk"))
        self.assertEqual(text, "Wells sends his traveller on.")
        messages = guest.history("s")["messages"]
        self.assertEqual([one["content"] for one in messages[1:]], ["Wells sends his trav", text])
        for message, code in ((messages[2]["message_id"], "reply_is_complete"), (messages[0]["message_id"], "not_found")):
            answer = guest.post("/api/v1/chat/continue", {"message_id": message})
            self.assertEqual(answer.json()["code"], code)


if __name__ == "__main__":
    unittest.main()
