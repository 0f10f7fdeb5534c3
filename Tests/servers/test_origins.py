"""A page of another origin changes nothing in the name of somebody whose browser it runs in, on any route."""

from __future__ import annotations

import re
import unittest

import fastcgi
import starts
from exchange import Exchange
from harness import ROOT, Client, FastCGIClient, HTTPClient, Sandbox, ServerCase, cgi_environment
from test_site import TLSClient, start_site

GUEST = "/api/v1/auth/guest"
STREAM = "/api/v1/chat/stream"
FRIEND = "https://app.example.org"
WITHOUT_TYPE = {"Content-Type": None}
# What a form or a script of a page may send anywhere without its browser asking first.
UNDECLARED = (
    None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain;application/json",
)  # fmt: skip


def writing_routes() -> list[tuple[str, str]]:
    """Every route of the OpenAPI file that may change something; a route's test is there as soon as the route is."""
    routes, path = [], ""
    for line in (ROOT / "docs/openapi.yaml").read_text().splitlines():
        if found := re.fullmatch(r"  (/\S+):", line):
            path = re.sub(r"\{\w+\}", "s1", found[1])
        elif found := re.fullmatch(r"    (post|put|patch|delete):", line):
            routes.append((found[1].upper(), path))
    # Last: its own page may do it, too, and then the cookie is nobody's any more.
    return sorted(routes, key=lambda route: route in (("DELETE", "/api/v1/me"), ("POST", "/api/v1/auth/logout")))


def cookie_of(answer: Exchange) -> str | None:
    """The cookie that an answer sets, as the browser sends it back."""
    values = [value.split(";")[0] for value in answer.head.all("Set-Cookie") if "Max-Age=0" not in value]
    return values[0] if values else None


