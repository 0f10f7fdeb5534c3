"""Pages of another origin, through every shipped web server configuration: what their browser asks first, and what it sends then."""

from __future__ import annotations

import unittest

import starts
from harness import Client, ServerCase

FRIEND = "https://app.example.org"
# What OpenAI's library for JavaScript sends from a browser, with our own.
SENT = [
    "authorization", "cache-control", "content-type", "idempotency-key", "last-event-id", "x-stainless-arch",
    "x-stainless-lang", "x-stainless-os", "x-stainless-package-version", "x-stainless-retry-count", "x-stainless-runtime",
    "x-stainless-runtime-version", "x-stainless-timeout",
]  # fmt: skip
# What a page reads in any case, what is none of its business, and the web servers' own.
KNOWN = {
    "cache-control", "content-language", "content-length", "content-type", "expires", "last-modified", "pragma", "vary", "date", "server",
    "connection", "keep-alive", "transfer-encoding", "content-encoding", "accept-ranges", "x-content-type-options", "x-accel-buffering", "set-cookie",
    "access-control-allow-origin", "access-control-allow-credentials", "access-control-expose-headers", "strict-transport-security",
    "content-security-policy", "referrer-policy",
}  # fmt: skip
BODY = {"model": "noah", "messages": [{"role": "user", "content": "Hello"}]}


class Browser:
    """Mixed into one class for each web server."""

    start = None
    client: Client

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.client = cls.start(cls.shared_sandbox(cors={"origins": [FRIEND]}))
        cls.guest = cls.client.guest()

    def preflight(self, target: str, origin: str, method: str = "POST"):
        asked = {
            "Origin": origin, "Access-Control-Request-Method": method,
            "Access-Control-Request-Headers": ",".join(SENT),
        }  # fmt: skip
        return self.client.request("OPTIONS", target, headers=asked).finish()

    def test_a_listed_origin_reaches_the_server_as_openais_library_does(self) -> None:
        for target, method in (
            ("/v1/chat/completions", "POST"), ("/api/v2/chat/completions", "POST"), ("/v1/models", "GET"),
            ("/api/v1/chat/stream", "POST"), ("/api/v1/me", "DELETE"), ("/stream-chat", "POST"),
            # A wrong base URL is to be told, not to look like a network's failure.
            ("/openai/v1/chat/completions", "POST"), ("/chat/completions", "POST"),
        ):  # fmt: skip
            with self.subTest(target):
                before = self.preflight(target, FRIEND, method)
                self.assertEqual(before.status, 204, before.body[:200])
                self.assertEqual(before.head.all("Access-Control-Allow-Origin"), [FRIEND])
                allowed = {name.strip().lower() for name in before.head.get("Access-Control-Allow-Headers").split(",")}
                self.assertLessEqual(set(SENT), allowed)
                self.assertIn(method, before.head.get("Access-Control-Allow-Methods"))
        sent = {"Origin": FRIEND, "X-Stainless-Lang": "js", "X-Stainless-Retry-Count": "0"}
        for stream in (False, True):
            answer = self.guest.request("POST", "/v1/chat/completions", BODY | {"stream": stream}, sent).finish()
            self.assertEqual(answer.status, 200)
            self.assertEqual(answer.head.all("Access-Control-Allow-Origin"), [FRIEND])
            self.assertIn("Origin", ",".join(answer.head.all("Vary")))
            for name in ("X-Request-Id", "X-Chat-Fcgi-Provider"):
                self.assertIn(name, answer.head.get("Access-Control-Expose-Headers"))
        # Errors are to be read as well.
        for target in ("/v1/embeddings", "/openai/v1/chat/completions"):
            refused = self.guest.post(target, {}, headers=sent)
            self.assertEqual((refused.status, refused.head.get("Access-Control-Allow-Origin")), (404, FRIEND))
            self.assertIn(b"unknown_url", refused.body)
        refused = self.client.post("/v1/chat/completions", BODY, headers=sent | {"Authorization": "Bearer no"})
        self.assertEqual((refused.status, refused.head.get("Access-Control-Allow-Origin")), (401, FRIEND))
        # Whatever is not one of those that a page can always read (the CORS-safelisted ones), or the web server's own, is exposed.
        told = (refused, self.guest.get("/api/v1/me/export", headers=sent), self.guest.request("PUT", "/api/v1/auth/me", {}, sent).finish())
        self.assertEqual([answer.status for answer in told], [401, 200, 405])
        for answer in told:
            exposed = {name.strip().lower() for name in answer.head.get("Access-Control-Expose-Headers").split(",")}
            self.assertLessEqual({name.lower() for name, _ in answer.head.headers} - KNOWN, exposed)

    def test_any_other_origin_is_told_nothing(self) -> None:
        for origin in ("https://evil.example", FRIEND + ".evil.example", "null", FRIEND.upper(), FRIEND + "/"):
            with self.subTest(origin):
                before = self.preflight("/v1/chat/completions", origin)
                self.assertNotEqual(before.status, 204)
                answer = self.guest.request("POST", "/v1/chat/completions", BODY, {"Origin": origin}).finish()
                for told in (before, answer):
                    self.assertEqual(told.head.all("Access-Control-Allow-Origin"), [])


class BehindNginx(Browser, ServerCase):
    start = starts.behind_nginx


class BehindLighttpd(Browser, ServerCase):
    start = starts.behind_lighttpd


class LighttpdCGI(Browser, ServerCase):
    start = starts.lighttpd_cgi


class BehindApache(Browser, ServerCase):
    start = starts.behind_apache


class ApacheCGI(Browser, ServerCase):
    start = starts.apache_cgi


class ApacheFcgid(Browser, ServerCase):
    start = starts.apache_fcgid


if __name__ == "__main__":
    unittest.main()
