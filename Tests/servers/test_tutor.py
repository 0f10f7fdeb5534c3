"""The tutor, dialect 2: what a session is about, told before each answer; streams, whole replies, coming back, other workers."""

from __future__ import annotations

import json
import unittest

import starts
from exchange import Exchange, joined
from harness import ROOT, Client, FastCGIClient, ServerCase, wait_until
from provider import Provider, answers, configuration
from test_bad_requests import Bad

AGENTS = str(ROOT / "agents")
QUESTION = "Help me prepare for my exam on photosynthesis"
SLOW = {"builtin": {"kind": "builtin", "pace_ms": 10}}


def ask(client: Client, message: str = QUESTION, headers: dict | None = None, **more) -> Exchange:
    return client.request("POST", "/stream-chat", {"message": message} | more, headers)


def text_of(events: list) -> str:
    """What stays of the text: all since the last reset."""
    text = ""
    for event in events:
        if event.type == "reset":
            text = ""
        elif event.type == "content":
            text += event.value["content"]
    return text


class TutorCase(ServerCase):
    def whole(self, exchange: Exchange) -> list:
        """A stream from its first event to its only terminal one."""
        self.assertEqual(exchange.status, 200, exchange.finish().body[:500] if exchange.status != 200 else "")
        events = exchange.all_events()
        self.assertTrue(exchange.whole, "the answer was cut off")
        types = [event.type for event in events]
        self.assertEqual((types[0], types[1], types[-1]), ("start", "focus", "done"), events[-1].data)
        self.assertEqual(sum(kind in ("done", "error") for kind in types), 1, types)
        self.assert_in_order(events)
        reply = events[0].value["messageId"]
        self.assertEqual({event.value["messageId"] for event in events}, {reply})
        return events

    def until_text(self, exchange: Exchange) -> list:
        seen = []
        for event in exchange.events():
            seen.append(event)
            if event.type == "content":
                return seen
        self.fail(f"no text in {[event.data for event in seen]}")


