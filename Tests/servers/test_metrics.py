"""What the operator sees: `/metrics`, its dashboard and alert rules, and the log."""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
import subprocess
import threading
import unittest

from harness import PROGRAM, ROOT, CGIClient, FastCGIClient, ServerCase, lay_out_cgi, tool, wait_until
from provider import Provider, answers, configuration, refuses

SAMPLE = re.compile(r'^([a-z_]+)(?:\{(.*)\})? (\S+)$')
LABEL = re.compile(r'([a-z_]+)="((?:[^"\\]|\\.)*)"')
TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


def samples(text: str) -> list[tuple[str, dict, float]]:
    found = []
    for line in text.splitlines():
        if not line.startswith("#"):
            name, labels, value = SAMPLE.match(line).groups()
            found.append((name, dict(LABEL.findall(labels or "")), float(value)))
    return found


class Figures(ServerCase):
    def scrape(self, client) -> list[tuple[str, dict, float]]:
        answer = client.get("/metrics")
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.head.get("Content-Type"), "text/plain; version=0.0.4; charset=utf-8")
        self.text = answer.body.decode()
        return samples(self.text)

    def sum(self, found: list, name: str, **labels: str) -> float:
        return sum(value for other, own, value in found if other == name and labels.items() <= own.items())

    def check(self) -> None:
        checked = subprocess.run([tool("promtool"), "check", "metrics"], input=self.text, capture_output=True, text=True)
        self.assertEqual((checked.returncode, checked.stdout + checked.stderr), (0, ""))