class OriginsCase(ServerCase):
    client: Client

    def own_origin(self) -> str:
        port = self.client.address[1] if isinstance(self.client, HTTPClient) else 80
        return f"http://localhost:{port}"

    def other_scheme(self) -> str:
        scheme, _, rest = self.own_origin().partition(":")
        return ("http" if scheme == "https" else "https") + ":" + rest

    def foreign(self) -> list[dict]:
        return [
            {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": "http://localhost:1"},
            {"Origin": self.other_scheme()}, {"Origin": self.own_origin().replace("local", "x.local")},
            {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
            {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
            {"Origin": self.own_origin(), "Sec-Fetch-Site": "same-site"},
        ]  # fmt: skip

    def own_page(self) -> list[dict]:
        return [
            {}, {"Origin": self.own_origin()}, {"Origin": self.own_origin(), "Sec-Fetch-Site": "same-origin"},
            {"Sec-Fetch-Site": "none"},
        ]  # fmt: skip

    def new_cookie(self) -> dict:
        cookie = cookie_of(self.client.request("POST", GUEST).finish())
        self.assertIsNotNone(cookie)
        return {"Cookie": cookie}

    def sessions(self, cookie: dict) -> list:
        return self.client.get("/api/v1/chat/sessions", headers=cookie).json()["sessions"]

    def assert_refused(self, answer: Exchange, status: int) -> None:
        answer.finish()
        self.assertEqual(answer.status, status, answer.body[:300])
        self.assertIn(b"cross_origin" if status == 403 else b"application/json", answer.body)
        self.assertEqual(answer.head.all("Set-Cookie"), [])

    def assert_taken(self, answer: Exchange) -> None:
        answer.finish()
        self.assertNotIn(answer.status, (401, 403, 405, 415), answer.body[:300])


class Everywhere:
    """Mixed into one class for each web server."""

    start = None

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.client = cls.start(cls.shared_sandbox())

    def test_no_other_origin_replaces_the_guest(self) -> None:
        cookie = self.new_cookie()
        for headers in self.foreign():
            with self.subTest(headers):
                self.assert_refused(self.client.request("POST", GUEST, headers=headers | cookie), 403)
                self.assert_refused(self.client.request("POST", GUEST, headers=headers), 403)
        form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": "https://evil.example"}
        self.assert_refused(self.client.request("POST", GUEST, b"x=1", form | cookie), 415)

    def test_no_other_origin_writes_with_the_cookie(self) -> None:
        cookie = self.new_cookie()
        for headers in self.foreign():
            with self.subTest(headers):
                answer = self.client.request("POST", STREAM, {"message": "x", "session_id": "s1"}, headers | cookie)
                self.assert_refused(answer, 403)
        for kind in UNDECLARED:
            with self.subTest(kind):
                answer = self.client.request(
                    "POST", STREAM, b'{"message":"x","session_id":"s1"}', cookie | {"Content-Type": kind})  # fmt: skip
                self.assert_refused(answer, 415)
        self.assertEqual(self.sessions(cookie), [])

    def test_the_servers_own_page_and_programs_do(self) -> None:
        for headers in self.own_page():
            with self.subTest(headers):
                cookie = self.new_cookie()
                answer = self.client.request("POST", STREAM, {"message": "x", "session_id": "s1"}, headers | cookie)
                self.assert_complete_reply(answer)
                again = self.client.request("POST", GUEST, headers=headers | cookie)
                self.assertFalse(again.json()["identity_changed"])
                gone = self.client.request("DELETE", "/api/v1/chat/sessions/s1", headers=headers | cookie).finish()
                self.assertEqual(gone.status, 204)

    def test_with_a_bearer_token_every_origin_may(self) -> None:
        guest = self.client.guest()
        for headers in self.foreign():
            with self.subTest(headers):
                answer = guest.post("/api/v1/chat/search", {"query": "x"}, headers=headers)
                self.assertEqual(answer.status, 200, answer.body[:300])
        # It is no page of ours that gets the token, so it gets no cookie.
        answer = guest.request("POST", GUEST, headers={"Origin": FRIEND}).finish()
        self.assertEqual((answer.status, answer.head.all("Set-Cookie")), (200, []))


class BehindNginx(Everywhere, OriginsCase):
    start = staticmethod(starts.behind_nginx)

    def test_every_route_refuses_other_origins_and_undeclared_bodies_and_takes_its_own_page(self) -> None:
        routes = writing_routes()
        self.assertGreater(len(routes), 15)
        cookie = self.new_cookie()
        for method, path in routes:
            for headers in self.foreign():
                with self.subTest(f"{method} {path}", headers=headers):
                    self.assert_refused(self.client.request(method, path, headers=headers | cookie), 403)
                    self.assert_refused(self.client.request(method, path, {"message": "x"}, headers | cookie), 403)
            for kind in UNDECLARED:
                with self.subTest(f"{method} {path}", kind=kind):
                    answer = self.client.request(method, path, b'{"message":"x"}', cookie | {"Content-Type": kind})
                    self.assert_refused(answer, 415)
            for headers in self.own_page():
                if path in ("/api/v1/me", "/api/v1/auth/logout"):  # the one before has ended
                    cookie = self.new_cookie()
                with self.subTest(f"{method} {path}", headers=headers):
                    answer = self.client.request(method, path, {}, headers | cookie)
                    if path == "/api/v1/auth/takeover":  # guests have nothing to take over
                        self.assertEqual(self.assert_problem(answer, 403)["code"], "forbidden")
                    else:
                        self.assert_taken(answer)

    def test_reading_is_for_the_browser_to_forbid(self) -> None:
        cookie = self.new_cookie()
        for headers in self.foreign():
            with self.subTest(headers):
                self.assertEqual(self.client.get("/api/v1/chat/sessions", headers=headers | cookie).status, 200)

    def test_a_header_that_comes_twice_is_no_way_round(self) -> None:
        cookie = self.new_cookie()["Cookie"]
        own, evil = f"Origin: {self.own_origin()}", "Origin: https://evil.example"
        host = f"Host: localhost:{self.client.address[1]}"
        for lines, status in (
            ([own, evil, f"Cookie: {cookie}"], 403), ([evil, own, f"Cookie: {cookie}"], 403),
            ([own, f"Cookie: {cookie}"], 200), ([own, f"Cookie: {cookie}", f"Cookie: {cookie}"], 400),
            ([own, f"Cookie: {cookie}", "Cookie: a=b"], 200), ([own, f"Cookie: {cookie}; chat_fcgi_guest=x"], 400),
            ([own, f"Cookie: chat_fcgi_guest=x; {cookie}"], 400),
        ):  # fmt: skip
            with self.subTest(lines):
                head = [f"POST {GUEST} HTTP/1.1", host, "Content-Length: 0", "Connection: close", *lines]
                answer = self.client.raw("\r\n".join(head).encode() + b"\r\n\r\n", "POST").finish()
                self.assertEqual(answer.status, status, answer.body[:300])
                self.assertEqual(cookie_of(answer) is not None, status == 200)

    def test_head_is_get_without_the_body(self) -> None:
        cookie = self.new_cookie()
        self.assert_complete_reply(self.client.request("POST", STREAM, {"message": "x", "session_id": "s1"}, cookie))
        reply = self.client.post("/api/v1/chat/history", {"session_id": "s1"}, headers=cookie).json()["messages"][-1]
        for target in (
            "/healthz", "/readyz", "/api/agent/status", "/api/v1/auth/me", "/api/v1/chat/sessions", "/api/v1/me/usage",
            "/api/v1/me/export", "/api/v2/models", "/api/v1/chat/preferences", "/api/agent/sessions/s1",
            f"/api/v1/chat/stream/{reply['message_id']}", f"/api/chat/stream/{reply['message_id']}",
            "/api/v1/live?session_id=s1", "/api/v1/nowhere", "/api/v1/chat/stop",
        ):  # fmt: skip
            with self.subTest(target):
                head = self.client.request("HEAD", target, headers=cookie).finish()
                # One that goes on is not read to its end.
                with self.client.request("GET", target, headers=cookie) as get:
                    self.assertEqual((head.status, head.body), (get.status, b""))
                    self.assertEqual(head.head.get("Content-Type"), get.head.get("Content-Type"))
                    self.assertEqual(head.head.get("Allow"), get.head.get("Allow"))


class BehindLighttpd(Everywhere, OriginsCase):
    start = staticmethod(starts.behind_lighttpd)


class LighttpdCGI(Everywhere, OriginsCase):
    start = staticmethod(starts.lighttpd_cgi)


class ApacheCGI(Everywhere, OriginsCase):
    start = staticmethod(starts.apache_cgi)


class PlainCGI(Everywhere, OriginsCase):
    start = staticmethod(starts.plain_cgi)


class AnAllowedOrigin(OriginsCase):
    def test_what_the_operator_names_may_write_and_be_given_a_token(self) -> None:
        self.client = starts.behind_nginx(self.sandbox(auth={"mode": "guest", "allowed_origins": [FRIEND]}))
        friend = {"Origin": FRIEND, "Sec-Fetch-Site": "cross-site"}
        answer = self.client.request("POST", GUEST, headers=friend).finish()
        self.assertEqual(answer.status, 200)
        cookie = {"Cookie": cookie_of(answer)}
        self.assert_complete_reply(self.client.request("POST", STREAM, {"message": "x"}, friend | cookie))
        for headers in self.foreign():
            with self.subTest(headers):
                self.assert_refused(self.client.request("POST", GUEST, headers=headers), 403)


class SignedInByTheWebServer(OriginsCase):
    def test_a_password_that_browsers_send_by_themselves_is_no_better_than_a_cookie(self) -> None:
        place = self.sandbox(auth={"mode": "proxy"})
        place.serve()
        self.assertEqual(self.as_ann(place, {}), 200)
        self.assertEqual(self.as_ann(place, {"HTTP_ORIGIN": "http://localhost", "HTTP_HOST": "localhost"}), 200)
        for headers in ({"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_SEC_FETCH_SITE": "same-site"}):
            self.assertEqual(self.as_ann(place, headers), 403)
        self.assertEqual(self.as_ann(place, {"CONTENT_TYPE": "text/plain"}), 415)

    @staticmethod
    def as_ann(place: Sandbox, variables: dict) -> int:
        body = b'{"query":"x"}'
        headers = {"Content-Type": "application/json", "Authorization": "Basic YW5uOng="}
        environment = cgi_environment("POST", "/api/v1/chat/search", headers, body) | {"REMOTE_USER": "ann"} | variables
        return FastCGIClient(place.socket).raw(fastcgi.request(environment, body)).finish().status


class WithTLS(OriginsCase):
    client: TLSClient

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        place = cls.shared_sandbox()
        place.serve()
        cls.client, cls.plain = start_site(place)

    def own_origin(self) -> str:
        return f"https://localhost:{self.client.address[1]}"

    def test_the_cookie_is_one_that_only_this_host_can_set(self) -> None:
        given = self.client.request("POST", GUEST, headers={"Origin": self.own_origin()}).finish()
        first, second = given.head.all("Set-Cookie")
        self.assertTrue(first.startswith("__Host-chat_fcgi_guest=ey"), first)
        for attribute in ("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax", "; Max-Age=34560000"):
            self.assertIn(attribute, first)
        self.assertNotIn("Domain", first)
        self.assertTrue(second.startswith("chat_fcgi_guest=; ") and "Max-Age=0" in second, second)
        cookie = {"Cookie": first.split(";")[0]}
        self.assertEqual(self.client.get("/api/v1/auth/me", headers=cookie).json()["user_id"], given.json()["user_id"])

    def test_the_cookie_of_before_counts_and_is_replaced(self) -> None:
        guest = self.client.guest()
        old = {"Cookie": f"chat_fcgi_guest={guest.token}"}
        answer = self.client.request("POST", STREAM, {"message": "x", "session_id": "s1"}, old | {"Origin": self.own_origin()})
        self.assert_complete_reply(answer)
        moved = cookie_of(answer)
        self.assertTrue(moved.startswith("__Host-chat_fcgi_guest="), moved)
        self.assertTrue(any(value.startswith("chat_fcgi_guest=; ") for value in answer.head.all("Set-Cookie")))
        self.assertEqual(len(self.sessions({"Cookie": moved})), 1)
        # From then on a planted cookie of the old name, which any other host of the domain can set, is not looked at.
        mallory = self.client.guest()
        planted = {"Cookie": f"chat_fcgi_guest={mallory.token}; {moved}; chat_fcgi_guest={mallory.token}"}
        answer = self.client.get("/api/v1/auth/me", headers=planted)
        self.assertEqual(answer.json()["user_id"], guest.user_id)
        self.assertEqual(answer.head.all("Set-Cookie"), [])

    def test_origins_are_compared_with_scheme_and_port(self) -> None:
        for headers in self.foreign():
            with self.subTest(headers):
                self.assert_refused(self.client.request("POST", GUEST, headers=headers), 403)
        self.assertEqual(self.client.request("POST", GUEST, headers={"Origin": self.own_origin().upper()}).status, 200)

    def test_who_removes_everything_keeps_no_cookie(self) -> None:
        guest = self.client.guest()
        answer = self.client.request("DELETE", "/api/v1/me", headers={"Cookie": f"chat_fcgi_guest={guest.token}"}).finish()
        self.assertEqual(answer.status, 204)
        self.assertEqual(
            sorted(value.split("=")[0] for value in answer.head.all("Set-Cookie")), ["__Host-chat_fcgi_guest", "chat_fcgi_guest"])  # fmt: skip
        self.assertTrue(all("=; " in value and "Max-Age=0" in value for value in answer.head.all("Set-Cookie")))


if __name__ == "__main__":
    unittest.main()