class BehindNginx(TutorCase):
    client: Client

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.client = starts.behind_nginx(cls.shared_sandbox(agents_dir=AGENTS, providers=SLOW))

    def test_a_session_has_a_focus_that_is_new_then_carried_over_then_new(self) -> None:
        guest = self.client.guest()
        told = []
        for message in (QUESTION, "next", "I don't get it", "And now the French Revolution, please", "quiz me"):
            events = self.whole(ask(guest, message, sessionId="s1"))
            focus = events[1].value["focus"]
            self.assertEqual(set(focus), {"topic", "objective", "level", "steps", "carriedOver"})
            self.assertTrue(focus["objective"] and focus["steps"])
            told.append((focus["topic"].lower(), focus["carriedOver"], focus["level"]))
        self.assertEqual([topic for topic, _, _ in told], ["photosynthesis"] * 3 + ["french revolution"] * 2)
        self.assertEqual([carried for _, carried, _ in told], [False, True, True, False, True])
        self.assertEqual(told[2][2], "beginner")

    def test_the_stream_is_what_the_history_keeps(self) -> None:
        guest = self.client.guest()
        events = self.whole(ask(guest, sessionId="s1", userId=guest.user_id))
        start, end = events[0].value, events[-1].value
        self.assertEqual(start["sessionId"], "s1")
        self.assertEqual((end["status"], end["finishReason"]), ("complete", "stop"))
        self.assertGreater(end["usage"]["completion_tokens"], 0)
        sources = next(event.value["sources"] for event in events if event.type == "sources")
        self.assertIn("Photosynthesis", [source["title"] for source in sources])
        question, reply = guest.history("s1")["messages"]
        self.assertEqual((question["message_id"], question["content"]), (start["userMessageId"], QUESTION))
        self.assertEqual((reply["message_id"], reply["content"]), (start["messageId"], text_of(events)))
        self.assertEqual((reply["status"], reply["usage"]), ("complete", end["usage"]))

    def test_a_session_is_made_when_none_is_named(self) -> None:
        guest = self.client.guest()
        session = self.whole(ask(guest))[0].value["sessionId"]
        self.assertTrue(session.startswith("ses_"))
        self.assertEqual(len(guest.history(session)["messages"]), 2)

    def test_two_users_in_one_session_name_have_a_session_each(self) -> None:
        anna, ben = self.client.guest(), self.client.guest()
        self.whole(ask(anna, sessionId="shared"))
        focus = self.whole(ask(ben, "next", sessionId="shared"))[1].value["focus"]
        self.assertNotIn("photosynthesis", json.dumps(focus).lower())
        self.assertFalse(focus["carriedOver"])
        self.assertEqual(len(anna.history("shared")["messages"]), 2)
        self.assertEqual([m["content"] for m in ben.history("shared")["messages"]][0], "next")

    def test_a_conversation_goes_on_in_another_dialect_and_back(self) -> None:
        guest = self.client.guest()
        self.whole(ask(guest, sessionId="s1"))
        self.assert_complete_reply(guest.ask("Recommend me something short", session_id="s1"))
        plain = guest.post("/api/agent/chat", {"message": "What is stored about me?", "session_id": "s1"})
        self.assertEqual(plain.status, 200, plain.body[:500])
        focus = self.whole(ask(guest, "next", sessionId="s1"))[1].value["focus"]
        # The learner spoke of other things since; what counts is that all of it was read.
        self.assertTrue(focus["carriedOver"], focus)
        messages = guest.history("s1")["messages"]
        self.assertEqual([message["role"] for message in messages], ["user", "assistant"] * 4)
        self.assertEqual({message["status"] for message in messages}, {"complete"})

    def test_a_client_that_leaves_finds_the_rest_when_it_comes_back(self) -> None:
        guest = self.client.guest()
        with ask(guest, sessionId="s1") as exchange:
            seen = self.until_text(exchange)
        path, last = f"/stream-chat/{seen[0].value['messageId']}", seen[-1].id
        rest = guest.request("GET", path, headers={"Last-Event-ID": last}).all_events()
        self.assert_in_order(rest, after=int(last))
        self.assertEqual((rest[-1].type, rest[-1].value["status"]), ("done", "complete"))
        self.assertEqual(text_of(seen + rest), guest.history("s1")["messages"][-1]["content"])
        again = guest.get(f"{path}?after={last}").all_events()
        self.assertEqual(joined(again), joined(rest))
        self.assert_problem(self.client.guest().get(path), 404)
        self.assert_problem(guest.get(path, headers={"Last-Event-ID": "-1"}), 400, "Last-Event-ID")
        # In the words of another dialect the same reply is the same text.
        other = guest.get(f"/api/v1/chat/stream/{seen[0].value['messageId']}").all_events()
        self.assertEqual({event.type for event in other}, {"user_message_received", "content_chunk", "complete"})
        self.assertEqual("".join(e.value.get("content", "") for e in other), text_of(seen + rest))

    def test_stop_ends_the_stream_and_keeps_the_part(self) -> None:
        guest = self.client.guest()
        exchange = ask(guest, sessionId="s1")
        reply = self.until_text(exchange)[0].value["messageId"]
        self.assert_problem(self.client.guest().post("/stream-chat/stop", {"messageId": reply}), 404)
        for _ in range(2):
            answer = guest.post("/stream-chat/stop", {"messageId": reply})
            self.assertEqual((answer.status, answer.json()), (200, {"messageId": reply}))
        events = exchange.all_events()
        self.assertEqual((events[-1].type, events[-1].value["status"]), ("done", "stopped"))
        kept = guest.history("s1")["messages"][-1]
        self.assertEqual((kept["status"], kept["content"]), ("stopped", text_of(events)))

    def test_a_repeated_request_attaches_to_the_same_turn(self) -> None:
        guest = self.client.guest()
        key = {"Idempotency-Key": "once-1"}
        first = self.whole(ask(guest, sessionId="s1", headers=key))
        second = self.whole(ask(guest, sessionId="s1", headers=key))
        self.assertEqual(joined(first), joined(second))
        self.assert_problem(ask(guest, "Something else", sessionId="s1", headers=key), 422)
        self.assertEqual(len(guest.history("s1")["messages"]), 2)

    def test_without_a_stream_there_is_one_object(self) -> None:
        guest = self.client.guest()
        answer = ask(guest, sessionId="s1", headers={"Accept": "application/json"}).finish()
        self.assertEqual((answer.status, answer.head.get("Content-Type")), (200, "application/json"))
        told = answer.json()
        question, reply = guest.history("s1")["messages"]
        self.assertEqual(
            (told["sessionId"], told["userMessageId"], told["messageId"], told["content"], told["status"]),
            ("s1", question["message_id"], reply["message_id"], reply["content"], "complete"))
        self.assertEqual(told["focus"]["topic"], "photosynthesis")
        self.assertTrue(told["sources"])

    def test_bad_input_is_named_and_nothing_is_stored(self) -> None:
        guest = self.client.guest()
        for bad in (
            Bad("no message", 400, {}, "message"),
            Bad("an empty message", 400, {"message": ""}, "message"),
            Bad("a message of 32,769 bytes", 400, {"message": "x" * 32_769}, "message"),
            Bad("a number as message", 400, {"message": 1}, "message"),
            Bad("an impossible sessionId", 400, {"message": "x", "sessionId": "a b"}, "sessionId"),
            Bad("a number as sessionId", 400, {"message": "x", "sessionId": 7}, "sessionId"),
            Bad("an impossible userId", 400, {"message": "x", "userId": "a b"}, "userId"),
            Bad("another's userId", 403, {"message": "x", "userId": "usr_somebody-else"}),
            Bad("a bad Idempotency-Key", 400, {"message": "x"}, "Idempotency-Key", headers={"Idempotency-Key": "a b"}),
            Bad("no JSON", 400, b"hello"),
            Bad("a key twice", 400, b'{"message":"x","message":"y"}'),
            Bad("text/plain", 415, b'{"message":"x"}', headers={"Content-Type": "text/plain"}),
            Bad("no identity", 401, {"message": "x"}, headers={"Authorization": None}),
            Bad("GET for a POST", 405, method="GET"),
            Bad("nothing to stop", 400, {}, "messageId", target="/stream-chat/stop"),
            Bad("an unknown reply to stop", 404, {"messageId": "msg_0"}, target="/stream-chat/stop"),
            Bad("an unknown reply", 404, method="GET", target="/stream-chat/msg_0"),
            Bad("POST to a reply", 405, {}, target="/stream-chat/msg_0"),
        ):
            target = bad.target if bad.target.startswith("/stream-chat") else "/stream-chat"
            with self.subTest(bad.what):
                self.assert_problem(guest.request(bad.method, target, bad.body, bad.headers), bad.status, bad.names)
        self.assertEqual(guest.get("/api/v1/chat/sessions").json()["sessions"], [])


