"""The desk, dialect 5: what it streams, and its workflows as any number of followers see them through any worker."""

from __future__ import annotations

import shutil
import signal
import threading
import unittest

from exchange import joined
from harness import ROOT, Client, FastCGIClient, Sandbox, ServerCase, start_nginx, wait_until
from provider import Behaviour, Provider, answers, configuration, refuses

STREAM = "/api/chat/stream"
FULL = "Give me a full analysis of DEMO1 and DEMO4"
EVERYBODY = ["analyst", "trader", "riskManager", "economist", "advisor"]
SYNTHETIC = "These prices are synthetic"
NO_ADVICE = "This is no investment advice."
AGENTS = str(ROOT / "agents")
TERMINAL = ("chat_completed", "error")
ENDS_OF_WORKFLOWS = ("workflow_completed", "workflow_failed", "error")


def text_of(events: list) -> str:
    """The tokens since the last reset."""
    text = ""
    for value in (event.value for event in events):
        if value["type"] == "token":
            text += value["content"]
        elif value["type"] == "provider_switch" and value["reset"]:
            text = ""
    return text


def of_workflow(events: list) -> list[dict]:
    return [event.value for event in events if event.type in ("workflow_detected", "workflow_update")]


class DeskCase(ServerCase):
    def ask(self, client: Client, message: str = FULL, headers: dict | None = None, **more):
        return client.request("POST", STREAM, {"message": message, "assistantType": "general"} | more, headers)

    def follow(self, client: Client, workflow: str, **options):
        return client.request("GET", f"/api/chat/workflows/{workflow}/events", **options)

    def until(self, exchange, is_so) -> list:
        """The events up to the first that is so."""
        seen = []
        for event in exchange.events():
            seen.append(event)
            if is_so(event):
                return seen
        self.fail(f"it never came: {[event.data[:200] for event in seen]}")

    def assert_whole(self, events: list) -> dict:
        """A stream from its first event to its only terminal one, which is given."""
        types = [event.type for event in events]
        self.assertEqual(types[0], "chat_started", types)
        self.assert_in_order(events)
        self.assertEqual([kind in TERMINAL for kind in types], [False] * (len(types) - 1) + [True], types)
        end = events[-1].value
        if end["type"] == "chat_completed":
            self.assertEqual(end["content"], text_of(events))
        self.assertLessEqual(
            set(types), {"chat_started", "workflow_detected", "workflow_update", "provider_switch", "token", *TERMINAL}
        )
        return end

    def assert_same_404(self, *answers) -> None:
        problems = []
        for answer in answers:
            problem = self.assert_problem(answer, 404)
            problem.pop("instance")
            problems.append(problem)
        for problem in problems[1:]:
            self.assertEqual(problem, problems[0])


