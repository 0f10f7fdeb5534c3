"""Apache as a web server of one's own: apache/chat-fcgi.conf (mod_proxy_fcgi), and mod_fcgid with shared-host/chat.cgi."""

from __future__ import annotations

import os
import unittest
from pathlib import Path

from apache import lay_out, start_apache, start_apache_as_proxy
from exchange import joined
from harness import HTTPClient, Sandbox, ServerCase
from test_recipes import HOST, Every, Recipe, Unreadable


class ProxyRecipe(Unreadable, Every, Recipe):
    unreadable = (
        ("a long path", b"GET /api/" + b"a" * 40_000 + b" HTTP/1.1\r\n" + HOST, 414),
        ("a long header", b"GET /api/v1/auth/me HTTP/1.1\r\nX-Long: " + b"a" * 40_000 + b"\r\n" + HOST, 400),
        ("a coding", b"POST /api/v1/auth/guest HTTP/1.1\r\nTransfer-Encoding: gzip\r\n" + HOST, 400),
        ("a method", b"CONNECT example.org:1 HTTP/1.1\r\n" + HOST, 405),
    )

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        sandbox, web = cls.place()
        cls.client = start_apache_as_proxy(sandbox, web)
        # Apache's children do not run as the user who made it.
        os.chmod(sandbox.socket, 0o777)

    def test_the_path_goes_through_as_it_came(self) -> None:
        for target, name in (("/api/v1/x.html", "/api/v1/x.html"), ("/api/v1/a%3Fb", "/api/v1/a?b"), ("/api/v1/%C3%A9", "/api/v1/é")):
            with self.subTest(target):
                answer = self.client.get(target)
                if answer.status == 403:
                    continue  # What could be taken for something else is refused by Apache itself.
                self.assertEqual(self.route(target).encode("latin-1").decode(), name)


class ProxyWithoutTheProgram(ServerCase):
    def test_the_answer_is_a_problem(self) -> None:
        client = start_apache_as_proxy(self.sandbox(with_program=False))
        for target in ("/api/v1/chat/sessions", "/stream-chat", "/healthz", "/readyz", "/v1/models", "/chat/completions"):
            with self.subTest(target):
                answer = client.get(target)
                self.assertEqual((answer.status, answer.head.get("Content-Type")), (503, "application/problem+json"))
                self.assertEqual((answer.json()["status"], answer.json()["code"]), (503, "unavailable"))
                self.assertEqual(answer.head.get("X-Content-Type-Options"), "nosniff")


class WithTheProgram(ServerCase):
    def visit(self, client: HTTPClient) -> None:
        guest = client.guest()
        exchange = guest.ask(session_id="s1")
        events = self.assert_complete_reply(exchange)
        chunks = [event for event in events if event.type == "content_chunk"]
        self.assertGreater(len({event.read for event in chunks}), int(chunks[-1].id) // 2, "the events came together")
        again = guest.request("GET", f"/api/v1/chat/stream/{events[0].value['reply_id']}", headers={"Last-Event-ID": events[2].id})
        self.assertEqual(joined(again.all_events()), joined(events[3:]))

    def place(self) -> Sandbox:
        return self.sandbox(providers={"builtin": {"kind": "builtin", "pace_ms": 20}})

    def test_behind_the_proxy_a_stream_comes_event_by_event(self) -> None:
        place = self.place()
        place.serve("--socket-mode", "0666")
        client = start_apache_as_proxy(place)
        self.visit(client)
        answer = client.guest().request("POST", "/api/v1/chat/stream", b"x" * 3_000_000)
        self.assertEqual(self.assert_problem(answer, 413)["code"], "body_too_large")
        self.assertEqual(client.get("/readyz").status, 200)

    def test_started_by_mod_fcgid(self) -> None:
        if not Path("/usr/lib/apache2/modules/mod_fcgid.so").exists():
            self.skipTest("mod_fcgid is not installed; apt-get install libapache2-mod-fcgid")
        place = self.place()
        home = lay_out(place, fcgid=True)
        client = start_apache(place, home, fcgid=True)
        self.visit(client)
        self.assertEqual(client.get("/").status, 200)
        self.assertTrue((home / "chat-fcgi/data/token-secret").is_file())


if __name__ == "__main__":
    unittest.main()
