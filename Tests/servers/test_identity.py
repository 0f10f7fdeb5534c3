"""Nobody loses a conversation by staying away: guests' tokens near their end, past it, and long past it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import subprocess
import time
import unittest

import starts
from exchange import Exchange
from harness import PROGRAM, Client, Sandbox, ServerCase

GUEST, ME, STREAM, SESSIONS = "/api/v1/auth/guest", "/api/v1/auth/me", "/api/v1/chat/stream", "/api/v1/chat/sessions"
DAY = 86_400
LIFETIME = 30 * DAY


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def claims_of(token: str) -> dict:
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


class IdentityCase(ServerCase):
    place: Sandbox
    client: Client

    def token(self, user: str, age: int, lifetime: int = LIFETIME) -> str:
        """The token that a guest was given `age` seconds ago: signed as the program signs, by another clock."""
        issued = int(time.time()) - age
        claims = {"iss": "chat-fcgi", "sub": user, "iat": issued, "exp": issued + lifetime}
        text = ".".join(base64url(json.dumps(part, separators=(",", ":")).encode()) for part in ({"alg": "HS256", "typ": "JWT"}, claims))
        secret = (self.place.path / "data/token-secret").read_bytes()
        return text + "." + base64url(hmac.new(secret, text.encode(), hashlib.sha256).digest())

    def guest_aged(self, age: int) -> tuple[str, dict, str]:
        """A guest with a conversation `s1`, whose token is of this age: the name, the cookie, the token."""
        guest = self.client.guest()
        self.assert_complete_reply(guest.ask("My word is xylophone", session_id="s1"))
        token = self.token(guest.user_id, age)
        return guest.user_id, {"Cookie": f"chat_fcgi_guest={token}"}, token

    def renewed(self, answer: Exchange) -> dict | None:
        """The claims of the cookie that an answer sets."""
        cookies = answer.head.all("Set-Cookie")
        if not cookies:
            return None
        self.assertEqual(len(cookies), 1)
        name, _, rest = cookies[0].partition("=")
        self.assertEqual(name, "chat_fcgi_guest")
        self.assertIn("; Max-Age=34560000; HttpOnly; SameSite=Lax", rest)
        return claims_of(rest.split(";")[0])

    def assert_fresh(self, claims: dict | None, user: str) -> None:
        self.assertIsNotNone(claims)
        self.assertEqual((claims["sub"], claims["exp"] - claims["iat"]), (user, LIFETIME))
        self.assertLess(abs(claims["iat"] - time.time()), DAY / 2)


class Renewal:
    """Mixed into one class for each way of starting the program."""

    start = None

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.place = cls.shared_sandbox()
        cls.client = cls.start(cls.place)

    def test_from_half_of_its_life_on_any_request_renews_the_cookie(self) -> None:
        user, cookie, _ = self.guest_aged(16 * DAY)
        for what, answer in {
            "a list": self.client.get(SESSIONS, headers=cookie),
            "a stream": self.client.request("POST", STREAM, {"message": "x"}, cookie).finish(),
            "a whole reply": self.client.request("POST", STREAM, {"message": "x"}, cookie | {"Accept": "application/json"}),
            "a chat completion": self.client.post("/api/v2/chat/completions", {}, headers=cookie),
            "who am I": self.client.get(ME, headers=cookie),
            "an export": self.client.get("/api/v1/me/export", headers=cookie),
            "a mistake": self.client.post(STREAM, {}, headers=cookie),
            "nothing of that name": self.client.post("/api/v1/chat/stop", {"message_id": "msg_0"}, headers=cookie),
            "only the head": self.client.request("HEAD", SESSIONS, headers=cookie),
        }.items():
            with self.subTest(what):
                self.assert_fresh(self.renewed(answer), user)

    def test_before_half_of_its_life_the_cookie_stays(self) -> None:
        _, cookie, _ = self.guest_aged(14 * DAY)
        for answer in (self.client.get(SESSIONS, headers=cookie), self.client.get(ME, headers=cookie)):
            self.assertEqual((answer.status, answer.head.all("Set-Cookie")), (200, []))

    def test_a_bearer_token_is_renewed_where_its_client_asks(self) -> None:
        user, _, token = self.guest_aged(16 * DAY)
        client = self.client.with_token(token)
        self.assertEqual(client.get(SESSIONS).head.all("Set-Cookie"), [])
        for method, target in (("GET", ME), ("POST", GUEST)):
            with self.subTest(target):
                answer = client.request(method, target).finish()
                told = answer.json()
                self.assertEqual((answer.status, told["user_id"], answer.head.all("Set-Cookie")), (200, user, []))
                self.assert_fresh(claims_of(told["token"]), user)
                self.assertLess(told["renew_after"], told["expires_at"])
                self.assertEqual(self.client.with_token(told["token"]).get(SESSIONS).status, 200)
        young = self.client.with_token(self.token(user, DAY)).get(ME).json()
        self.assertEqual(set(young), {"user_id", "expires_at", "renew_after"})

    def test_an_expired_token_leads_back_to_the_same_conversations_and_to_nothing_else(self) -> None:
        for age in (31 * DAY, 399 * DAY):
            user, cookie, token = self.guest_aged(age)
            for headers in (cookie, {"Authorization": f"Bearer {token}"}):
                with self.subTest(days=age // DAY, headers=list(headers)):
                    refused = self.client.get(SESSIONS, headers=headers)
                    problem = self.assert_problem(refused, 401)
                    self.assertIn("POST /api/v1/auth/guest", problem["detail"])
                    self.assertIn('error="invalid_token"', refused.head.get("WWW-Authenticate"))
                    self.assertEqual(refused.head.all("Set-Cookie"), [])
                    told = self.client.request("POST", GUEST, headers=headers).json()
                    self.assertEqual((told["user_id"], told["identity_changed"]), (user, False))
                    self.assertNotIn("previous_user_id", told)
                    back = self.client.with_token(told["token"])
                    self.assertEqual([s["session_id"] for s in back.get(SESSIONS).json()["sessions"]], ["s1"])


class BehindNginx(Renewal, IdentityCase):
    start = staticmethod(starts.behind_nginx)

    def test_a_stream_renews_the_cookie_before_it_has_ended(self) -> None:
        user, cookie, _ = self.guest_aged(29 * DAY)
        with self.client.request("GET", "/api/v1/live?session_id=s1", headers=cookie) as stream:
            self.assertEqual(stream.head.get("Content-Type"), "text/event-stream")
            self.assert_fresh(self.renewed(stream), user)

    def test_a_token_that_is_too_old_makes_somebody_new_and_says_so(self) -> None:
        user, cookie, token = self.guest_aged(401 * DAY)
        for headers in (cookie, {"Authorization": f"Bearer {token}"}):
            told = self.client.request("POST", GUEST, headers=headers).json()
            self.assertTrue(told["identity_changed"])
            self.assertEqual(told["previous_user_id"], user)
            self.assertNotEqual(told["user_id"], user)
            new = self.client.with_token(told["token"])
            self.assertEqual(new.get(SESSIONS).json()["sessions"], [])
            # Who goes on as the one before is told, and the conversation's name is not taken.
            answer = new.post(STREAM, {"message": "x", "session_id": "s1", "user_id": user})
            self.assert_problem(answer, 403)
            self.assertEqual(new.get(SESSIONS).json()["sessions"], [])

    def test_what_is_no_token_of_ours_makes_somebody_new_and_says_so(self) -> None:
        forged = self.token("usr_x", DAY)[:-4] + "AAAA"
        for text in ("nonsense", forged, "a.b.c", ""):
            for headers in ({"Cookie": f"chat_fcgi_guest={text}"}, {"Authorization": f"Bearer {text}"}):
                with self.subTest(headers):
                    told = self.client.request("POST", GUEST, headers=headers).json()
                    self.assertTrue(told["identity_changed"])
                    self.assertNotIn("previous_user_id", told)
        told = self.client.request("POST", GUEST, headers={"Cookie": "other=1"}).json()
        self.assertFalse(told["identity_changed"])

    def test_what_the_operator_made_for_a_while_holds_for_that_while(self) -> None:
        command = [PROGRAM, "token", "--user", "robot", "--ttl", "2h", "--config", self.place.configuration_file]
        made = subprocess.run(command, check=True, capture_output=True, text=True, env=self.place.environment()).stdout.strip()
        told = self.client.with_token(made).get(ME).json()
        self.assertEqual(set(told), {"user_id", "expires_at", "renew_after"})
        # Past half of its life it is renewed for as long again; once it has expired, no more.
        told = self.client.with_token(self.token("robot", 5_000, lifetime=7_200)).get(ME).json()
        claims = claims_of(told["token"])
        self.assertEqual((claims["sub"], claims["exp"] - claims["iat"]), ("robot", 7_200))
        told = self.client.with_token(self.token("robot", 7_201, lifetime=7_200)).post(GUEST).json()
        self.assertEqual((told["identity_changed"], told["previous_user_id"]), (True, "robot"))

    def test_who_removes_everything_is_given_no_fresh_cookie(self) -> None:
        _, cookie, _ = self.guest_aged(16 * DAY)
        answer = self.client.request("DELETE", "/api/v1/me", headers=cookie).finish()
        self.assertEqual(answer.status, 204)
        self.assertEqual(
            answer.head.all("Set-Cookie"), ["chat_fcgi_guest=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"])  # fmt: skip

    def test_without_a_token_nobody_is_told_who_they_are(self) -> None:
        self.assert_problem(self.client.get(ME), 401)

    def test_guests_who_ask_together_are_each_told_the_same_user(self) -> None:
        user, cookie, _ = self.guest_aged(40 * DAY)
        answers = [self.client.request("POST", GUEST, headers=cookie) for _ in range(8)]
        self.assertEqual({answer.json()["user_id"] for answer in answers}, {user})


class PlainCGI(Renewal, IdentityCase):
    start = staticmethod(starts.plain_cgi)


class OtherModes(ServerCase):
    def test_where_others_say_who_somebody_is_only_that_is_told(self) -> None:
        place = self.sandbox(auth={"mode": "open"})
        client = starts.own_socket(place)
        self.assertEqual(client.get(ME + "?user_id=ann").json(), {"user_id": "ann"})
        self.assert_problem(client.get(ME), 400)
        self.assert_problem(client.post(GUEST), 404)


if __name__ == "__main__":
    unittest.main()