class TheDesk(DeskCase):
    """Behind nginx, with a second worker beside, which is asked directly."""

    place: Sandbox

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.place = cls.shared_sandbox(agents_dir=AGENTS)
        cls.place.serve()
        cls.place.serve(listen=f"unix:{cls.place.path}/second.sock")
        cls.client = start_nginx(cls.place)
        cls.second = FastCGIClient(f"{cls.place.path}/second.sock")

    def setUp(self) -> None:
        self.here = self.client.guest()
        self.there = self.second.with_token(self.here.token)

    def test_a_full_analysis_tells_of_its_specialists_in_order_and_then_answers(self) -> None:
        context = {"symbols": ["demo4"], "timeframe": "3M", "riskTolerance": "low"}
        exchange = self.ask(self.here, assistantType="analyst", sessionId="s1", context=context)
        events = exchange.all_events()
        end = self.assert_whole(events)
        start, detected = events[0].value, events[1].value
        self.assertEqual((start["sessionId"], start["assistantType"]), ("s1", "analyst"))
        self.assertEqual((start["provider"], start["model"]), ("builtin", end["model"]))
        self.assertTrue(start["messageId"].startswith("msg_"))
        self.assertEqual((detected["type"], detected["agents"]), ("workflow_detected", EVERYBODY))
        updates = of_workflow(events)[1:]
        self.assertEqual({update["workflowId"] for update in updates}, {detected["workflowId"]})
        for agent in EVERYBODY:
            states = [update["status"] for update in updates if update["agent"] == agent]
            self.assertEqual(states, ["started", "completed"], agent)
        # The advisor waits for all others.
        self.assertEqual([(u["agent"], u["status"]) for u in updates[-2:]], [("advisor", "started"), ("advisor", "completed")])
        progress = [update["progress"] for update in updates]
        self.assertEqual((progress, progress[-1]), (sorted(progress), 1))
        self.assertTrue(all(update["summary"] for update in updates if update["status"] == "completed"))
        self.assertNotIn("token", [event.type for event in events[: len(updates) + 2]])
        # Computed, for what was asked, and labelled.
        for words in ("DEMO1", "DEMO4", "three months", "low tolerance", NO_ADVICE, SYNTHETIC):
            self.assertIn(words, end["content"])
        self.assertEqual((end["status"], end["messageId"]), ("complete", start["messageId"]))
        self.assertGreater(end["usage"]["total_tokens"], 0)
        self.assertIn("duration_ms", end["metrics"])
        message = self.here.history("s1")["messages"][-1]
        self.assertEqual((message["message_id"], message["content"]), (start["messageId"], end["content"]))

    def test_the_same_stream_is_read_again_through_the_other_worker_from_any_place(self) -> None:
        events = self.ask(self.here, assistantType="trader").all_events()
        path = f"{STREAM}/{events[0].value['messageId']}"
        again = self.there.get(path).all_events()
        self.assertEqual(joined(again), joined(events))
        for seen in (0, 2, len(events) - 2):
            rest = self.there.get(path, headers={"Last-Event-ID": events[seen].id}).all_events()
            self.assertEqual(joined(rest), joined(events[seen + 1 :]))
        self.assertEqual(self.there.get(f"{path}?after={events[-1].id}").all_events(), [])
        self.assert_problem(self.there.get(path, headers={"Last-Event-ID": "x"}), 400, "Last-Event-ID")
        self.assert_same_404(self.client.guest().get(path), self.here.get(f"{STREAM}/msg_none"))

    def test_whoever_follows_a_workflow_later_sees_it_from_its_first_event(self) -> None:
        events = self.ask(self.here).all_events()
        workflow = events[1].value["workflowId"]
        for client in (self.here, self.there):
            followed = self.follow(client, workflow).all_events()
            self.assertEqual([event.value for event in followed[:-1]], of_workflow(events))
            end = followed[-1].value
            self.assertEqual((end["type"], end["status"]), ("workflow_completed", "complete"))
            self.assertEqual((end["workflowId"], end["messageId"]), (workflow, events[0].value["messageId"]))
        rest = self.follow(self.there, workflow, headers={"Last-Event-ID": followed[3].id}).all_events()
        self.assertEqual([event.data for event in rest], [event.data for event in followed[4:]])

    def test_anothers_workflow_is_as_good_as_none_and_so_is_a_turn_without_one(self) -> None:
        workflow = self.ask(self.here).all_events()[1].value["workflowId"]
        alone = self.ask(self.here, "How risky is DEMO1?").all_events()
        self.assertEqual(of_workflow(alone), [])
        without = "wf_" + alone[0].value["messageId"].removeprefix("msg_")
        stranger = self.second.guest()
        none = workflow[:-4] + ("0000" if workflow[-4:] != "0000" else "1111")
        names = [workflow.replace("wf_", "msg_"), "wf_", "wf_x", "x", "%20"]
        self.assert_same_404(
            self.follow(stranger, workflow), self.follow(stranger, none), self.follow(self.here, none),
            self.follow(self.here, without), *(self.follow(self.here, name) for name in names),
        )  # fmt: skip
        self.assert_problem(self.follow(self.here.with_token(None), workflow), 401)

    def test_one_object_instead_of_a_stream(self) -> None:
        headers = {"Accept": "application/json"}
        value = self.ask(self.here, headers=headers, sessionId="j", assistantType="advisor").json()
        self.assertEqual((value["sessionId"], value["assistantType"], value["status"]), ("j", "advisor", "complete"))
        self.assertEqual(self.here.history("j")["messages"][-1]["content"], value["content"])
        self.assertEqual(value["workflow"]["agents"], EVERYBODY)
        self.assertEqual(len(value["workflow"]["updates"]), 2 * len(EVERYBODY))
        for name in ("userMessageId", "timestamp", "provider", "model", "finishReason", "usage", "metrics"):
            self.assertIn(name, value)
        again = self.there.get(f"{STREAM}/{value['messageId']}", headers=headers).json()
        self.assertEqual(again, value)
        workflow = self.follow(self.there, value["workflow"]["workflowId"], headers=headers).json()
        self.assertEqual(workflow["updates"], value["workflow"]["updates"])
        self.assertEqual((workflow["messageId"], workflow["status"]), (value["messageId"], "complete"))
        alone = self.ask(self.here, "hello", headers=headers).json()
        self.assertNotIn("workflow", alone)

    def test_timeframe_and_tolerance_are_hints_and_what_is_not_known_is_noted(self) -> None:
        for context, note in [
            ({"timeframe": "6mo", "riskTolerance": "Moderate"}, None),
            ({"timeframe": "1D", "riskTolerance": "reckless"}, "\"1D\" is not known"),
            ({"timeframe": 3, "riskTolerance": True}, "is not known here"),
        ]:
            with self.subTest(context=context):
                exchange = self.ask(self.here, "How risky is DEMO1?", context=context)
                answer = exchange.all_events()[-1].value["content"]
                if note is None:
                    self.assertIn("medium tolerance", answer)
                    self.assertNotIn("is not known here", answer)
                else:
                    self.assertIn(note, answer)

    def test_a_repeated_request_is_told_the_first_ones_turn(self) -> None:
        key = {"Idempotency-Key": "desk-1"}
        first = self.ask(self.here, headers=key, sessionId="k", assistantType="economist").all_events()
        again = self.ask(self.there, headers=key, sessionId="k", assistantType="economist").all_events()
        self.assertEqual(joined(again), joined(first))
        self.assert_problem(self.ask(self.there, headers=key, sessionId="k", assistantType="trader"), 422)
        self.assertEqual(len(self.here.history("k")["messages"]), 2)

    def test_what_is_wrong_is_told_with_its_field(self) -> None:
        good = {"message": "Hello", "assistantType": "general"}
        table = [
            ({"message": None}, "message"), ({"message": ""}, "message"), ({"message": 1}, "message"),
            ({"message": "a" * 32_769}, "message"), ({"assistantType": None}, "assistantType"),
            ({"assistantType": "risk_manager"}, "assistantType"), ({"assistantType": 1}, "assistantType"),
            ({"sessionId": ""}, "sessionId"), ({"sessionId": "a b"}, "sessionId"), ({"sessionId": 1}, "sessionId"),
            ({"userId": "a/b"}, "userId"), ({"userId": "u" * 129}, "userId"), ({"context": []}, "context"),
            ({"context": "AAPL"}, "context"), ({"context": {"symbols": "AAPL"}}, "context.symbols"),
            ({"context": {"symbols": [1]}}, "context.symbols"), ({"context": {"symbols": ["../x"]}}, "context.symbols"),
            ({"context": {"symbols": [""]}}, "context.symbols"), ({"context": {"symbols": ["A"] * 21}}, "context.symbols"),
            ({"context": {"more": "a" * 8192}}, "context"),
        ]  # fmt: skip
        for change, field in table:
            with self.subTest(field=field, change=str(change)[:60]):
                self.assert_problem(self.here.request("POST", STREAM, good | change), 400, field)
        self.assert_problem(self.ask(self.here, headers={"Idempotency-Key": "a b"}), 400, "Idempotency-Key")
        every = {"message": "", "assistantType": "x", "context": {"symbols": [1], "timeframe": "x", "riskTolerance": "x"}}
        problem = self.assert_problem(self.here.request("POST", STREAM, every), 400)
        self.assertEqual(
            [error["field"] for error in problem["errors"]],
            ["message", "assistantType", "context.symbols"],
        )
        self.assert_problem(self.here.request("POST", STREAM, good | {"userId": "usr_other"}), 403)
        self.assert_problem(self.here.with_token(None).request("POST", STREAM, good), 401)
        self.assert_problem(self.here.request("GET", STREAM), 405)
        self.assert_problem(self.here.request("POST", "/api/chat/stop", {}), 400, "messageId")
        self.assertEqual(self.here.get("/api/v1/chat/sessions").json()["sessions"], [])
        whole = good | {"message": "a" * 32_768, "userId": self.here.user_id, "context": {"symbols": ["A"] * 20, "x": 1}}
        self.assert_whole(self.here.request("POST", STREAM, whole).all_events())


