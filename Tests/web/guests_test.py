"""Guests in a real browser: who comes back after weeks, who comes too late, and what pages of other sites can do."""

import base64
import hashlib
import hmac
import json
import threading
import time
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import expect

from page_case import DATA, QUESTION, PageCase


class Elsewhere(BaseHTTPRequestHandler):
    """A page of another port of the host, to whose forms and requests browsers add the host's cookies."""

    def log_message(self, *_):
        pass

    def do_GET(self):
        page = f"""<!doctype html><title>elsewhere</title><form method="post" action="{self.server.target}api/v1/auth/guest"></form>
            <form method="post" enctype="text/plain" action="{self.server.target}api/v1/chat/stream">
            <input name='{{"message":"planted","metadata":{{"a":"' value='"}}}}'></form>"""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(page.encode())


@unittest.skipUnless(DATA, "needs the secret of a running installation (CHAT_FCGI_DATA)")
class Guests(PageCase):
    def texts(self):
        return self.page.locator(".question-text, .answer").all_inner_texts()

    def cookie(self):
        return next(cookie for cookie in self.page.context.cookies() if cookie["name"] == "chat_fcgi_guest")

    def claims(self):
        part = self.cookie()["value"].split(".")[1]
        return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))

    def grow_older(self, days):
        """The guest's token and what the page keeps of it, as they would be had the token been given so many days ago."""
        issued = int(time.time()) - days * 86_400
        claims = {"iss": "chat-fcgi", "sub": self.claims()["sub"], "iat": issued, "exp": issued + 30 * 86_400}

        def encoded(data):
            return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

        parts = ({"alg": "HS256", "typ": "JWT"}, claims)
        text = ".".join(encoded(json.dumps(part, separators=(",", ":")).encode()) for part in parts)
        secret = Path(DATA, "token-secret").read_bytes()
        token = f"{text}.{encoded(hmac.new(secret, text.encode(), hashlib.sha256).digest())}"
        self.page.context.add_cookies([self.cookie() | {"value": token}])
        self.page.evaluate(
            """(days) => { for (const key of Object.keys(localStorage)) if (key.startsWith('chat-fcgi.guest:')) {
                const kept = JSON.parse(localStorage.getItem(key));
                kept.renew_after = new Date(Date.parse(kept.renew_after) - days * 86400000).toISOString();
                localStorage.setItem(key, JSON.stringify(kept)); } }""", days)  # fmt: skip

    def test_a_guest_who_comes_back_after_sixteen_or_forty_days_finds_the_conversation_and_a_fresh_token(self):
        for days in (16, 40, 399):
            with self.subTest(days):
                self.visit()
                self.say(QUESTION)
                self.ended()
                # The text is there before the parser of its Markdown.
                expect(self.reply.locator(".answer")).not_to_contain_text("*")
                user, shown = self.claims()["sub"], self.texts()
                self.grow_older(days)
                self.page.reload()
                self.ended()
                expect(self.reply.locator(".answer")).not_to_contain_text("*")
                self.assertEqual(self.texts(), shown)
                # By one of the requests that a page makes when it opens.
                deadline = time.monotonic() + 20
                while self.claims()["iat"] < time.time() - 86_400 and time.monotonic() < deadline:
                    self.page.wait_for_timeout(50)
                fresh = self.claims()
                self.assertEqual(fresh["sub"], user)
                self.assertGreater(fresh["iat"], time.time() - 86_400)
                expect(self.page.get_by_role("alert")).to_have_count(0)
                self.assertGreater(self.cookie()["expires"], time.time() + 390 * 86_400)

    def test_a_page_that_stays_open_is_renewed_with_its_next_message(self):
        self.say(QUESTION)
        self.ended()
        user = self.claims()["sub"]
        self.grow_older(16)
        self.say(QUESTION)
        expect(self.page.locator(".reply")).to_have_count(2)
        self.ended()
        self.assertEqual(self.claims()["sub"], user)
        self.assertGreater(self.claims()["iat"], time.time() - 86_400)

    def test_a_guest_who_comes_back_too_late_is_told_and_begins_anew(self):
        self.say(QUESTION)
        self.ended()
        user, url = self.claims()["sub"], self.page.url
        self.grow_older(401)
        self.page.reload()
        expect(self.page.get_by_role("alert").first).to_contain_text("You are a new guest now")
        expect(self.page.locator(".turn")).to_have_count(0)
        self.assertNotEqual(self.claims()["sub"], user)
        self.say(QUESTION)
        self.ended()
        self.assertNotEqual(self.page.url, url)

    def test_a_page_of_another_port_changes_nothing(self):
        self.say(QUESTION)
        self.ended()
        before = self.cookie()
        server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
        server.target = self.url
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        page = self.page.context.new_page()
        elsewhere = f"http://127.0.0.1:{server.server_port}/"
        page.goto(elsewhere)
        for form, status in ((0, 403), (1, 415)):
            with page.expect_navigation() as navigation:
                page.evaluate("(form) => document.forms[form].submit()", form)
            self.assertEqual(navigation.value.status, status)
            page.goto(elsewhere)
        for options in ("{method: 'POST', body: new Blob(['{}'])}", "{method: 'POST', body: '{}'}", "{method: 'POST'}"):
            for path in ("auth/guest", "chat/stream"):
                with page.expect_response(lambda response: "/api/v1/" in response.url) as response:
                    page.evaluate(f"(url) => fetch(url, {{mode: 'no-cors', credentials: 'include', ...{options}}})", f"{self.url}api/v1/{path}")
                self.assertIn(response.value.status, (403, 415))
        self.assertEqual(self.cookie(), before)
        self.page.reload()
        self.ended()
        expect(self.page.locator(".reply")).to_have_count(1)


if __name__ == "__main__":
    unittest.main()
