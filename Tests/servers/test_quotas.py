"""Limits and quotas: over processes and plain CGI, a reload, many streams at once; and what nginx refuses by itself."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
import unittest
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "faults"))

import fastcgi  # noqa: E402
import starts  # noqa: E402
from harness import PROGRAM, Client, FastCGIClient, ServerCase, accepts, cgi_environment, start_nginx, wait_until  # noqa: E402
from model import Model  # noqa: E402
from provider import Provider, answers, configuration  # noqa: E402


class Limits(ServerCase):
    """One installation with two workers, nginx before the first, and plain CGI beside them."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.model = Model(pieces=100_000, pause_s=0.05)
        cls.addClassCleanup(cls.model.close)
        limits = {"requests_per_minute": 60, "streams_per_user": 4, "tokens_per_day": 100_000, "completion_tokens": 4_096}
        cls.place = cls.shared_sandbox(**cls.model.configuration() | {"limits": limits})
        cls.first = cls.place.serve()
        cls.nginx = start_nginx(cls.place)
        other = f"{cls.place.path}/other.sock"
        cls.place.serve(listen=f"unix:{other}")
        cls.second = FastCGIClient(other)
        cls.cgi = starts.plain_cgi(cls.place)

    def as_user(self, way: Client, guest: Client) -> Client:
        return way.with_token(guest.token)

    def spend(self, guest: Client, count: int = 75) -> tuple[int, float]:
        """Asks in all ways in turn. Gives how many were answered, and the seconds that it took."""
        begun = time.monotonic()
        ways = [self.as_user(way, guest) for way in (self.nginx, self.second, self.cgi)]
        statuses = [ways[number % 3].get("/api/v1/chat/sessions").status for number in range(count)]
        self.assertLessEqual(set(statuses), {200, 429})
        return statuses.count(200), time.monotonic() - begun

    def test_requests_are_counted_over_workers_and_plain_cgi_and_a_reload(self) -> None:
        guest = self.nginx.guest()
        answered, seconds = self.spend(guest, 110)
        # A request a second comes back meanwhile.
        self.assertGreaterEqual(answered, 60)
        self.assertLessEqual(answered, 61 + seconds)
        begun = time.monotonic()
        before = self.first.log_text.count("read again")
        self.first.signal(signal.SIGHUP)
        self.first.wait_for("reloads", lambda: self.first.log_text.count("read again") > before)
        answered = [guest.get("/api/v1/chat/sessions").status for _ in range(30)].count(200)
        self.assertLessEqual(answered, 2 + time.monotonic() - begun)
        refused = self.assert_problem(next(self.refusals(guest)), 429)
        self.assertEqual(refused["code"], "rate_limited")
        # What ends, removes and tells something is counted apart.
        self.assertEqual(guest.post("/api/v1/chat/stop", {"message_id": "msg_none"}).status, 404)
        self.assertEqual(guest.get("/api/v1/me/usage").status, 200)
        self.assertEqual(guest.get("/api/v1/auth/me").status, 200)
        self.assertEqual(guest.request("DELETE", "/api/v1/chat/sessions/none").finish().status, 404)
        self.assertEqual(guest.get("/api/agent/status").status, 200)
        self.assertEqual(guest.request("DELETE", "/api/v1/me").finish().status, 204)
        # Others have their own.
        self.assertEqual(self.nginx.guest().get("/api/v1/chat/sessions").status, 200)

    def refusals(self, guest: Client):
        while True:
            answer = guest.get("/api/v1/chat/sessions")
            if answer.status == 429:
                yield answer

    def test_answers_under_way_and_followers_of_one_are_bounded_over_all_processes(self) -> None:
        guest = self.nginx.guest()
        ways = [self.as_user(way, guest) for way in (self.nginx, self.second)]
        streams = [ways[number % 2].ask(session_id=f"s{number}", headers={"Idempotency-Key": f"k{number}"}) for number in range(4)]
        reply = [next(stream.events()).value["reply_id"] for stream in streams][0]
        for way in ways:
            refused = self.assert_problem(way.ask(session_id="more"), 429)
            self.assertEqual(refused["code"], "too_many_streams")
            refused = way.post("/v1/chat/completions", {"model": "m", "messages": [{"role": "user", "content": "hi"}]})
            self.assertEqual(refused.status, 429, refused.body[:300])
        followers = [guest.request("GET", f"/api/v1/chat/stream/{reply}") for _ in range(20)]
        statuses = [follower.status for follower in followers]
        self.assertEqual((statuses.count(200), statuses.count(429)), (4, 16))
        # Who repeats the request follows the same reply.
        for accept in ("text/event-stream", "application/json"):
            repeated = guest.ask(session_id="s0", headers={"Idempotency-Key": "k0", "Accept": accept})
            self.assertEqual(self.assert_problem(repeated, 429)["code"], "too_many_streams")
        for follower in followers:
            follower.close()
        self.assertEqual(guest.request("DELETE", "/api/v1/me").finish().status, 204)

    def test_answers_to_the_users_of_a_key_are_bounded_over_all_processes_and_in_cgi(self) -> None:
        question = {"model": "m", "user": "one more", "messages": [{"role": "user", "content": "hi"}]}

        def begun(*limit: str, count: int) -> list[Client]:
            words = ["key", "create", "--name", limit[0], *limit, "--acts-for-users"]
            key = subprocess.run([PROGRAM, *words], env=self.place.environment(), check=True, capture_output=True, text=True)
            ways = [way.with_token(key.stdout.strip()) for way in (self.nginx, self.second, self.cgi)]
            streams = [ways[number % 2].ask(headers={"X-User": f"user {number}"}) for number in range(count)]
            for stream in streams:
                self.addCleanup(stream.close)
                next(stream.events())
            return ways

        for way in begun("--streams", "3", count=3):
            refused = self.assert_problem(way.ask(headers={"X-User": "one more"}), 429)
            self.assertIn("3 answers to the users of this key", refused["detail"])
            self.assertEqual(way.post("/v1/chat/completions", question).status, 429)
        # An answer of Noah's sets 8,192 tokens aside and those of its prompts, so two have all that there are.
        for way in begun("--tokens-per-day", "16000", count=2):
            refused = self.assert_problem(way.ask(headers={"X-User": "one more"}), 429)
            self.assertEqual(refused["code"], "token_limit_reached")
            refused = way.post("/v1/chat/completions", question)
            self.assertEqual((refused.status, refused.json()["error"]["code"]), (429, "token_limit_reached"))

    def test_many_turns_at_once_and_a_removal_do_not_pass_the_days_tokens(self) -> None:
        model = Model(pieces=60, pause_s=0.01)
        self.addCleanup(model.close)
        limits = {"tokens_per_day": 100, "streams_per_user": 1_000}
        place = self.sandbox(**model.configuration() | {"limits": limits})
        client = starts.own_socket(place)
        guest = client.guest()
        streams = [guest.ask(session_id=f"s{number}") for number in range(40)]
        ended = [stream.finish() for stream in streams]
        self.assertEqual([answer.status for answer in ended].count(200), 1)
        refused = [json.loads(answer.body) for answer in ended if answer.status == 429]
        self.assertEqual({problem["code"] for problem in refused}, {"token_limit_reached"})
        used = guest.get("/api/v1/me/usage").json()["limit"]["used_today"]
        while used < 100:
            self.assertEqual(guest.ask(session_id="s").finish().status, 200)
            used = guest.get("/api/v1/me/usage").json()["limit"]["used_today"]
        self.assertEqual(guest.request("DELETE", "/api/v1/me").finish().status, 204)
        # The token has ended with the user, who may come again all the same, as one of a sign-in service does.
        made = subprocess.run(
            [PROGRAM, "token", "--user", guest.user_id], env=place.environment(), cwd=place.path, check=True,
            capture_output=True, text=True,
        )  # fmt: skip
        again = client.with_token(made.stdout.strip())
        self.assertEqual(again.get("/api/v1/me/usage").json()["limit"]["used_today"], used)
        self.assertEqual(self.assert_problem(again.ask(), 429)["code"], "token_limit_reached")

    def test_large_prompts_at_once_do_not_pass_the_days_tokens(self) -> None:
        model = Provider()
        self.addCleanup(model.close)
        limits = {"tokens_per_day": 100_000, "streams_per_user": 1_000}
        client = starts.own_socket(self.sandbox(**configuration(model, limits=limits, stream={"heartbeat_ms": 300_000})))
        hello, earlier = {"role": "user", "content": "hi"}, {"role": "user", "content": "word " * 16_000}
        # 20,000 tokens each, and of an agent's two calls twice as many and what they may answer.
        for name, messages, most in (("m", [earlier], 5), ("noah", [earlier, {"role": "assistant", "content": "a"}, hello], 3)):
            with self.subTest(name):
                guest = client.guest()
                question = {"model": name, "messages": messages, "max_tokens": 1, "stream": True}
                # None has its answer, and so gives back what it was thought to take, before all are let in or refused.
                gate, asked, statuses = threading.Event(), len(model.calls), []
                self.addCleanup(gate.set)
                model.then(answers(["a"]).held(gate))

                def ask() -> None:
                    statuses.append(guest.request("POST", "/v1/chat/completions", question).finish().status)

                threads = [threading.Thread(target=ask) for _ in range(40)]
                for thread in threads:
                    thread.start()
                wait_until("all are let in or refused", lambda: len(model.calls) - asked + len(statuses) >= 40)
                gate.set()
                for thread in threads:
                    thread.join()
                self.assertEqual(set(statuses), {200, 429})
                self.assertLessEqual(statuses.count(200), most)

    def test_what_a_model_may_be_asked_has_bounds(self) -> None:
        guest = self.nginx.guest()
        question = {"model": "m", "messages": [{"role": "user", "content": "hi"}]}
        for field in ("max_completion_tokens", "max_tokens"):
            refused = guest.post("/v1/chat/completions", question | {field: 10_000_000})
            self.assertEqual((refused.status, refused.json()["error"]["param"]), (400, field))
        # Wherever the text stands: the provider is sent all of it.
        text, hello = "word " * 140_000, {"role": "user", "content": "hi"}
        call = {"id": "a", "type": "function", "function": {"name": "f", "arguments": "{}"}}
        for what, messages in {
            "content": [hello | {"content": text}],
            "a part": [hello | {"content": [{"type": "text", "text": text}]}],
            "a name": [hello | {"name": text}],
            "the name of a call": [hello, {"role": "assistant", "tool_calls": [call | {"function": {"name": text}}]}],
            "the id of a call": [hello, {"role": "assistant", "tool_calls": [call | {"id": text}]}],
            "what came with a call": [hello, {"role": "assistant", "tool_calls": [call | {"extra_content": {"google": text}}]}],
            "thoughts": [hello, {"role": "assistant", "content": "a", "reasoning_content": text}, hello],
            "signed thoughts": [
                hello, {"role": "assistant", "content": "a", "reasoning_details": [{"type": "reasoning.text", "text": text}]}, hello
            ],
        }.items():
            with self.subTest(what):
                refused = guest.post("/v1/chat/completions", {"model": "m", "messages": messages})
                self.assertEqual((refused.status, refused.json()["error"]["code"]), (400, "context_length_exceeded"))

    def test_what_nginx_refuses_by_itself_is_a_problem_too(self) -> None:
        host = b"Host: localhost\r\nConnection: close\r\n\r\n"
        for what, request, status in [
            ("no request at all", b"nonsense\r\n\r\n", 400),
            ("no host", b"GET /api/v1/chat/sessions HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
            ("a path that leaves the site", b"GET /../x HTTP/1.1\r\n" + host, 400),
            ("a long path", b"GET /api/" + b"a" * 40_000 + b" HTTP/1.1\r\n" + host, 414),
            ("a long query", b"GET /api/v1/live?" + b"a" * 40_000 + b" HTTP/1.1\r\n" + host, 414),
            ("a long header", b"GET /api/v1/auth/me HTTP/1.1\r\nX-Long: " + b"a" * 40_000 + b"\r\n" + host, 400),
            ("a method", b"TRACE /api/v1/auth/me HTTP/1.1\r\n" + host, 405),
            ("a version", b"GET /api/v1/auth/me HTTP/3.0\r\n" + host, 505),
            ("a coding", b"POST /api/v1/auth/guest HTTP/1.1\r\nTransfer-Encoding: gzip\r\n" + host, 501),
        ]:
            with self.subTest(what):
                answer = self.nginx.raw(request).finish()
                problem = self.assert_problem(answer, status)
                self.assertEqual(problem["status"], status)
                self.assertEqual(answer.head.get("X-Content-Type-Options"), "nosniff")

    def test_no_answer_lets_a_browser_guess_what_it_is(self) -> None:
        guest = self.nginx.guest()
        stream = guest.ask()
        next(stream.events())
        answers = {
            "/": self.nginx.get("/"),
            "/none": self.nginx.get("/none"),
            "/.hidden": self.nginx.get("/.hidden"),
            "/api": self.nginx.get("/api"),
            "json": guest.get("/api/v1/chat/sessions"),
            "problem": guest.get("/api/v1/none"),
            "no content": guest.request("DELETE", "/api/v1/me").finish(),
            "export": guest.get("/api/v1/me/export"),
            "stream": stream,
            "another way": self.as_user(self.cgi, guest).get("/api/v1/auth/me"),
        }
        for what, answer in answers.items():
            self.assertEqual(answer.head.get("X-Content-Type-Options"), "nosniff", what)
        stream.close()


class Quotas(ServerCase):
    """What is stored, who may come, and what a process holds open."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        limits = {
            "conversations_per_user": 3, "messages_per_user": 8, "bytes_per_user": 20_000, "guests_per_address": 8,
            "streams_per_address": 5,
        }  # fmt: skip
        cls.place = cls.shared_sandbox(limits=limits)
        # As a shell gives it: the soft limit is not the hard one.
        process = cls.place.start(
            "chat-fcgi",
            ["sh", "-c", f"ulimit -S -n 256; exec {PROGRAM} serve --config {cls.place.configuration_file}"],
        )
        process.wait_for("accepts connections", lambda: accepts(cls.place.socket))
        cls.process = process
        cls.client = FastCGIClient(cls.place.socket)

    def test_a_process_takes_all_descriptors_that_it_may(self) -> None:
        line = next(
            line for line in Path(f"/proc/{self.process.pid}/limits").read_text().splitlines()
            if line.startswith("Max open files")
        )  # fmt: skip
        soft, hard = (int(word) for word in line.split()[3:5])
        self.assertEqual(soft, min(hard, 1_048_576))

    def test_over_a_quota_one_is_told_what_to_delete(self) -> None:
        guest = self.client.guest()
        for number in range(3):
            self.assert_complete_reply(guest.ask("hello", session_id=f"s{number}"))
        problem = self.assert_problem(guest.ask("hello", session_id="s3"), 507)
        self.assertEqual(problem["code"], "storage_quota_reached")
        self.assertIn("DELETE /api/v1/chat/sessions/", problem["detail"])
        self.assertIn("3 of 3 conversations", problem["detail"])
        self.assert_complete_reply(guest.ask("hello", session_id="s0"))
        self.assertIn("8 of 8 messages", self.assert_problem(guest.ask("hello", session_id="s0"), 507)["detail"])
        # What is listed comes in pages.
        page = guest.get("/api/v1/chat/sessions?limit=2").json()
        self.assertEqual([one["session_id"] for one in page["sessions"]], ["s0", "s2"])
        self.assertEqual((page["has_more"], page["next_before"]), (True, "s2"))
        page = guest.get("/api/v1/chat/sessions?limit=2&before=s2").json()
        self.assertEqual([one["session_id"] for one in page["sessions"]], ["s1"])
        self.assertEqual((page["has_more"], page["next_before"]), (False, None))
        for query in ("limit=0", "limit=201", "limit=x", "before=a%20b"):
            self.assertEqual(guest.get(f"/api/v1/chat/sessions?{query}").status, 400, query)
        self.assertEqual(guest.request("DELETE", "/api/v1/chat/sessions/s1").finish().status, 204)
        self.assert_complete_reply(guest.ask("hello", session_id="s3"))
        self.assertEqual(guest.request("DELETE", "/api/v1/me").finish().status, 204)
        problem = self.assert_problem(self.client.guest().ask("x" * 21_000), 507)
        self.assertIn("of 20000 bytes", problem["detail"])

    def test_guests_and_streams_of_an_address_are_bounded(self) -> None:
        place = self.sandbox(limits={"guests_per_address": 6, "streams_per_address": 3, "streams_per_user": 2})
        client = starts.own_socket(place)
        guests = [client.guest() for _ in range(6)]
        problem = self.assert_problem(client.post("/api/v1/auth/guest"), 429)
        self.assertEqual(problem["code"], "too_many_guests")
        # Who is known is no new guest.
        self.assertEqual(guests[0].post("/api/v1/auth/guest").status, 200)
        streams = [guest.request("GET", "/api/v1/live?session_id=s") for guest in guests]
        # They come at once, so any three may be the ones.
        open_ones = [stream for stream in streams if stream.status == 200]
        self.assertEqual(len(open_ones), 3)
        refused = next(guest for guest, stream in zip(guests, streams, strict=True) if stream.status == 429)
        # All else goes on.
        self.assertEqual(refused.get("/api/v1/chat/sessions").status, 200)
        open_ones.pop().close()
        deadline = time.monotonic() + 30
        again = refused.request("GET", "/api/v1/live?session_id=s")
        while again.status != 200 and time.monotonic() < deadline:
            again = refused.request("GET", "/api/v1/live?session_id=s")
        self.assertEqual(again.status, 200)
        for stream in [*open_ones, again]:
            stream.close()

    def test_what_the_guests_of_an_address_have_stored_is_bounded(self) -> None:
        place = self.sandbox(limits={"guest_bytes_per_address": 100_000})
        client = starts.own_socket(place)
        guests = [client.guest() for _ in range(3)]
        statuses = [guests[number % 3].ask("x" * 16_000, session_id=f"s{number}").finish().status for number in range(6)]
        self.assertEqual(statuses, [200] * 3 + [429] * 3)
        self.assertEqual(self.assert_problem(guests[0].ask("x" * 16_000), 429)["code"], "too_many_guest_bytes")
        for path, body in (("/stream-chat", {"message": "x" * 9_000}), ("/api/chat/stream", {"message": "x" * 9_000, "assistantType": "general"})):
            self.assertEqual(guests[0].post(path, body).status, 429, path)
        completion = {"model": "m", "messages": [{"role": "user", "content": "x" * 16_000}]}
        stored = client.guest().post("/v1/chat/completions", completion | {"store": True})
        self.assertEqual((stored.status, stored.json()["error"]["code"]), (429, "too_many_guest_bytes"))
        # What stores nothing goes on, and so does who removes, reads or has a key.
        self.assertEqual(guests[0].post("/v1/chat/completions", completion).status, 200)
        self.assertEqual(guests[0].get("/api/v1/chat/sessions").status, 200)
        self.assertEqual(guests[0].request("DELETE", "/api/v1/chat/sessions/s0").finish().status, 204)
        key = subprocess.run([PROGRAM, "key", "create", "--name", "x"], capture_output=True, text=True, check=True, env=place.environment())
        self.assertEqual(client.with_token(key.stdout.strip()).ask("x" * 16_000).finish().status, 200)

    def test_guessed_tokens_and_keys_are_limited_by_address_and_shut_nobody_out(self) -> None:
        place = self.sandbox(limits={"failed_sign_ins_per_address": 5, "requests_per_minute": 1_000})
        client = starts.own_socket(place)
        guest, second = client.guest(), client.guest()
        # What was somebody's is no guess, however often it comes.
        self.assertEqual(second.post("/api/v1/auth/logout").status, 204)
        for _ in range(12):
            self.assert_problem(second.get("/api/v1/chat/sessions"), 401)
            self.assert_problem(client.get("/api/v1/chat/sessions"), 401)
        ways = [
            {"Authorization": f"Bearer {guest.token[:-4]}AAAA"}, {"X-API-Key": "chatfcgi_" + "a" * 16 + "_" + "b" * 64}, {"Api-Key": "sk-guess"},
            {"Cookie": f"chat_fcgi_guest={guest.token[:-4]}BBBB"}, {"Authorization": "Bearer a.b.c"},
        ]  # fmt: skip
        answers = [client.get("/api/v1/chat/sessions", headers=way) for way in ways * 3]
        self.assertEqual([answer.status for answer in answers], [401] * 5 + [429] * 10)
        problem = self.assert_problem(answers[-1], 429)
        self.assertEqual(problem["code"], "too_many_failed_sign_ins")
        self.assertTrue(1 <= int(answers[-1].head.get("Retry-After")) <= 60)
        error = client.post("/v1/chat/completions", {"model": "x"}, headers=ways[0])
        self.assertEqual((error.status, error.json()["error"]["code"]), (429, "too_many_failed_sign_ins"))
        # From the same address: who is known, who is new, and who was known before.
        self.assertEqual(guest.get("/api/v1/chat/sessions").status, 200)
        self.assertEqual(client.guest().get("/api/v1/chat/sessions").status, 200)
        self.assert_problem(second.get("/api/v1/chat/sessions"), 401)
        # Another address has its own count.
        environment = cgi_environment("GET", "/api/v1/chat/sessions", ways[0], b"") | {"REMOTE_ADDR": "192.0.2.7"}
        self.assert_problem(client.raw(fastcgi.request(environment)).finish(), 401)

    def test_guesses_count_wherever_a_token_may_stand(self) -> None:
        place = self.sandbox(
            auth={"mode": ["proxy", "guest"]}, limits={"failed_sign_ins_per_address": 4, "requests_per_minute": 1_000, "guests_per_address": 100}
        )
        client = starts.own_socket(place)
        signed_in = {"REMOTE_USER": "anna"}

        def takes_over(body: dict | None, headers: dict[str, str], address: str):
            raw = b"" if body is None else json.dumps(body).encode()
            environment = cgi_environment("POST", "/api/v1/auth/takeover", headers, raw) | signed_in | {"REMOTE_ADDR": address}
            return client.raw(fastcgi.request(environment, raw)).finish()

        guest, gone = client.guest(), client.guest()
        self.assertEqual(gone.post("/api/v1/auth/logout").status, 204)
        forged = guest.token[:-4] + "AAAA"
        cookie = {"Cookie": f"chat_fcgi_guest={forged}"}
        json_body = {"Content-Type": "application/json"}
        # What was somebody's is no guess, and neither is nothing.
        for _ in range(6):
            self.assert_problem(takes_over({"token": gone.token}, json_body, "192.0.2.1"), 400, "token")
            self.assert_problem(takes_over(None, {}, "192.0.2.1"), 400, "token")
        ways = [({"token": forged}, json_body), (None, cookie), ({"token": "x"}, json_body), ({"token": "a.b.c"}, json_body)]
        answers = [takes_over(body, headers, "192.0.2.1") for body, headers in ways * 2]
        self.assertEqual([answer.status for answer in answers], [400] * 4 + [429] * 4)
        problem = self.assert_problem(answers[-1], 429)
        self.assertEqual(problem["code"], "too_many_failed_sign_ins")
        # One limit, and told once: that of the address, not that of the user.
        self.assertEqual((answers[-1].head.all("RateLimit-Limit"), answers[-1].head.all("RateLimit-Remaining")), (["4"], ["0"]))

        # Where a guest gets a token, another address's guesses.
        def is_new(headers: dict[str, str]):
            environment = cgi_environment("POST", "/api/v1/auth/guest", headers, b"") | {"REMOTE_ADDR": "192.0.2.2"}
            return client.raw(fastcgi.request(environment)).finish()

        guesses = [is_new(headers) for headers in [cookie, {"Authorization": f"Bearer {forged}"}] * 3]
        self.assertEqual([answer.status for answer in guesses], [200] * 4 + [429] * 2)
        self.assertEqual(self.assert_problem(guesses[-1], 429)["code"], "too_many_failed_sign_ins")
        for known in ({}, {"Authorization": f"Bearer {guest.token}"}, {"Authorization": f"Bearer {gone.token}"}):
            self.assertEqual(is_new(known).status, 200)
        # A good token is taken from the address whose guesses were too many.
        self.assertEqual(takes_over({"token": guest.token}, json_body, "192.0.2.1").status, 200)

    def test_many_streams_leave_room_for_other_requests(self) -> None:
        place = self.sandbox(limits={"streams_per_user": 1_000})
        place.serve(descriptor_limit=128)
        client = FastCGIClient(place.socket)
        guest = client.guest()
        streams = [guest.request("GET", f"/api/v1/live?session_id=s{number}") for number in range(90)]
        statuses = [stream.status for stream in streams]
        self.assertEqual(set(statuses), {200, 503})
        self.assertLess(statuses.count(200), 96)
        self.assert_complete_reply(guest.ask())
        self.assertEqual(client.guest().get("/api/v1/chat/sessions").status, 200)
        for stream in streams:
            stream.close()


if __name__ == "__main__":
    unittest.main()
