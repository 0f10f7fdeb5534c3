"""Tokens of a sign-in service, names that a web server gives, and tokens that end before their time."""

from __future__ import annotations

import base64
import http.server
import json
import socket
import subprocess
import threading
import time
import unittest
from pathlib import Path

import fastcgi
import starts
from exchange import Exchange
from harness import PROGRAM, CGIClient, Client, FastCGIClient, Sandbox, ServerCase, cgi_environment, tool, wait_until

ME, LOGOUT, GUEST, SESSIONS = "/api/v1/auth/me", "/api/v1/auth/logout", "/api/v1/auth/guest", "/api/v1/chat/sessions"


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Key:
    """A key of Ed25519, by the openssl program."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.file = folder / f"{name}.pem"
        self.run("genpkey", "-algorithm", "ed25519", "-out", self.file)
        # The last 32 bytes of its SubjectPublicKeyInfo.
        self.public = self.run("pkey", "-in", self.file, "-pubout", "-outform", "DER")[-32:]

    @staticmethod
    def run(*words) -> bytes:
        return subprocess.run([tool("openssl"), *map(str, words)], check=True, capture_output=True).stdout

    @property
    def jwk(self) -> dict:
        return {"kty": "OKP", "crv": "Ed25519", "kid": self.name, "use": "sig", "x": base64url(self.public)}

    def sign(self, claims: dict, header: dict | None = None) -> str:
        header = {"alg": "EdDSA", "kid": self.name} | (header or {})
        text = ".".join(base64url(json.dumps(part).encode()) for part in (header, claims))
        file = self.file.with_suffix(".text")
        file.write_bytes(text.encode())
        return text + "." + base64url(self.run("pkeyutl", "-sign", "-rawin", "-inkey", self.file, "-in", file))


class Issuer:
    """A sign-in service on this machine, as far as its keys go."""

    def __init__(self, folder: Path) -> None:
        self.keys = [Key(folder, "first")]
        self.questions: list[str] = []
        # Seconds until it answers.
        self.delay = 0.0
        issuer = self

        class Answer(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                issuer.questions.append(self.path)
                time.sleep(issuer.delay)
                documents = {
                    "/realm/.well-known/openid-configuration": {"issuer": issuer.address, "jwks_uri": issuer.address + "/keys"},
                    "/realm/keys": {"keys": [key.jwk for key in issuer.keys]},
                }
                body = json.dumps(documents.get(self.path)).encode()
                self.send_response(200 if self.path in documents else 404)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *words) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/realm"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def token(self, user: str, key: Key | None = None, header: dict | None = None, **claims) -> str:
        now = int(time.time())
        good = {"sub": "subject", "name": user, "iss": self.address, "aud": "chat", "iat": now, "exp": now + 600}
        return (key or self.keys[0]).sign(good | claims, header)

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class SignInService(ServerCase):
    place: Sandbox
    client: Client

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        keys = Sandbox(with_program=False)
        cls.addClassCleanup(keys.close)
        cls.issuer = Issuer(keys.path)
        cls.addClassCleanup(cls.issuer.close)
        cls.place = cls.shared_sandbox(
            auth={"mode": ["jwt", "proxy", "guest"]}, jwt={"issuer": cls.issuer.address, "audience": "chat", "claim": "name"}
        )
        cls.client = starts.own_socket(cls.place)
        cls.other = Key(keys.path, "other")

    def assert_ended(self, token: str, client: Client | None = None) -> None:
        answer = (client or self.client).with_token(token).get(ME)
        self.assert_problem(answer, 401)
        self.assertIn('error="invalid_token"', answer.head.get("WWW-Authenticate"))

    def test_a_token_is_its_user_in_every_way_of_sending_it(self) -> None:
        token = self.issuer.token("alice@example.org")
        ann = self.client.with_token(token)
        me = ann.get(ME).json()
        self.assertEqual(me["name"], "alice@example.org")
        self.assertTrue(me["user_id"].startswith("name_"))
        self.assert_complete_reply(ann.ask("My word is xylophone", session_id="s1", user_id="alice@example.org"))
        for name in ("X-API-Key", "Api-Key"):
            self.assertEqual(self.client.get(ME, headers={name: token}).json(), me)
        self.assertEqual(ann.get(f"{ME}?user_id={me['user_id']}").json(), me)
        self.assert_problem(ann.get(f"{ME}?user_id=bob"), 403)
        bob = self.client.with_token(self.issuer.token("bob"))
        self.assertEqual(bob.get(ME).json()["user_id"], "bob")
        self.assertEqual(bob.get(SESSIONS).json()["sessions"], [])
        export = subprocess.run(
            [PROGRAM, "user", "export", "alice@example.org"], check=True, capture_output=True, text=True, env=self.place.environment()
        )
        self.assertIn("xylophone", export.stdout)

    def test_a_sign_in_has_a_line_in_the_log_and_what_follows_has_none(self) -> None:
        process, cgi = self.place.processes[0], CGIClient(self.place, [PROGRAM])
        before = process.log_text.count("event=signed_in")
        token = self.issuer.token("erin@example.org")
        for client in (self.client, cgi, self.client):
            self.assertEqual(client.with_token(token).get(ME).status, 200)
        self.assertEqual(self.client.with_token(self.issuer.token("erin@example.org", jti="2")).get(ME).status, 200)
        self.assertEqual(process.log_text.count("event=signed_in"), before + 2)
        self.assertNotIn("erin", process.log_text)

    def test_forged_tokens_and_those_of_other_services_are_nobodys(self) -> None:
        good = self.issuer.token("bob")
        head, claims, signature = good.split(".")
        none = base64url(b'{"alg":"none"}')
        now = int(time.time())
        for token in [
            self.issuer.token("bob", key=self.other), self.issuer.token("bob", key=self.other, header={"kid": "first"}),
            self.issuer.token("bob", header={"kid": "unknown"}), self.issuer.token("bob", header={"crit": ["exp"]}),
            self.issuer.token("bob", header={"typ": "logout+jwt"}), self.issuer.token("bob", aud="mail"),
            self.issuer.token("bob", iss="https://other.example"), self.issuer.token("bob", exp=now - 31),
            self.issuer.token("bob", nbf=now + 90), self.issuer.token("a\nb"), self.issuer.token(""), f"{none}.{claims}.",
            f"{none}.{claims}.{signature}", good + "=", good[:-1], "x", "",
        ]:  # fmt: skip
            self.assert_problem(self.client.with_token(token).get(SESSIONS), 401)
        log = (self.place.path / "chat-fcgi.log").read_text() if (self.place.path / "chat-fcgi.log").exists() else ""
        self.assertNotIn(signature, log)
        # However many of them there were, the issuer was asked a few times at most.
        self.assertLessEqual(len(self.issuer.questions), 8)

    def test_guests_and_the_web_servers_users_are_served_beside(self) -> None:
        guest = self.client.guest()
        self.assertEqual(guest.get(ME).json()["user_id"], guest.user_id)
        cookie = {"Cookie": f"chat_fcgi_guest={guest.token}"}
        self.assertEqual(self.client.get(ME, headers=cookie).json()["user_id"], guest.user_id)
        for name in ["alice@example.org", "DOMAIN\\alice", "Zoë Müller", "山田"]:
            me = self.as_web_server_says(name).json()
            self.assertEqual(me["name"], name)
            self.assertTrue(me["user_id"].startswith("name_"))
        self.assertEqual(self.as_web_server_says("carol").json(), {"user_id": "carol", "name": "carol"})
        self.assertNotEqual(self.as_web_server_says(guest.user_id).json()["user_id"], guest.user_id)
        for name in ["a\nb", "\x7f", "   ", "x" * 257]:
            self.assert_problem(self.as_web_server_says(name), 401)

    def as_web_server_says(self, name: str) -> Exchange:
        assert isinstance(self.client, FastCGIClient)
        environment = cgi_environment("GET", ME, {}, b"") | {"REMOTE_USER": name}
        return self.client.raw(fastcgi.request(environment, b"")).finish()

    def test_a_stolen_token_ends_with_a_logout_in_all_processes(self) -> None:
        cgi = CGIClient(self.place, [PROGRAM])
        guest = self.client.guest()
        self.assert_complete_reply(guest.ask("My word is xylophone", session_id="s1"))
        fresh = cgi.with_token(guest.token).post(LOGOUT, {"scope": "elsewhere"})
        self.assertEqual(fresh.status, 200)
        self.assert_ended(guest.token)
        # Nor is it renewed.
        renewed = self.client.with_token(guest.token).post(GUEST).json()
        self.assertTrue(renewed["identity_changed"])
        self.assertNotEqual(renewed["user_id"], guest.user_id)
        again = self.client.with_token(fresh.json()["token"])
        self.assertEqual(len(again.get(SESSIONS).json()["sessions"]), 1)
        answer = again.post(LOGOUT)
        self.assertEqual(answer.status, 204)
        self.assertIn("Max-Age=0", answer.head.get("Set-Cookie"))
        for client in (self.client, cgi):
            self.assert_ended(fresh.json()["token"], client)
        self.assert_problem(self.client.guest().post(LOGOUT, {"scope": "nowhere"}), 400, "scope")

    def test_removing_everything_ends_every_token(self) -> None:
        guest = self.client.guest()
        renewed = self.client.with_token(guest.token).post(GUEST).json()["token"]
        self.assertEqual(guest.request("DELETE", "/api/v1/me").finish().status, 204)
        for token in (guest.token, renewed):
            self.assert_ended(token)

    def test_the_operator_ends_a_users_tokens(self) -> None:
        guest = self.client.guest()
        run = {"check": True, "capture_output": True, "text": True, "env": self.place.environment()}
        subprocess.run([PROGRAM, "user", "logout", guest.user_id], **run)
        self.assert_ended(guest.token)
        made = subprocess.run([PROGRAM, "token", "--user", guest.user_id], **run).stdout.strip()
        self.assertEqual(self.client.with_token(made).get(ME).json()["user_id"], guest.user_id)

    def test_an_issuers_token_ends_with_a_logout(self) -> None:
        token, other = self.issuer.token("dora", jti="1"), self.issuer.token("dora", jti="2")
        stream = self.client.with_token(other).request("GET", "/api/v1/me/events")
        self.addCleanup(stream.close)
        events = stream.events()
        self.assertEqual(next(events).type, "events_started")
        self.assertEqual(self.client.with_token(token).post(LOGOUT).status, 204)
        self.assert_ended(token)
        self.assertEqual(self.client.with_token(other).post(LOGOUT, {"scope": "everywhere"}).status, 204)
        self.assert_ended(other)
        # The other token's logout was not its end; this one is.
        self.assertEqual([event.type for event in events], ["events_ended"])
        later = self.issuer.token("dora", iat=int(time.time()) + 20)
        self.assertEqual(self.client.with_token(later).get(ME).json()["user_id"], "dora")

    def test_keys_are_changed_and_outlast_their_issuer(self) -> None:
        # A process for each request: what it knows is in the data folder.
        cgi = CGIClient(self.place, [PROGRAM])
        self.assertEqual(cgi.with_token(self.issuer.token("bob")).get(ME).json()["user_id"], "bob")
        old, new = self.issuer.keys[0], Key(self.place.path, "second")
        self.issuer.keys = [new]
        self.addCleanup(setattr, self.issuer, "keys", [old])
        token = self.issuer.token("bob")
        file = self.place.path / "data/issuer-keys.json"
        kept = json.loads(file.read_text())
        # The issuer was asked a moment ago.
        kept["asked_at"] = int(time.time())
        file.write_text(json.dumps(kept))
        asked = len(self.issuer.questions)
        self.assert_ended(token, cgi)
        self.assertEqual(len(self.issuer.questions), asked)
        kept["asked_at"] -= 60
        file.write_text(json.dumps(kept))
        self.assertEqual(cgi.with_token(token).get(ME).json()["user_id"], "bob")
        self.assert_ended(self.issuer.token("bob", key=old), cgi)
        # Nobody answers any more, and the keys are old.
        kept = json.loads(file.read_text()) | {"asked_at": 0, "fetched_at": 1}
        file.write_text(json.dumps(kept | {"address": self.issuer.address}))
        self.issuer.keys = []
        self.assertEqual(cgi.with_token(token).get(ME).json()["user_id"], "bob")


class WithoutIssuer(ServerCase):
    def test_an_issuer_that_accepts_and_never_answers_holds_up_nobody_else(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            issuer = f"http://127.0.0.1:{silent.getsockname()[1]}/realm"
            place = self.sandbox(auth={"mode": ["jwt", "guest"]}, jwt={"issuer": issuer})
            client = starts.own_socket(place)
            token = ".".join(base64url(part) for part in (b'{"alg":"EdDSA"}', b'{"sub":"a"}', b"x" * 64))
            waiting = [client.with_token(token).request("GET", ME) for _ in range(20)]
            question, _ = silent.accept()
            self.addCleanup(question.close)
            # A token of the program's own is no reason to ask the issuer, nor to wait for it.
            guest = client.guest()
            self.assertEqual(guest.get(ME).json()["user_id"], guest.user_id)
            self.assert_complete_reply(guest.ask())
            for answer in waiting:
                self.assertEqual(self.assert_problem(answer.finish(), 503)["code"], "issuer_unavailable")

    def test_a_slow_issuers_keys_are_fetched_by_one_process_of_plain_cgi_and_kept(self) -> None:
        place = self.sandbox(with_program=False)
        issuer = Issuer(place.path)
        self.addCleanup(issuer.close)
        place = self.sandbox(auth={"mode": "jwt"}, jwt={"keys_url": issuer.address + "/keys", "issuer": issuer.address, "claim": "name"})
        # Longer than a process waits that has others to answer.
        issuer.delay = 6
        cgi = CGIClient(place, [PROGRAM]).with_token(issuer.token("bob"))
        first = cgi.request("GET", ME)
        wait_until("the first process has asked", lambda: issuer.questions)
        # Meanwhile nobody else waits.
        self.assertEqual(self.assert_problem(cgi.get(ME), 503)["code"], "issuer_unavailable")
        self.assertEqual(first.finish().status, 200)
        self.assertEqual(cgi.get(ME).json()["user_id"], "bob")
        self.assertEqual(issuer.questions, ["/realm/keys"])

    def test_an_issuer_that_never_answered_is_no_fault_of_the_token(self) -> None:
        place = self.sandbox(auth={"mode": "jwt"}, jwt={"issuer": "http://127.0.0.1:9/realm"})
        token = ".".join(base64url(part) for part in (b'{"alg":"EdDSA"}', b'{"sub":"a"}', b"x" * 64))
        answer = CGIClient(place, [PROGRAM]).with_token(token).get(ME)
        self.assertEqual(self.assert_problem(answer, 503)["code"], "issuer_unavailable")

    def test_check_reads_the_file_of_keys(self) -> None:
        place = self.sandbox(auth={"mode": "jwt"}, jwt={"keys_file": "jwks.json", "audience": "chat"})
        file = place.path / "jwks.json"

        def check() -> subprocess.CompletedProcess:
            return subprocess.run([PROGRAM, "check"], capture_output=True, text=True, check=False, env=place.environment(), cwd=place.path)

        self.assertEqual(check().returncode, 78)
        file.write_text(json.dumps({"keys": [{"kty": "oct", "k": base64url(b"k" * 32)}, {"kty": "oct", "k": "eA"}]}))
        file.chmod(0o644)
        self.assertIn("chmod 600", check().stderr)
        file.chmod(0o600)
        result = check()
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("HS256", result.stdout)
        self.assertIn("key 2 is not used", result.stdout)
        self.assertIn("without jwt.issuer and jwt.audience", result.stdout)


if __name__ == "__main__":
    unittest.main()