class Metrics(Figures):
    def test_what_happens_is_counted(self) -> None:
        gate = threading.Event()
        primary = Provider(refuses(500, "server_error"))
        secondary = Provider(answers(["one ", "two ", "three "], 3).held(gate, 1))
        for one in (primary, secondary):
            self.addCleanup(one.close)
        self.addCleanup(gate.set)
        place = self.sandbox(**configuration(primary, secondary, retry={"attempts": 1, "bench_after": 1}))
        place.serve()
        client = FastCGIClient(place.socket)
        guest = client.guest()
        # A series that begins with its first event has no rise that an alert could see.
        begun = [(name, own) for name, own, value in self.scrape(client) if value == 0]
        for name, labels in (
            ("chat_fcgi_store_errors_total", {"operation": "write", "kind": "unavailable"}),
            ("chat_fcgi_provider_calls_total", {"provider": "a", "outcome": "provider_unauthorized"}),
            ("chat_fcgi_hedges_total", {"provider": "b", "outcome": "ok"}),
        ):
            self.assertEqual(sum(name == other and labels.items() <= own.items() for other, own in begun), 1, (name, labels))
        stream = guest.ask("Is it raining?")
        for event in stream.events():
            if event.type == "content_chunk" and event.value["content"]:
                break
        found = self.scrape(client)
        self.assertEqual(self.sum(found, "chat_fcgi_streams_open", route="/api/v1/chat/stream"), 1)
        self.assertEqual(self.sum(found, "chat_fcgi_turns_running"), 1)
        gate.set()
        stream.all_events()
        self.assert_problem(client.get("/api/v1/me/usage"), 401)
        self.assert_problem(client.get("/no/such/\"path\\"), 404)
        self.assertEqual(client.request("BREW", "/api/v1/auth/guest").finish().status, 405)
        wait_until("the stream is counted as ended", lambda: self.sum(self.scrape(client), "chat_fcgi_streams_open") == 0)
        found = self.scrape(client)
        self.check()
        one = [
            ("chat_fcgi_requests_total", {"method": "POST", "route": "/api/v1/chat/stream", "status": "200"}),
            ("chat_fcgi_requests_total", {"method": "GET", "route": "/api/v1/me/usage", "status": "401"}),
            ("chat_fcgi_requests_total", {"method": "GET", "route": "none", "status": "404"}),
            ("chat_fcgi_requests_total", {"method": "other", "route": "/api/v1/auth/guest", "status": "405"}),
            ("chat_fcgi_refusals_total", {"status": "401", "code": "unauthorized"}),
            ("chat_fcgi_identity_events_total", {"event": "created"}),
            ("chat_fcgi_turns_total", {"provider": "b", "ending": "complete"}),
            ("chat_fcgi_turn_first_token_seconds_count", {"provider": "b"}),
            ("chat_fcgi_provider_calls_total", {"provider": "a", "outcome": "provider_unavailable"}),
            ("chat_fcgi_provider_calls_total", {"provider": "b", "outcome": "ok"}),
            ("chat_fcgi_provider_breaker_state", {"provider": "a", "state": "open"}),
            ("chat_fcgi_provider_breaker_state", {"provider": "b", "state": "closed"}),
            ("chat_fcgi_build_info", {}),
        ]
        for name, labels in one:
            self.assertEqual(self.sum(found, name, **labels), 1, (name, labels))
        for name in (
            "chat_fcgi_store_seconds_count", "process_open_fds", "process_max_fds", "process_resident_memory_bytes",
            "process_cpu_seconds_total", "process_start_time_seconds", "chat_fcgi_response_bytes_total",
        ):  # fmt: skip
            self.assertGreater(self.sum(found, name), 0, name)
        self.assertEqual(self.sum(found, "chat_fcgi_tokens_total", provider="b", kind="completion"), 3)
        self.assertLessEqual(
            {own["queue"] for name, own, _ in found if name == "chat_fcgi_queue_length"},
            {"store_writes", "store_reads", "apart"},
        )
        # What a client sent makes no series.
        self.assertNotIn("no/such", self.text)
        self.assertNotIn("BREW", self.text)

    def test_each_of_several_workers_tells_the_figures_of_all(self) -> None:
        place = self.sandbox()
        place.serve()
        second = place.serve(listen=f"unix:{place.path}/second.sock")
        here, there = FastCGIClient(place.socket), FastCGIClient(f"{place.path}/second.sock")
        for _ in range(3):
            there.guest()
        counted = {"route": "/api/v1/auth/guest", "status": "200"}
        wait_until(
            "the first tells of the second",
            lambda: self.sum(self.scrape(here), "chat_fcgi_requests_total", **counted) == 3,
        )
        self.check()
        workers = {own["worker"] for _, own, _ in samples(self.text)}
        self.assertEqual(len(workers), 2, workers)
        self.assertIn(str(second.pid), {worker.split("-")[0] for worker in workers})
        second.end()
        wait_until(
            "a worker that has ended is not told of",
            lambda: len({own["worker"] for _, own, _ in self.scrape(here)}) == 1,
        )


class Packaged(Figures):
    def test_the_alert_rules_are_ones_of_prometheus(self) -> None:
        rules = ROOT / "packaging/prometheus/chat-fcgi.rules.yml"
        checked = subprocess.run([tool("promtool"), "check", "rules", rules], capture_output=True, text=True)
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)

    def test_rules_and_dashboard_ask_for_figures_that_are_there(self) -> None:
        place = self.sandbox()
        place.serve()
        self.scrape(FastCGIClient(place.socket))
        families = set(re.findall(r"^# TYPE (\S+)", self.text, re.M))
        dashboard = json.loads((ROOT / "packaging/grafana/chat-fcgi.json").read_text())
        asked = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
        asked.append((ROOT / "packaging/prometheus/chat-fcgi.rules.yml").read_text())
        names = set(re.findall(r"\b(?:chat_fcgi|process)_[a-z_]+\b", " ".join(asked)))
        self.assertGreater(len(names), 15)
        for name in names:
            self.assertIn(re.sub(r"_(?:bucket|sum|count)$", "", name), families)
        # Every figure is told of, those of a row under their ends.
        documents = (ROOT / "docs/operations.md").read_text()
        for name in families:
            ends = [name, name.removeprefix("chat_fcgi"), name.removeprefix("process_")]
            self.assertTrue(any(f"`{end}`" in documents for end in ends), name)