class TwoWorkers(TutorCase):
    def test_a_reply_grows_in_the_history_while_it_streams_through_either(self) -> None:
        place = self.sandbox(agents_dir=AGENTS, providers=SLOW)
        place.serve()
        place.serve(listen=f"unix:{place.path}/second.sock")
        here = FastCGIClient(place.socket).guest()
        there = FastCGIClient(f"{place.path}/second.sock").with_token(here.token)
        exchange = ask(here, sessionId="s1")
        seen = []
        for count, event in enumerate(exchange.events()):
            seen.append(event)
            if event.type != "content" or count % 5:
                continue
            text = text_of(seen)
            for reader in (here, there):
                def grew() -> bool:
                    reply = reader.history("s1")["messages"][-1]
                    # Only a reply that has not ended can show that it grows while it streams.
                    self.assertIn((reply["role"], reply["status"]), (("assistant", "streaming"),))
                    return reply["content"].startswith(text)

                wait_until("the reply in the history has what was sent", grew)
            if count > 20:
                break
        followed = there.request("GET", f"/stream-chat/{seen[0].value['messageId']}").all_events()
        events = seen + list(exchange.all_events())[len(seen) :]
        self.assertEqual(joined(followed), joined(events))
        reply = there.history("s1")["messages"][-1]
        self.assertEqual((reply["status"], reply["content"]), ("complete", text_of(events)))