class SlowDesk(DeskCase):
    """A language model whose answers the test holds back or refuses, by specialist."""

    def stage(self, *, gates: dict[str, threading.Event] | None = None, refused: tuple[str, ...] = ()) -> None:
        case = self

        class Specialists(Provider):
            def perform(self, handler, behaviour: Behaviour, request: dict) -> None:
                instructions = request["messages"][0]["content"]
                title = "synthesis"
                if "Your colleagues have worked" not in instructions:
                    title = instructions.partition("You are the desk's ")[2].partition(".")[0]
                case.asked.append(title)
                if title in refused:
                    behaviour = refuses(400, "invalid_request")
                elif title in (gates or {}):
                    behaviour = answers([f"The {title}", " says: fine."]).held(gates[title], before=1)
                else:
                    behaviour = answers([f"The {title}", " says: fine."])
                super().perform(handler, behaviour, request)

        self.asked: list[str] = []
        model = Specialists(Behaviour())
        self.addCleanup(model.close)
        for gate in (gates or {}).values():
            self.addCleanup(gate.set)
        retry = {"attempts": 1, "bench_after": 1_000}
        self.place = self.sandbox(**configuration(model, retry=retry, agents_dir=AGENTS))
        self.first = self.place.serve()
        self.place.serve(listen=f"unix:{self.place.path}/second.sock")
        self.here = start_nginx(self.place).guest()
        self.there = FastCGIClient(f"{self.place.path}/second.sock").with_token(self.here.token)

    def test_followers_of_both_workers_see_it_all_while_it_runs(self) -> None:
        gate = threading.Event()
        self.stage(gates={"economist": gate})
        exchange = self.ask(self.here)
        seen = self.until(exchange, lambda event: event.value.get("status") == "completed")
        workflow = seen[1].value["workflowId"]
        followers = [self.follow(client, workflow) for client in (self.there, self.there, self.here)]
        for follower in followers:
            begun = self.until(follower, lambda event: event.value.get("status") == "completed")
            self.assertEqual([event.value for event in begun], of_workflow(seen))
        gate.set()
        events = exchange.all_events()
        self.assertIn("The synthesis says: fine.", self.assert_whole(events)["content"])
        for follower in followers:
            followed = follower.all_events()
            self.assertEqual([event.value for event in followed[:-1]], of_workflow(events))
            self.assertEqual(followed[-1].type, "workflow_completed")

    def test_a_specialist_that_fails_does_not_end_the_others(self) -> None:
        self.stage(refused=("risk manager",))
        events = self.ask(self.here).all_events()
        end = self.assert_whole(events)
        self.assertEqual(end["status"], "complete")
        ends = {value["agent"]: value for value in of_workflow(events)[1:] if value["status"] != "started"}
        self.assertEqual(
            {agent: value["status"] for agent, value in ends.items()},
            {agent: "failed" if agent == "riskManager" else "completed" for agent in EVERYBODY},
        )
        self.assertIn("could not answer", ends["riskManager"]["summary"])
        self.assertEqual(of_workflow(events)[-1]["progress"], 1)
        self.assertEqual(sorted(self.asked), sorted(
            ["analyst", "trader", "risk manager", "economist", "advisor", "synthesis"]))  # fmt: skip
        self.assertEqual(
            self.follow(self.there, of_workflow(events)[0]["workflowId"]).all_events()[-1].type, "workflow_completed"
        )

    def test_an_answer_that_fails_ends_the_workflow_as_failed(self) -> None:
        self.stage(refused=("synthesis",))
        events = self.ask(self.here).all_events()
        end = self.assert_whole(events)
        self.assertEqual((end["type"], end["code"]), ("error", "provider_rejected_request"))
        self.assertEqual({"messageId", "message", "retryable", "partial"} - set(end), set())
        followed = self.follow(self.there, of_workflow(events)[0]["workflowId"]).all_events()
        self.assertEqual([event.value for event in followed[:-1]], of_workflow(events))
        self.assertEqual((followed[-1].type, followed[-1].value["code"]), ("workflow_failed", end["code"]))
        whole = self.ask(self.here, headers={"Accept": "application/json"}).json()
        self.assertEqual((whole["status"], whole["error"]["code"]), ("failed", end["code"]))

    def test_a_stop_through_the_other_worker_ends_it_for_everybody(self) -> None:
        self.stage(gates={"analyst": threading.Event()})
        exchange = self.ask(self.here)
        seen = self.until(exchange, lambda event: event.type == "workflow_update")
        message, workflow = seen[0].value["messageId"], seen[1].value["workflowId"]
        follower = self.follow(self.there, workflow)
        self.until(follower, lambda event: event.type == "workflow_update")
        self.assert_same_404(
            self.there.guest().post("/api/chat/stop", {"messageId": message}),
            self.there.post("/api/chat/stop", {"messageId": "msg_none"}),
        )
        for _ in range(2):
            answer = self.there.post("/api/chat/stop", {"messageId": message})
            self.assertEqual((answer.status, answer.json()), (200, {"messageId": message}))
        end = self.assert_whole(exchange.all_events())
        self.assertEqual((end["type"], end["status"]), ("chat_completed", "stopped"))
        last = follower.all_events()[-1].value
        self.assertEqual((last["type"], last["status"]), ("workflow_completed", "stopped"))

    def test_when_its_worker_is_killed_the_other_tells_that_it_was_interrupted(self) -> None:
        self.stage(gates={"economist": threading.Event()})
        exchange = self.ask(self.here, sessionId="s1")
        seen = self.until(exchange, lambda event: event.value.get("status") == "completed")
        message, workflow = seen[0].value["messageId"], seen[1].value["workflowId"]
        follower = self.follow(self.there, workflow)
        begun = self.until(follower, lambda event: event.value.get("status") == "completed")
        self.assertEqual([event.value for event in begun], of_workflow(seen))
        self.first.signal(signal.SIGKILL)
        self.first.wait()
        followed = follower.all_events()
        self.assertEqual((followed[-1].type, followed[-1].value["code"]), ("workflow_failed", "interrupted"))
        self.assertEqual([event.type in ENDS_OF_WORKFLOWS for event in followed].count(True), 1)
        events = self.there.get(f"{STREAM}/{message}").all_events()
        end = self.assert_whole(events)
        self.assertEqual((end["type"], end["code"], end["retryable"]), ("error", "interrupted", True))
        self.assertEqual(events[0].value["assistantType"], "general")
        rest = self.there.get(f"{STREAM}/{message}", headers={"Last-Event-ID": "2"}).all_events()
        self.assertEqual(joined(rest), joined(events[2:]))
        self.assertEqual(self.there.history("s1")["messages"][-1]["status"], "interrupted")


class Prices(DeskCase):
    def test_the_samples_are_gone_by_until_the_operator_drops_in_a_file(self) -> None:
        place = self.sandbox(agents_dir=AGENTS, desk={"prices_dir": "prices"})
        place.serve()
        guest = FastCGIClient(place.socket).guest()
        question = {"message": "How risky is DEMO1? And ACME?", "assistantType": "riskManager"}

        def answer() -> str:
            return guest.request("POST", STREAM, question, {"Accept": "application/json"}).json()["content"]

        self.assertIn(SYNTHETIC, answer())
        (place.path / "prices").mkdir()
        shutil.copy(ROOT / "agents/desk/prices-sample/DEMO1.csv", place.path / "prices/ACME.csv")
        wait_until("the operator's prices are gone by", lambda: SYNTHETIC not in answer())
        text = answer()
        self.assertIn("**ACME**", text)
        self.assertNotIn("**DEMO1**", text)
        self.assertIn(NO_ADVICE, text)


if __name__ == "__main__":
    unittest.main()