class Readiness(Figures):
    def test_a_damaged_store_is_not_ready(self) -> None:
        place = self.sandbox()
        process = place.serve()
        client = FastCGIClient(place.socket)
        guest = client.guest()
        guest.ask(session_id="s1").all_events()
        self.assertEqual(client.get("/readyz").json(), {"status": "ready"})
        path = place.path / "data/chat.db"
        with contextlib.closing(sqlite3.connect(path)) as store:
            store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (page,) = store.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'messages'").fetchone()
            (size,) = store.execute("PRAGMA page_size").fetchone()
        with open(path, "r+b") as file:
            file.seek((page - 1) * size)
            file.write(b"\xa5" * size)
        # A glance holds for a second.
        wait_until("it is not ready", lambda: client.get("/readyz").status == 503)
        self.assertEqual(client.get("/readyz").json(), {"status": "unready", "reason": "the store is damaged"})
        self.assertEqual(self.sum(self.scrape(client), "chat_fcgi_store_sound"), 0)
        # As CGI, where no process has seen anything before.
        answer = CGIClient(place, [lay_out_cgi(place)]).get("/readyz")
        self.assertEqual((answer.status, answer.json()["reason"]), (503, "the store is damaged"))
        process.end()
        started = place.serve()
        wait_until("the log tells of it", lambda: "the store is damaged" in started.log_text)


