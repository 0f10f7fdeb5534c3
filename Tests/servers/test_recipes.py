"""What the shipped configurations pass on, and what they answer themselves. Needs the web servers, not the program."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import tempfile
import threading
import unittest
from pathlib import Path

from apache import lay_out, start_apache
from echo import Echo
from harness import ROOT, HTTPClient, Sandbox, ServerCase, start_lighttpd, start_nginx


class Recipe(ServerCase):
    client: HTTPClient

    @classmethod
    def place(cls) -> tuple[Sandbox, Path]:
        sandbox = cls.shared_sandbox(with_program=False)
        echo = Echo(sandbox.socket)
        cls.addClassCleanup(echo.close)
        folder = tempfile.TemporaryDirectory(prefix="cf-web-")
        cls.addClassCleanup(folder.cleanup)
        web = Path(folder.name)
        web.chmod(0o755)
        (web / "index.html").write_text("<!doctype html><title>page</title>")
        (web / "app.mjs").write_text("export {};")
        (web / ".hidden").write_text("secret")
        (web / "api").mkdir()
        (web / "api" / "index.html").write_text("a file that must not be served in the program's place")
        return sandbox, web

    def passed(self, method: str = "GET", target: str = "/api/v1/x", lines: str = "", body: bytes = b"") -> dict:
        """The parameters that reach the program; a name that comes twice is a list."""
        request = f"{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{lines}"
        if body:
            request += f"Content-Length: {len(body)}\r\n"
        answer = self.client.raw(request.encode() + b"\r\n" + body, method).finish()
        self.assertEqual(answer.status, 200, answer.body[:500])
        found: dict = {}
        for name, value in answer.json()["parameters"]:
            found[name] = value if name not in found else [found[name], value]
        return found | {"(body)": answer.json()["body"], "(kept)": answer.json()["kept"]}

    def route(self, target: str) -> str:
        found = self.passed(target=target)
        return found.get("PATH_INFO") or found["SCRIPT_NAME"]


# What OpenAI's clients ask for whose base URL is not right; the program says which one is.
WRONG_BASES = [
    "/v1/v1/models", "/chat/completions", "/chat/completions/", "/v2/chat/completions", "/some/where/chat/completions",
    "/openai/v1/chat/completions", "/openai/v1/models/org/m", "/models", "/v3/models", "/responses", "/embeddings", "/completions",
]  # fmt: skip


class Every:
    # Whether the loopback may ask how the inside is doing.
    shows_inside = True

    def test_the_route_is_the_path(self) -> None:
        for target, route in (
            ("/api/v1/chat/stream", "/api/v1/chat/stream"), ("/api/v2/chat/completions/", "/api/v2/chat/completions/"),
            ("/api/v1/chat/preferences/update?user_id=usr_1&x=%20", "/api/v1/chat/preferences/update"),
            ("/stream-chat", "/stream-chat"), ("/stream-chat/", "/stream-chat/"), ("/healthz", "/healthz"),
            ("/api/v1/x.php", "/api/v1/x.php"), ("/api/v1/chat/sessions/a%20b", "/api/v1/chat/sessions/a b"),
            ("/api/", "/api/"), ("/v1", "/v1"), ("/v1/chat/completions", "/v1/chat/completions"),
            ("/v1/models/org/name:8b", "/v1/models/org/name:8b"), ("/v1/models/a+b", "/v1/models/a+b"),
            *((wrong, wrong) for wrong in WRONG_BASES),
            *([("/readyz", "/readyz"), ("/metrics", "/metrics")] if self.shows_inside else []),
        ):  # fmt: skip
            with self.subTest(target):
                self.assertEqual(self.route(target), route)
        self.assertEqual(self.passed(target="/api/v1/x?a=1&b=%2B")["QUERY_STRING"], "a=1&b=%2B")

    def test_what_a_browser_asks_before_a_request_reaches_the_program(self) -> None:
        asked = "Origin: https://app.example.org\r\nAccess-Control-Request-Method: POST\r\n"
        asked += "Access-Control-Request-Headers: authorization,x-stainless-os\r\n"
        for target in (
            "/v1/chat/completions", "/api/v1/chat/stream", "/v1/models/a/b", "/stream-chat", "/chat/completions",
            "/openai/v1/chat/completions",
        ):  # fmt: skip
            with self.subTest(target):
                found = self.passed("OPTIONS", target, asked)
                # Apache makes an error page of it where it starts the program.
                if found.get("REDIRECT_STATUS") == "405":
                    found |= {"REQUEST_METHOD": found["REDIRECT_REQUEST_METHOD"], "PATH_INFO": found["REDIRECT_URL"]}
                self.assertEqual(found["REQUEST_METHOD"], "OPTIONS")
                self.assertEqual(found.get("PATH_INFO") or found["SCRIPT_NAME"], target)
                self.assertEqual(found["HTTP_ORIGIN"], "https://app.example.org")
                self.assertEqual(found["HTTP_ACCESS_CONTROL_REQUEST_METHOD"], "POST")
                self.assertEqual(found["HTTP_ACCESS_CONTROL_REQUEST_HEADERS"], "authorization,x-stainless-os")

    def test_a_proxy_header_does_not_become_a_proxy(self) -> None:
        self.assertFalse(self.passed(lines="Proxy: http://evil.example/\r\n").get("HTTP_PROXY"))

    def test_a_claimed_name_is_not_a_checked_name(self) -> None:
        found = self.passed(lines="Authorization: Basic YWxpY2U6eA==\r\nRemote-User: alice\r\n")
        self.assertFalse(found.get("REMOTE_USER"))
        self.assertEqual(found["HTTP_AUTHORIZATION"], "Basic YWxpY2U6eA==")

    def test_what_the_program_reads_is_passed(self) -> None:
        found = self.passed(
            "POST", "/api/v1/chat/stream",
            "Authorization: Bearer abc\r\nIdempotency-Key: k1\r\nLast-Event-ID: 7\r\nX-Request-Id: r1\r\n"
            "Accept: text/event-stream\r\nCookie: a=1\r\nOrigin: http://localhost\r\n"
            "Content-Type: application/json; charset=utf-8\r\n", b'{"message":"x"}',
        )  # fmt: skip
        expected = {
            "REQUEST_METHOD": "POST", "HTTP_AUTHORIZATION": "Bearer abc", "HTTP_IDEMPOTENCY_KEY": "k1",
            "HTTP_LAST_EVENT_ID": "7", "HTTP_X_REQUEST_ID": "r1", "HTTP_ACCEPT": "text/event-stream",
            "HTTP_COOKIE": "a=1", "HTTP_ORIGIN": "http://localhost", "CONTENT_LENGTH": "15", "(body)": 15,
            "CONTENT_TYPE": "application/json; charset=utf-8", "REMOTE_ADDR": "127.0.0.1",
            "GATEWAY_INTERFACE": "CGI/1.1",
        }  # fmt: skip
        self.assertEqual({name: found.get(name) for name in expected}, expected)

    def test_a_body_just_above_the_limit_reaches_the_program(self) -> None:
        self.assertEqual(self.passed("POST", body=b"x" * 1_048_577)["(body)"], 1_048_577)

    def test_pictures_reach_the_program_in_chat_completions_only(self) -> None:
        for target in ("/v1/chat/completions", "/api/v2/chat/completions", "/v1/chat/completions/"):
            with self.subTest(target):
                self.assertEqual(self.passed("POST", target, body=b"x" * 20_971_521)["(body)"], 20_971_521)

    def test_pages_are_served_with_headers_that_protect(self) -> None:
        page = self.client.get("/")
        self.assertEqual(page.status, 200)
        self.assertIn("text/html", page.head.get("Content-Type"))
        self.assertIn("default-src 'self'", page.head.get("Content-Security-Policy"))
        self.assertEqual(page.head.get("X-Content-Type-Options"), "nosniff")
        self.assertTrue(page.head.get("Referrer-Policy"))
        self.assertIn("javascript", self.client.get("/app.mjs").head.get("Content-Type"))


class Nginx(Every, Recipe):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.sandbox_, web = cls.place()
        cls.client = start_nginx(cls.sandbox_, web)

    def test_connections_to_the_program_are_kept(self) -> None:
        self.assertTrue(self.passed()["(kept)"])

    def test_headers_that_decide_reach_the_program_once(self) -> None:
        for name in ("Idempotency-Key", "Last-Event-ID", "X-Request-Id"):
            with self.subTest(name):
                found = self.passed(lines=f"{name}: 1\r\n{name}: 2\r\n")
                self.assertIsInstance(found["HTTP_" + name.upper().replace("-", "_")], str)
        # nginx refuses two of this one itself; a version that does not passes one on.
        lines = b"GET /api/v1/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        answer = self.client.raw(lines + b"Authorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n").finish()
        if answer.status != 400:
            names = [name for name, _ in answer.json()["parameters"]]
            self.assertEqual(names.count("HTTP_AUTHORIZATION"), 1)

    def test_no_parameter_but_the_path_has_a_line_feed_in_it(self) -> None:
        found = self.passed(target="/api/v1/a%0Ab")
        raw = [name for name, value in found.items() if isinstance(value, str) and "\n" in value]
        self.assertEqual(raw, ["SCRIPT_NAME"])

    def test_hidden_files_stay_hidden(self) -> None:
        self.assertEqual(self.client.get("/.hidden").status, 404)

    def test_the_access_log_names_no_query_and_no_token(self) -> None:
        self.passed(target="/api/v1/x?user_id=usr_secret", lines="Authorization: Bearer tok_secret\r\n")
        # The line is written when the request ends; a second request after it shows that the first is in.
        self.passed(target="/api/v1/after")
        log = self.sandbox_.path / "var/log/nginx-access.log"
        text = log.read_text()
        self.assertIn("/api/v1/x", text)
        self.assertNotIn("secret", text)

    def test_far_too_large_bodies_are_nginx_own_problem(self) -> None:
        for target, size in (("/api/v1/chat/stream", 3_000_000), ("/v1/models", 3_000_000), ("/v1/chat/completions", 23_000_000)):
            with self.subTest(target):
                answer = self.client.request("POST", target, b"x" * size)
                self.assertEqual(self.assert_problem(answer, 413)["code"], "body_too_large")

    def test_the_production_include_is_what_runs(self) -> None:
        self.assertIn("include chat-fcgi.conf;", (ROOT / "nginx/dev.conf.in").read_text())

    def test_the_upstream_file_names_a_socket_and_keeps_connections(self) -> None:
        text = re.sub(r"#.*", "", (ROOT / "nginx/upstream.conf").read_text())
        self.assertRegex(text, r"upstream chat_fcgi \{\s*server unix:/[^;]+;\s*keepalive \d+;")


# Answers as Echo does, started for each request.
ECHO_PROGRAM = """#!/usr/bin/env python3
import json, os, sys
body = sys.stdin.buffer.read(int(os.environ.get("CONTENT_LENGTH") or 0))
out = json.dumps({"parameters": list(os.environ.items()), "body": len(body), "kept": False})
sys.stdout.write("Status: 200 OK\\r\\nContent-Type: application/json\\r\\n\\r\\n" + out)
"""


class ApacheWithCGI(Every, Recipe):
    """A shared host: .htaccess and chat.cgi laid out as shared-host/README.md says."""

    shows_inside = False

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        sandbox, web = cls.place()
        (web / "chat.db").write_text("data in the wrong place")
        program = sandbox.path / "echo"
        program.write_text(ECHO_PROGRAM)
        cls.client = start_apache(sandbox, lay_out(sandbox, program, web))

    def test_the_inside_and_the_data_are_nobodys_business(self) -> None:
        for target in ("/readyz", "/metrics", "/cgi-bin/chat.cgi/readyz", "/cgi-bin/chat.cgi//metrics", "/chat.db"):
            with self.subTest(target):
                self.assertIn(self.client.get(target).status, (403, 404))

    def test_the_script_itself_takes_the_route_from_what_follows(self) -> None:
        self.assertEqual(self.route("/cgi-bin/chat.cgi/api/v1/chat/stream"), "/api/v1/chat/stream")

    def test_the_other_name_of_the_authorization_is_understood(self) -> None:
        script = ROOT / "shared-host/chat.cgi"
        with tempfile.TemporaryDirectory() as folder:
            program = Path(folder) / "chat-fcgi"
            program.write_text('#!/bin/sh\nprintf %s "$HTTP_AUTHORIZATION"\n')
            program.chmod(0o755)
            environment = {"PATH": "/usr/bin:/bin", "CHAT_FCGI_HOME": folder, "REDIRECT_HTTP_AUTHORIZATION": "Bearer t"}
            printed = subprocess.run([script], env=environment, capture_output=True, text=True, check=True).stdout
            self.assertEqual(printed, "Bearer t")

    def test_what_is_missing_is_told_to_the_log_and_not_to_the_client(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            environment = {"PATH": "/usr/bin:/bin", "CHAT_FCGI_HOME": folder}
            done = subprocess.run([ROOT / "shared-host/chat.cgi"], env=environment, capture_output=True, text=True)
            self.assertTrue(done.stdout.startswith("Status: 500"))
            self.assertNotIn(folder, done.stdout)
            self.assertIn(folder, done.stderr)


class NginxAlone(ServerCase):
    def test_without_the_program_the_answer_is_a_problem(self) -> None:
        sandbox = self.sandbox(with_program=False)
        client = start_nginx(sandbox)
        for target in ("/api/v1/chat/sessions", "/stream-chat", "/healthz", "/readyz", "/metrics"):
            with self.subTest(target):
                answer = client.get(target)
                self.assert_problem(answer, 502)
                self.assertTrue(answer.head.get("Retry-After"))

    def test_a_program_that_answers_nonsense_is_a_problem(self) -> None:
        sandbox = self.sandbox(with_program=False)
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(sandbox.socket)
            listening.listen(8)

            def nonsense() -> None:
                connection, _ = listening.accept()
                connection.recv(65_536)
                connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                connection.close()

            threading.Thread(target=nonsense, daemon=True).start()
            self.assert_problem(start_nginx(sandbox).get("/api/v1/x"), 502)


HOST = b"Host: localhost\r\nConnection: close\r\n\r\n"


class Unreadable:
    """What a web server refuses before it knows of any address."""

    # Beside those that all of them refuse alike.
    unreadable: tuple = ()

    def test_what_cannot_be_read_is_a_problem_too(self) -> None:
        for what, request, status in (
            ("no request at all", b"nonsense\r\n\r\n", 400),
            ("no host", b"GET /api/v1/chat/sessions HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
            ("two lengths", b"POST /api/v1/auth/guest HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n" + HOST, 400),
            *self.unreadable,
        ):
            with self.subTest(what):
                answer = self.client.raw(request).finish()
                self.assertEqual((answer.status, answer.head.get("Content-Type")), (status, "application/problem+json"))
                self.assertEqual(answer.json()["status"], status)
                self.assertEqual(answer.head.get("X-Content-Type-Options"), "nosniff")


class Lighttpd(Unreadable, Every, Recipe):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        sandbox, web = cls.place()
        cls.client = start_lighttpd(sandbox, web)

    def test_far_too_large_bodies_are_a_problem(self) -> None:
        for target, size in (("/api/v1/chat/stream", 3_000_000), ("/v1/models", 3_000_000), ("/v1/chat/completions", 23_000_000)):
            with self.subTest(target):
                answer = self.client.request("POST", target, b"x" * size)
                self.assertEqual((answer.status, answer.head.get("Content-Type")), (413, "application/problem+json"))
                self.assertEqual(answer.finish().json()["code"], "body_too_large")


    unreadable = (
        ("no length", b"POST /api/v1/auth/guest HTTP/1.1\r\n" + HOST, 411),
        ("a zero byte in the path", b"GET /api/%00 HTTP/1.1\r\n" + HOST, 400),
        ("a long path", b"GET /api/" + b"a" * 40_000 + b" HTTP/1.1\r\n" + HOST, 431),
        ("a long header", b"GET /api/v1/auth/me HTTP/1.1\r\nX-Long: " + b"a" * 40_000 + b"\r\n" + HOST, 431),
        ("a version", b"GET /api/v1/auth/me HTTP/3.0\r\n" + HOST, 505),
        ("a coding", b"POST /api/v1/auth/guest HTTP/1.1\r\nTransfer-Encoding: gzip\r\n" + HOST, 501),
    )


class LighttpdAlone(ServerCase):
    def test_without_the_program_the_answer_is_a_problem(self) -> None:
        client = start_lighttpd(self.sandbox(with_program=False))
        for target in ("/api/v1/chat/sessions", "/stream-chat", "/healthz", "/readyz", "/metrics", "/v1/models"):
            with self.subTest(target):
                answer = client.get(target)
                self.assertEqual((answer.status, answer.head.get("Content-Type")), (503, "application/problem+json"))
                self.assertEqual(answer.json()["code"], "unavailable")
                self.assertEqual(answer.head.get("X-Content-Type-Options"), "nosniff")


class Errors(unittest.TestCase):
    def test_lighttpd_and_apache_say_what_nginx_says(self) -> None:
        """Of what each can say, in the same words, but for the request's id."""
        nginx = (ROOT / "nginx/chat-fcgi.conf").read_text()
        said = {}
        for status, text in re.findall(r"return (\d+) '(\{.*\})'", nginx):
            said[int(status)] = json.loads(text)
            self.assertEqual(said[int(status)].pop("instance"), "$request_id")
        for path in (ROOT / "errors").glob("*.html"):
            problem = json.loads(path.read_text())
            self.assertEqual((problem["status"], problem["type"]), (int(path.stem), "about:blank"))
            # lighttpd says 503 where nginx says 502, and 431 where it says 400 or 414.
            if path.stem in ("411", "431", "503"):
                continue
            self.assertEqual(problem, said[problem["status"]])
        self.assertGreater(len(said), 5)


if __name__ == "__main__":
    unittest.main()
