"""Signing in and out with tokens of a sign-in service, on a program of its own that takes them beside guests."""

import base64
import json
import os
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from page_case import URL, PageCase, expect

ROOT = Path(__file__).resolve().parents[2]


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def openssl(*words):
    return subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True).stdout


class Key:
    """A key of Ed25519."""

    def __init__(self, folder):
        self.file = folder / "key.pem"
        openssl("genpkey", "-algorithm", "ed25519", "-out", self.file)
        public = openssl("pkey", "-in", self.file, "-pubout", "-outform", "DER")[-32:]
        self.jwks = {"keys": [{"kty": "OKP", "crv": "Ed25519", "kid": "first", "use": "sig", "x": base64url(public)}]}

    def token(self, name, identifier, seconds=600):
        now = int(time.time())
        claims = {"sub": name.lower(), "name": name, "iss": "https://sign.in", "aud": "chat", "iat": now - 1, "exp": now + seconds, "jti": identifier}
        text = ".".join(base64url(json.dumps(part).encode()) for part in ({"alg": "EdDSA", "kid": "first"}, claims))
        file = self.file.with_suffix(".text")
        file.write_text(text)
        return text + "." + base64url(openssl("pkeyutl", "-sign", "-rawin", "-inkey", self.file, "-in", file))


@unittest.skipUnless(URL, "needs the program")
class SignIn(PageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        place = Path(folder.name)
        cls.key = Key(place)
        (place / "keys.json").write_text(json.dumps(cls.key.jwks))
        config = place / "chat-fcgi.json5"
        config.write_text(json.dumps({
            "auth": {"mode": ["jwt", "guest"]},
            "jwt": {"issuer": "https://sign.in", "audience": "chat", "keys_file": str(place / "keys.json"), "leeway_s": 0, "claim": "name"},
        }))
        # It ends when its standard input does.
        server = subprocess.Popen([ROOT / "scripts/with-server.sh", "sh", "-c", 'echo "$CHAT_FCGI_URL"; exec cat'], text=True,
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | {"CHAT_FCGI_TEST_CONFIG": str(config)})
        cls.addClassCleanup(server.wait)
        cls.addClassCleanup(server.stdin.close)
        cls.addClassCleanup(server.stdout.close)
        cls.url = server.stdout.readline().strip() + "/"

    def sign_in(self, token):
        self.page.get_by_role("button", name="Settings").click()
        settings = self.page.get_by_role("dialog")
        settings.get_by_role("textbox", name="Token or JWT").fill(token)
        settings.get_by_role("button", name="Sign in", exact=True).click()
        return settings

    def sign_out(self, how="Sign out"):
        self.page.get_by_role("button", name="Settings").click()
        self.page.get_by_role("dialog").get_by_role("button", name=how, exact=True).click()
        expect(self.page.locator(".me")).to_contain_text("Guest")

    def test_a_guest_signs_in_takes_the_conversations_along_and_signs_out_here_and_everywhere(self):
        me = self.page.locator(".me")
        row = self.page.locator(".rows .row", has_text="A book about the sea")
        self.say("A book about the sea")
        self.ended()
        settings = self.sign_in("no token at all")
        expect(settings.get_by_role("alert")).to_have_text("The server does not know this token, or it is no longer good.")
        self.page.keyboard.press("Escape")
        first = self.key.token("Ana", "one")
        self.sign_in(first)
        expect(me).to_contain_text("Ana")
        row.locator("a").click()
        expect(self.question).to_contain_text("A book about the sea")
        self.say("And one about mountains")
        expect(self.page.locator(".reply")).to_have_count(2)
        self.ended()

        # Here: this token has ended, and nothing of Ana is left in the browser.
        self.sign_out()
        expect(self.page.locator(".rows .none")).to_be_visible()
        expect(self.page.locator(".question")).to_have_count(0)
        kept = self.page.evaluate("() => JSON.stringify(localStorage)")
        self.assertNotIn("mountains", kept)
        self.assertNotIn(first, kept)
        settings = self.sign_in(first)
        expect(settings.get_by_role("alert")).to_have_text("The server does not know this token, or it is no longer good.")
        self.page.keyboard.press("Escape")

        # Another token of hers holds, until all of them end.
        second, third = self.key.token("Ana", "two"), self.key.token("Ana", "three")
        self.sign_in(second)
        expect(row).to_be_visible()
        self.sign_out("Sign out everywhere")
        settings = self.sign_in(third)
        expect(settings.get_by_role("alert")).to_have_text("The server does not know this token, or it is no longer good.")

    def test_a_token_that_expires_is_told_and_the_next_one_goes_on_with_what_was_typed(self):
        self.sign_in(self.key.token("Ben", "short"))
        expect(self.page.locator(".me")).to_contain_text("Ben")
        self.say("Before it expires")
        self.ended()
        place = self.page.url
        # From now on it is as if the token's time were over.
        expired = self.key.token("Ben", "expired", seconds=-1)
        self.page.route("**/api/**", lambda route: route.continue_(headers=route.request.headers | {"authorization": f"Bearer {expired}"}))
        self.say("After it")
        told = self.page.get_by_role("alert").filter(has_text="You have been signed out")
        expect(told).to_be_visible()
        expect(self.message).to_have_value("After it")
        expect(self.page.locator("#line")).to_contain_text("Signed out")
        told.get_by_role("button", name="Sign in").click()
        settings = self.page.get_by_role("dialog")
        settings.get_by_role("textbox", name="Token or JWT").fill(self.key.token("Ben", "long"))
        self.page.unroute_all()
        settings.get_by_role("button", name="Sign in", exact=True).click()
        expect(self.page.locator(".me")).to_contain_text("Ben")
        self.assertEqual(self.page.url, place)
        expect(self.question).to_contain_text("Before it expires")
        expect(self.message).to_have_value("After it")
        self.message.press("Enter")
        expect(self.page.locator(".reply")).to_have_count(2)
        self.ended()