class ALanguageModel(TutorCase):
    PLAN = {
        "topic": "chlorophyll", "objective": "Say what it does.", "level": "advanced", "steps": ["Read.", "Explain."],
        "carriedOver": False,
    }  # fmt: skip

    def test_the_model_plans_and_what_it_takes_back_is_told(self) -> None:
        first = Provider(answers([json.dumps(self.PLAN)]), answers(["One ", "two ", "three ", "four"]).dying("close", after=3))
        second = Provider(answers(["Something ", "else"]))
        for one in (first, second):
            self.addCleanup(one.close)
        settings = configuration(first, second, retry={"attempts": 1})
        for one in settings["providers"].values():
            one["tools"] = False
        guest = starts.behind_nginx(self.sandbox(agents_dir=AGENTS, **settings)).guest()
        events = self.whole(ask(guest, sessionId="s1"))
        self.assertEqual(events[1].value["focus"], self.PLAN)
        self.assertEqual(first.calls[0]["response_format"]["type"], "json_schema")
        reset = next(event.value for event in events if event.type == "reset")
        self.assertEqual(set(reset), {"type", "messageId", "reason"})
        self.assertEqual(text_of(events), "Something else")
        self.assertEqual(guest.history("s1")["messages"][-1]["content"], "Something else")
        # What a document says stands in the user's turn, never among the instructions.
        system, *_, last = second.calls[0]["messages"]
        self.assertEqual((system["role"], last["role"]), ("system", "user"))
        self.assertIn("<EXCERPTS>", last["content"])
        self.assertTrue(last["content"].endswith(QUESTION))


class NotInstalled(TutorCase):
    def test_without_the_folder_the_others_answer_and_the_tutor_says_what_to_do(self) -> None:
        place = self.sandbox(agents_dir="/nowhere/agents")
        program = place.serve()
        guest = FastCGIClient(place.socket).guest()
        problem = self.assert_problem(ask(guest), 503)
        self.assertEqual(problem["code"], "agent_unavailable")
        self.assertIn("agents_dir", problem["detail"])
        self.assertNotIn("/nowhere", problem["detail"])
        self.assertIn("/nowhere/agents", program.log_text)
        self.assertEqual(guest.get("/api/v1/chat/sessions").json()["sessions"], [])
        self.assert_complete_reply(guest.ask())

    def test_a_mistake_in_one_persona_takes_that_one_away_and_is_named(self) -> None:
        place = self.sandbox(agents_dir="agents")
        (place.path / "agents").mkdir()
        for name in ("general", "visa", "tutor"):
            (place.path / "agents" / name).symlink_to(f"{AGENTS}/{name}")
        broken = place.path / "agents/tutor"
        broken.unlink()
        broken.mkdir()
        (broken / "persona.md").write_text("---\nname: tutor\ntitle: Tutor\nagent: teacher\n---\nTeach.\n")
        program = place.serve()
        guest = FastCGIClient(place.socket).guest()
        self.assert_problem(ask(guest), 503)
        self.assertIn("agents/tutor/persona.md:4: agent must be plain or tutor", program.log_text)


if __name__ == "__main__":
    unittest.main()