class Log(ServerCase):
    def entries(self, process, message: str, **members) -> list[dict]:
        lines = [json.loads(line) for line in process.log_text.splitlines() if line.startswith("{")]
        return [line for line in lines if line["message"] == message and members.items() <= line.items()]

    def only(self, process, message: str, **members) -> dict:
        wait_until(f"{message} {members}", lambda: self.entries(process, message, **members))
        found = self.entries(process, message, **members)
        self.assertEqual(len(found), 1, found)
        return found[0]

    def test_requests_turns_refusals_and_identities_have_a_line_each(self) -> None:
        upstream = Provider(answers(["secret ", "words"], 2))
        self.addCleanup(upstream.close)
        place = self.sandbox(**configuration(upstream, log={"format": "json", "slow_ms": 0}))
        process = place.serve()
        client = FastCGIClient(place.socket)
        guest = client.guest()
        created = self.only(process, "identity", event="created")
        self.assertRegex(created["user"], "^[0-9a-f]{12}$")
        guest.ask("private question", headers={"X-Request-Id": "mine", "traceparent": TRACE}).all_events()
        request = self.only(process, "request", request="mine")
        self.assertLessEqual(
            {"method": "POST", "route": "/api/v1/chat/stream", "status": 200, "user": created["user"]}.items(),
            request.items(),
        )
        self.assertEqual(request["trace"], TRACE.split("-")[1])
        self.assertGreater(request["bytes"], 100)
        self.assertIn("ms", request)
        turn = self.only(process, "turn", request="mine")
        self.assertLessEqual(
            {"provider": "a", "ended": "complete", "attempts": 1, "completion_tokens": 2, "agent": "noah"}.items(),
            turn.items(),
        )
        self.assertLessEqual({"model", "ttft_ms", "ms", "prompt_tokens", "turn"}, set(turn))
        # The provider has the trace as it came.
        self.assertIn(TRACE, [headers.get("traceparent") for headers in upstream.headers])

        self.assert_problem(client.get("/api/v1/me/usage", headers={"X-Request-Id": "nobody"}), 401)
        self.assertEqual(self.only(process, "refused", request="nobody")["code"], "unauthorized")
        hostile = 'x\n{"message":"forged"}'
        client.get("/api/v1/nowhere?q=%0aforged", headers={"X-Request-Id": hostile, "traceparent": hostile})
        client.with_token("a.b.c").get("/api/v1/me/usage")
        wait_until("all are told", lambda: len(self.entries(process, "request")) >= 5)
        client.get("/healthz")
        text = process.log_text
        for told in ("private question", "secret words", guest.token, guest.user_id, "forged", "a.b.c", "/healthz"):
            self.assertNotIn(told, text)

    def test_every_identity_event_has_a_line_and_a_refused_token_its_reason(self) -> None:
        place = self.sandbox(log={"format": "json", "access": False}, auth={"mode": ["guest"]})
        process = place.serve()
        client = FastCGIClient(place.socket)

        def command(*words: str) -> str:
            result = subprocess.run([PROGRAM, *words], env=place.environment(), check=True, capture_output=True, text=True)
            return result.stdout.strip()

        guest, other, leaving = client.guest(), client.guest(), client.guest()
        key = command("key", "create", "--name", "front end", "--acts-for-users")
        program = client.with_token(key)
        for _ in range(2):
            self.assertEqual(program.get("/api/v1/auth/me", headers={"X-User": "ann@example.org"}).status, 200)
            self.assertEqual(program.get("/api/v1/auth/me").status, 200)
        self.assertEqual(guest.post("/api/v1/auth/guest", {}).status, 200)
        fresh = guest.post("/api/v1/auth/logout", {"scope": "elsewhere"}).json()["token"]
        self.assertEqual(client.with_token(fresh).post("/api/v1/auth/logout", {"scope": "everywhere"}).status, 204)
        self.assertEqual(leaving.post("/api/v1/auth/logout", {"scope": "here"}).status, 204)
        taken = program.post("/api/v1/auth/takeover", {"token": other.token})
        self.assertEqual(taken.status, 200, taken.body[:300])
        self.assertEqual(program.request("DELETE", "/api/v1/me").finish().status, 204)
        command("key", "revoke", "front end")
        past = command("token", "--user", "usr_past", "--ttl", "1s")
        wait_until("it has expired", lambda: client.with_token(past).get("/api/v1/me/usage").status == 401)
        for token in (key, fresh, guest.token, "a.b.c", "chatfcgi_x", key[:-1] + ("0" if key[-1] != "0" else "1")):
            self.assertEqual(client.with_token(token).get("/api/v1/me/usage").status, 401)

        for event in ("renewed", "key_created", "key_used", "key_revoked", "logged_out_here", "logged_out_elsewhere",
                      "logged_out_everywhere", "taken_over", "removed"):  # fmt: skip
            self.assertRegex(self.only(process, "identity", event=event)["user"], "^[0-9a-f]{12}$")
        created = [line["user"] for line in self.entries(process, "identity", event="created")]
        self.assertEqual(self.only(process, "identity", event="taken_over")["guest"], created[1])
        self.assertEqual(self.only(process, "identity", event="logged_out_here")["user"], created[2])
        refused = [line.get("reason") for line in self.entries(process, "refused")]
        self.assertEqual(
            [refused.count(reason) for reason in ("expired", "ended", "not_of_this_server", "unknown_key", "revoked_key")],
            [1, 2, 1, 2, 1], refused,
        )  # fmt: skip
        text = process.log_text
        for told in (key, key.split("_")[1], fresh, past, guest.token, guest.user_id, other.user_id, "ann@example.org", "front end"):
            self.assertNotIn(told, text)

    def test_a_line_for_each_request_can_be_left_out(self) -> None:
        place = self.sandbox(log={"format": "json", "access": False})
        process = place.serve()
        client = FastCGIClient(place.socket)
        client.guest().ask().all_events()
        client.get("/api/v1/me/usage")
        self.only(process, "refused", status=401)
        self.only(process, "turn")
        self.assertEqual(self.entries(process, "request"), [])


if __name__ == "__main__":
    unittest.main()
