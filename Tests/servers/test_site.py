"""The whole site (nginx/site.conf) and the cluster (nginx/cluster.conf), with other names, ports and folders put in."""

from __future__ import annotations

import re
import ssl
import subprocess
import unittest
from pathlib import Path

from echo import Echo
from exchange import Exchange, HTTPDecoder, connect, over_socket
from harness import (
    ROOT, HTTPClient, Sandbox, ServerCase, copy_nginx_files, free_port, run_nginx, tool,
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


def start_site(sandbox: Sandbox) -> tuple[TLSClient, HTTPClient]:
    """The site before the sandbox's socket; the client for TLS, and the one for the port that leads there."""
    nginx = tool("nginx")
    openssl = tool("openssl")
    (sandbox.path / "var/log").mkdir(parents=True)
    folder = copy_nginx_files(
        sandbox, "chat-fcgi.conf", "fastcgi_chat.conf", "chat_headers.conf", "security_headers.conf"
    )  # fmt: skip
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-out", certificate, "-keyout", key],
        check=True, capture_output=True,
    )  # fmt: skip
    plain, secure = free_port(), free_port()
    site = (ROOT / "nginx/site.conf").read_text()
    site = re.sub(r" *listen \[::\].*\n", "", site)
    replacements = {
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{secure} ssl http2;",
        "chat.example.org;": "localhost;",
        "/etc/letsencrypt/live/chat.example.org/fullchain.pem": str(certificate),
        "/etc/letsencrypt/live/chat.example.org/privkey.pem": str(key),
        "/var/log/nginx/": "var/log/",
        "/usr/share/chat-fcgi/web": "web",
        f'# "{FRIEND}"': f'"{FRIEND}"',
    }
    for old, new in replacements.items():
        if old not in site:
            raise AssertionError(f"nginx/site.conf has no {old!r} any more")
        site = site.replace(old, new)
    (folder / "site.conf").write_text(site)
    upstream = (ROOT / "nginx/upstream.conf").read_text()
    (folder / "upstream.conf").write_text(re.sub(r"unix:[^;]+", f"unix:{sandbox.socket}", upstream))
    (folder / "nginx.conf").write_text(MAIN % "include upstream.conf; include site.conf;")
    web = sandbox.path / "web"
    web.mkdir()
    (web / "index.html").write_text("<!doctype html><title>page</title>")
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


class SiteLimits(ServerCase):
    def test_an_address_that_asks_too_often_is_told_to_wait(self) -> None:
        sandbox = self.sandbox(with_program=False)
        echo = Echo(sandbox.socket)
        self.addCleanup(echo.close)
        client, _ = start_site(sandbox)
        for _ in range(1_000):
            answer = client.get("/healthz", headers={"Origin": FRIEND})
            if answer.status != 200:
                break
        self.assert_problem(answer, 429)
        self.assertTrue(answer.head.get("Retry-After"))
        self.assertEqual(answer.head.get("Access-Control-Allow-Origin"), FRIEND)


class SiteStreams(ServerCase):
    def test_a_compressed_stream_comes_event_by_event(self) -> None:
        sandbox = self.sandbox(providers={"builtin": {"kind": "builtin", "pace_ms": 30}})
        sandbox.serve()
        client, _ = start_site(sandbox)
        exchange = client.guest().ask(headers={"Accept-Encoding": "gzip"})
        self.assertEqual(exchange.head.get("Content-Encoding"), "gzip")
        events = self.assert_complete_reply(exchange)
        chunks = [event for event in events if event.type == "content_chunk"]
        self.assertGreater(len({event.read for event in chunks}), len(chunks) // 2)


class Cluster(ServerCase):
    def test_requests_go_to_every_machine_and_on_when_one_is_gone(self) -> None:
        sandbox = self.sandbox(with_program=False)
        nginx = tool("nginx")
        machines = [Echo(("127.0.0.1", free_port())) for _ in range(3)]
        for machine in machines[1:]:
            self.addCleanup(machine.close)
        (sandbox.path / "var/log").mkdir(parents=True)
        folder = copy_nginx_files(sandbox, "chat-fcgi.conf", "fastcgi_chat.conf")
        cluster = (ROOT / "nginx/cluster.conf").read_text()
        for number, machine in enumerate(machines):
            port = machine.listening.getsockname()[1]
            address = f"server 10.0.0.1{number + 1}:9000"
            self.assertIn(address, cluster)
            cluster = cluster.replace(address, f"server 127.0.0.1:{port}")
        (folder / "cluster.conf").write_text(cluster)
        port = free_port()
        server = f"include cluster.conf; server {{ listen 127.0.0.1:{port}; include chat-fcgi.conf; }}"
        (folder / "nginx.conf").write_text(MAIN % server)
        client = run_nginx(sandbox, nginx, port)
        for _ in range(30):
            self.assertEqual(client.get("/api/v1/x").status, 200)
        self.assertTrue(all(machine.requests > 0 for machine in machines), [machine.requests for machine in machines])
        machines[0].close()
        for _ in range(30):
            self.assertEqual(client.get("/api/v1/x").status, 200)
            self.assertEqual(client.post("/api/v1/x").status, 200)


if __name__ == "__main__":
    unittest.main()
