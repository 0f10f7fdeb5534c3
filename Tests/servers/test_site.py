"""The whole site (nginx/site.conf, site-tls.conf) and several processes (nginx/cluster.conf), with other names, ports and folders put in."""

from __future__ import annotations

import re
import signal
import socket
import sqlite3
import ssl
import subprocess
import unittest
from contextlib import closing
from pathlib import Path

from echo import Echo
from exchange import Exchange, HTTPDecoder, connect, over_socket
from harness import (
    PROGRAM, ROOT, FastCGIClient, HTTPClient, Process, Sandbox, ServerCase, copy_nginx_files, free_port, run_nginx, tool, wait_until,
)  # fmt: skip

MAIN = """
daemon off;
pid var/nginx/nginx.pid;
error_log var/log/nginx-error.log warn;
events { worker_connections 1024; }
http {
    client_body_temp_path var/nginx/body;
    fastcgi_temp_path     var/nginx/fastcgi;
    proxy_temp_path       var/nginx/proxy;
    scgi_temp_path        var/nginx/scgi;
    uwsgi_temp_path       var/nginx/uwsgi;
    access_log off;
    types { text/html html; text/javascript js; }
    %s
}
"""
FRIEND = "https://app.example.org"


class TLSClient(HTTPClient):
    def __init__(self, port: int, certificate: Path) -> None:
        super().__init__(port)
        self.context = ssl.create_default_context(cafile=str(certificate))
        # The protocol that a browser asks for first is tried with curl; this client speaks HTTP/1.1.
        self.context.set_alpn_protocols(["http/1.1"])

    def raw(self, request: bytes, method: str = "GET") -> Exchange:
        connection = self.context.wrap_socket(connect(self.address), server_hostname="localhost")
        return over_socket(connection, HTTPDecoder(method), request)


REAL_IP = ("set_real_ip_from 10.0.0.0/8;", "real_ip_header X-Forwarded-For;", "real_ip_recursive on;")


def replaced(name: str, replacements: dict[str, str]) -> str:
    """A file of nginx/ with other texts put in, each of which must be there."""
    text = (ROOT / "nginx" / name).read_text()
    for old, new in replacements.items():
        if old not in text:
            raise AssertionError(f"nginx/{name} has no {old!r} any more")
        text = text.replace(old, new)
    return text


def lay_out_site(sandbox: Sandbox, http: dict[str, str] | None = None) -> Path:
    """What both sites include, and the page; gives the folder of nginx's files."""
    (sandbox.path / "var/log").mkdir(parents=True)
    folder = copy_nginx_files(
        sandbox, "chat-fcgi.conf", "fastcgi_chat.conf", "chat_headers.conf", "security_headers.conf"
    )  # fmt: skip
    site = replaced(
        "chat_site.conf",
        {"/var/log/nginx/": "var/log/", "/usr/share/chat-fcgi/web": "web", "/var/www/html": "html"},
    )  # fmt: skip
    (folder / "chat_site.conf").write_text(site)
    (folder / "chat_http.conf").write_text(replaced("chat_http.conf", {f'# "{FRIEND}"': f'"{FRIEND}"'} | (http or {})))
    (folder / "upstream.conf").write_text(
        replaced("upstream.conf", {"unix:/run/chat-fcgi/chat-fcgi.sock": f"unix:{sandbox.socket}"})
    )
    challenge = sandbox.path / "html/.well-known/acme-challenge"
    challenge.mkdir(parents=True)
    (challenge / "token").write_text("thumbprint")
    web = sandbox.path / "web"
    web.mkdir()
    (web / "index.html").write_text("<!doctype html><title>page</title>")
    (web / "js").mkdir()
    (web / "js/main.js").write_text("export {};")
    return folder


def start_plain_site(sandbox: Sandbox, http: dict[str, str] | None = None) -> HTTPClient:
    folder = lay_out_site(sandbox, http)
    port = free_port()
    site = re.sub(r" *listen \[::\].*\n", "", replaced("site.conf", {"listen 80;": f"listen 127.0.0.1:{port};"}))
    (folder / "site.conf").write_text(site)
    (folder / "nginx.conf").write_text(MAIN % "include upstream.conf; include chat_http.conf; include site.conf;")
    return run_nginx(sandbox, tool("nginx"), port)


def start_site(sandbox: Sandbox) -> tuple[TLSClient, HTTPClient]:
    """The site before the sandbox's socket; the client for TLS, and the one for the port that leads there."""
    nginx = tool("nginx")
    openssl = tool("openssl")
    folder = lay_out_site(sandbox)
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-out", certificate, "-keyout", key],
        check=True, capture_output=True,
    )  # fmt: skip
    plain, secure = free_port(), free_port()
    site = replaced("site-tls.conf", {
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{secure} ssl http2;",
        "chat.example.org;": "localhost;",
        "/etc/letsencrypt/live/chat.example.org/fullchain.pem": str(certificate),
        "/etc/letsencrypt/live/chat.example.org/privkey.pem": str(key),
        "/var/www/html": "html",
    })  # fmt: skip
    (folder / "site-tls.conf").write_text(re.sub(r" *listen \[::\].*\n", "", site))
    (folder / "nginx.conf").write_text(MAIN % "include upstream.conf; include chat_http.conf; include site-tls.conf;")
    client = TLSClient(secure, certificate)
    client.process = run_nginx(sandbox, nginx, secure).process
    return client, HTTPClient(plain)


class Site(ServerCase):
    client: TLSClient

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        sandbox = cls.shared_sandbox(with_program=False)
        echo = Echo(sandbox.socket)
        cls.addClassCleanup(echo.close)
        cls.place = sandbox
        cls.client, cls.plain = start_site(sandbox)

    def test_plain_http_leads_to_tls(self) -> None:
        answer = self.plain.post("/api/v1/x?a=1")
        self.assertEqual(answer.status, 308)
        self.assertEqual(answer.head.get("Location"), "https://localhost/api/v1/x?a=1")
        challenge = self.plain.get("/.well-known/acme-challenge/token")
        self.assertEqual((challenge.status, challenge.body), (200, b"thumbprint"))

    def test_the_page_and_the_api_are_there(self) -> None:
        page = self.client.get("/")
        self.assertEqual((page.status, page.head.get("Content-Type")), (200, "text/html; charset=utf-8"))
        self.assertIn("default-src 'self'", page.head.get("Content-Security-Policy"))
        for answer in (page, self.client.get("/api/v1/x")):
            self.assertEqual(answer.head.get("Strict-Transport-Security"), "max-age=31536000")
        parameters = dict(self.client.get("/api/v1/x").json()["parameters"])
        self.assertEqual((parameters["HTTPS"], parameters["REQUEST_SCHEME"]), ("on", "https"))

    def test_http_2_is_spoken(self) -> None:
        curl = tool("curl")
        if "HTTP2" not in subprocess.run([curl, "-V"], capture_output=True, text=True).stdout:
            self.skipTest("this curl knows no HTTP/2")
        command = [curl, "-sk", "--http2", "-o", "/dev/null", "-w", "%{http_version}"]
        url = f"https://localhost:{self.client.address[1]}/api/v1/x"
        done = subprocess.run([*command, url], capture_output=True, text=True, check=True)
        self.assertEqual(done.stdout, "2")

    def test_a_listed_origin_may_call_and_others_may_not(self) -> None:
        asked = {"Origin": FRIEND, "Access-Control-Request-Method": "POST"}
        before = self.client.request("OPTIONS", "/api/v1/chat/stream", headers=asked).finish()
        self.assertEqual(before.status, 204)
        self.assertEqual(before.head.get("Access-Control-Allow-Origin"), FRIEND)
        self.assertIn("Authorization", before.head.get("Access-Control-Allow-Headers"))
        self.assertIn("DELETE", before.head.get("Access-Control-Allow-Methods"))
        after = self.client.post("/api/v1/chat/stream", headers={"Origin": FRIEND})
        self.assertEqual(after.head.all("Access-Control-Allow-Origin"), [FRIEND])
        for origin in ("https://evil.example", "https://app.example.org.evil.example", "null", FRIEND + "."):
            with self.subTest(origin):
                for method in ("OPTIONS", "POST"):
                    answer = self.client.request(method, "/api/v1/chat/stream", headers={"Origin": origin}).finish()
                    self.assertEqual(answer.head.all("Access-Control-Allow-Origin"), [])
                    self.assertIn("Origin", answer.head.all("Vary"))

    def test_nginx_own_errors_can_be_read_by_a_listed_origin(self) -> None:
        answer = self.client.request("POST", "/api/v1/chat/stream", b"x" * 3_000_000, {"Origin": FRIEND})
        self.assert_problem(answer, 413)
        self.assertEqual(answer.head.get("Access-Control-Allow-Origin"), FRIEND)

    def test_answers_are_compressed_when_asked(self) -> None:
        answer = self.client.get("/api/v1/x", headers={"Accept-Encoding": "gzip"})
        self.assertEqual(answer.head.get("Content-Encoding"), "gzip")
        self.assertEqual(answer.json()["body"], 0)


class PlainSite(ServerCase):
    """Before there is a certificate."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        sandbox = cls.shared_sandbox(with_program=False)
        echo = Echo(sandbox.socket)
        cls.addClassCleanup(echo.close)
        behind_a_proxy = {f"# {line}": line.replace("10.0.0.0/8", "127.0.0.1") for line in REAL_IP}
        cls.client = start_plain_site(sandbox, behind_a_proxy)

    def from_address(self, address: str, target: str) -> Exchange:
        return self.client.get(target, headers={"X-Forwarded-For": address, "Origin": FRIEND})

    def test_the_page_and_the_api_are_there_without_tls(self) -> None:
        for target in ("/", "/js/main.js", "/api/v1/x", "/v1/models"):
            request = f"GET {target} HTTP/1.1\r\nHost: any.example\r\nConnection: close\r\n\r\n"
            answer = self.client.raw(request.encode()).finish()
            self.assertEqual(answer.status, 200, target)
            self.assertIsNone(answer.head.get("Strict-Transport-Security"))

    def test_a_certificate_authority_finds_its_challenge(self) -> None:
        answer = self.client.get("/.well-known/acme-challenge/token")
        self.assertEqual((answer.status, answer.body), (200, b"thumbprint"))
        self.assertEqual(self.client.get("/.hidden").status, 404)

    def test_an_address_that_asks_too_often_is_told_to_wait(self) -> None:
        for target in ("/healthz", "/v1/models", "/models", "/openai/v1/chat/completions", "/some/chat/completions"):
            with self.subTest(target):
                mine = f"192.0.2.{len(target)}"
                for _ in range(1_000):
                    answer = self.from_address(mine, target)
                    if answer.status != 200:
                        break
                self.assert_problem(answer, 429)
                self.assertTrue(answer.head.get("Retry-After"))
                self.assertEqual(answer.head.get("Access-Control-Allow-Origin"), FRIEND)
                # The page is not counted, and neither is who comes through the same proxy from another address.
                self.assertEqual(self.from_address(mine, "/js/main.js").status, 200)
                self.assertEqual(self.from_address("198.51.100.7", target).status, 200)

    def test_many_people_behind_one_address_get_the_page(self) -> None:
        for _ in range(300):
            self.assertEqual(self.from_address("192.0.2.200", "/js/main.js").status, 200)

    def test_behind_a_proxy_the_program_is_told_the_clients_address(self) -> None:
        parameters = dict(self.from_address("192.0.2.99", "/api/v1/x").json()["parameters"])
        self.assertEqual(parameters["REMOTE_ADDR"], "192.0.2.99")
        self.assertEqual(self.from_address("192.0.2.99", "/readyz").status, 403)


class SiteStreams(ServerCase):
    def test_a_compressed_stream_comes_event_by_event(self) -> None:
        sandbox = self.sandbox(providers={"builtin": {"kind": "builtin", "pace_ms": 30}})
        sandbox.serve()
        client, _ = start_site(sandbox)
        exchange = client.guest().ask(headers={"Accept-Encoding": "gzip"})
        self.assertEqual(exchange.head.get("Content-Encoding"), "gzip")
        events = self.assert_complete_reply(exchange)
        chunks = [event for event in events if event.type == "content_chunk"]
        self.assertGreater(len({event.read for event in chunks}), int(chunks[-1].id) // 2)


class Cluster(ServerCase):
    """Two processes with one socket."""

    def setUp(self) -> None:
        sandbox = self.sandbox(providers={"builtin": {"kind": "builtin", "pace_ms": 2}})
        self.place = sandbox
        self.listening = socket.socket(socket.AF_UNIX)
        self.addCleanup(self.listening.close)
        self.listening.bind(sandbox.socket)
        self.listening.listen(512)
        (sandbox.path / "var/log").mkdir(parents=True)
        folder = copy_nginx_files(sandbox, "chat-fcgi.conf", "fastcgi_chat.conf")
        # A test need not wait as long.
        (folder / "chat_cluster.conf").write_text(replaced("cluster_locations.conf", {"fastcgi_read_timeout 5s;": "fastcgi_read_timeout 1s;"}))
        (folder / "cluster.conf").write_text(
            replaced("cluster.conf", {"unix:/run/chat-fcgi/chat-fcgi.sock": f"unix:{sandbox.socket}"})
        )
        port = free_port()
        server = f"include cluster.conf; server {{ listen 127.0.0.1:{port}; include chat-fcgi.conf; }}"
        (folder / "nginx.conf").write_text(MAIN % server)
        self.client = run_nginx(sandbox, tool("nginx"), port)

    def worker(self) -> Process:
        descriptor = self.listening.fileno()
        shell = f'exec 3<&{descriptor}; LISTEN_PID=$$ LISTEN_FDS=1 exec "$0"'
        process = self.place.start("worker", ["/bin/bash", "-c", shell, PROGRAM], pass_fds=(descriptor,))
        process.wait_for("it serves", lambda: "serves on" in process.log_text)
        return process

    def test_one_that_hangs_gets_no_request_and_one_that_is_replaced_loses_none(self) -> None:
        first, second = self.worker(), self.worker()
        guest = self.client.guest()
        second.freeze()
        # It may have been stopped while it wrote to the store, and then nobody else can until it is killed: not asked for here.
        for _ in range(20):
            self.assertEqual(guest.get("/healthz").status, 200)
        second.signal(signal.SIGKILL)
        self.assert_complete_reply(guest.ask(session_id="s1"))
        # An upgrade: the new one is there before the old one ends, and a stream of the old one goes on.
        third = self.worker()
        stream = guest.ask(session_id="s2")
        next(stream.events())
        first.signal(signal.SIGTERM)
        while first.is_running():
            self.assertEqual(guest.get("/api/v1/chat/sessions").status, 200)
        self.assert_complete_reply(stream)
        self.assertTrue(third.is_running())

    def test_what_a_frozen_process_had_accepted_is_answered_by_another(self) -> None:
        """The first process waits for the store's lock, which the test holds, so that it has accepted all of it when it is frozen."""
        first = self.worker()
        guest = self.client.guest()
        self.assert_complete_reply(guest.ask(session_id="s1"))
        book = guest.history("s1")["messages"][-1]["recommendations"][0]["book_id"]
        direct = FastCGIClient(self.place.socket)

        def accepted() -> int:
            # All but the one that asks.
            return int(re.search(r"chat_fcgi_connections_open\{[^}]*\} (\d+)", direct.get("/metrics").body.decode())[1]) - 1

        self.assertEqual(accepted(), 0)
        with closing(sqlite3.connect(self.place.path / "data/chat.db", isolation_level=None)) as store:
            store.execute("BEGIN IMMEDIATE")
            short = [
                guest.request("PATCH", "/api/v1/chat/sessions/s1", {"title": "new"}),
                guest.request("PUT", f"/api/v1/chat/books/{book}", {"mark": "read"}),
                guest.request("POST", "/api/v1/chat/preferences/forget", {"all": True}),
            ]
            turns = [guest.ask("And now?", session_id="s2", headers=key) for key in ({}, {"Idempotency-Key": "k"})]
            wait_until("the first process has accepted all", lambda: accepted() == len(short) + len(turns))
            first.freeze()
            self.worker()
        # It stays frozen.
        self.assertEqual([answer.finish().status for answer in short], [200] * len(short))
        # Turns may be silent for longer. They go on when systemd's watchdog ends the process.
        first.signal(signal.SIGKILL)
        for answer in turns:
            self.assert_complete_reply(answer)
        # Each question is there once.
        self.assertEqual([message["role"] for message in guest.history("s2")["messages"]], ["user", "assistant"] * 2)


if __name__ == "__main__":
    unittest.main()
