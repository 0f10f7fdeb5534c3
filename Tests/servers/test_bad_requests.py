"""Bad input gets a problem that names what is wrong, through every kind of server, and leaves nothing behind."""

from __future__ import annotations

import json
import unittest
from dataclasses import dataclass, field

import fastcgi
import starts
from exchange import joined
from harness import Client, FastCGIClient, HTTPClient, ServerCase, cgi_environment

MIB = 1_048_576
STREAM = "/api/v1/chat/stream"
HISTORY = "/api/v1/chat/history"
PREFERENCES = "/api/v1/chat/preferences/update"


@dataclass
class Bad:
    """A request and the status it must get; `names` is the field that the problem must name."""

    what: str
    status: int
    body: object = None
    names: str | None = None
    method: str = "POST"
    target: str = STREAM
    headers: dict = field(default_factory=dict)


def message(value, **more) -> dict:
    return {"message": value} | more


NOT_JSON = [
    Bad("no body", 400, b""),
    Bad("words", 400, b"hello"),
    Bad("an object that does not end", 400, b'{"message":"x"'),
    Bad("something after the object", 400, b'{"message":"x"} {"message":"y"}'),
    Bad("a comma too many", 400, b'{"message":"x",}'),
    Bad("single quotes", 400, b"{'message':'x'}"),
    Bad("a number with a leading zero", 400, b'{"message":"x","metadata":{"n":01}}'),
    Bad("not a number", 400, b'{"message":"x","metadata":{"n":NaN}}'),
    Bad("a raw line feed in a string", 400, b'{"message":"a\nb"}'),
    Bad("a byte that is not UTF-8", 400, b'{"message":"a\xff"}'),
    Bad("UTF-8 cut in the middle", 400, b'{"message":"\xc3"}'),
    Bad("an overlong form", 400, b'{"message":"\xc0\xaf"}'),
    Bad("a surrogate in UTF-8", 400, b'{"message":"\xed\xa0\x80"}'),
    Bad("half a surrogate pair", 400, b'{"message":"\\ud800"}'),
    Bad("nested too deeply", 400, b'{"message":"x","metadata":' + b'{"a":' * 5_000 + b"1" + b"}" * 5_001),
    Bad("an array", 400, b'["message"]'),
    Bad("a string", 400, b'"message"'),
    Bad("a number", 400, b"1"),
    Bad("null", 400, b"null"),
]

WRONG_FIELDS = [
    Bad("no message", 400, {}, "message"),
    Bad("null as message", 400, message(None), "message"),
    Bad("a number as message", 400, message(1), "message"),
    Bad("a truth value as message", 400, message(True), "message"),
    Bad("an array as message", 400, message(["x"]), "message"),
    Bad("an object as message", 400, message({"text": "x"}), "message"),
    Bad("an empty message", 400, message(""), "message"),
    Bad("a message of 32,769 bytes", 400, message("x" * 32_769), "message"),
    Bad("16,385 characters in 32,770 bytes", 400, message("é" * 16_385), "message"),
    Bad("an empty session_id", 400, message("x", session_id=""), "session_id"),
    Bad("a space in session_id", 400, message("x", session_id="a b"), "session_id"),
    Bad("a slash in session_id", 400, message("x", session_id="../etc"), "session_id"),
    Bad("a line feed in session_id", 400, message("x", session_id="a\n"), "session_id"),
    Bad("letters beyond ASCII in session_id", 400, message("x", session_id="sé"), "session_id"),
    Bad("a session_id of 129", 400, message("x", session_id="s" * 129), "session_id"),
    Bad("a number as session_id", 400, message("x", session_id=7), "session_id"),
    Bad("a number as user_id", 400, message("x", user_id=7), "user_id"),
    Bad("an impossible user_id", 400, message("x", user_id="a b"), "user_id"),
    Bad("another's user_id", 403, message("x", user_id="usr_somebody-else")),
    Bad("an array as metadata", 400, message("x", metadata=[]), "metadata"),
    Bad("metadata of more than 8 KiB", 400, message("x", metadata={"k": "v" * 8_192}), "metadata"),
    Bad("a key twice", 400, b'{"message":"x","message":"y"}'),
    Bad("a key twice, once escaped", 400, b'{"message":"x","\\u006dessage":"y"}'),
    Bad("a key twice further in", 400, b'{"message":"x","metadata":{"a":1,"a":2}}'),
    Bad("an Idempotency-Key with a space", 400, message("x"), headers={"Idempotency-Key": "a b"}),
    Bad("an Idempotency-Key of 129", 400, message("x"), headers={"Idempotency-Key": "k" * 129}),
    Bad("limit 0", 400, {"session_id": "s", "limit": 0}, "limit", target=HISTORY),
    Bad("limit 201", 400, {"session_id": "s", "limit": 201}, "limit", target=HISTORY),
    Bad("limit as a string", 400, {"session_id": "s", "limit": "5"}, "limit", target=HISTORY),
    Bad("limit true", 400, {"session_id": "s", "limit": True}, "limit", target=HISTORY),
    Bad("limit 1.5", 400, {"session_id": "s", "limit": 1.5}, "limit", target=HISTORY),
    Bad("limit 1e300", 400, b'{"session_id":"s","limit":1e300}', "limit", target=HISTORY),
    Bad("a huge limit", 400, b'{"session_id":"s","limit":' + b"9" * 400 + b"}", target=HISTORY),
    Bad("no session", 400, {}, "session_id", target=HISTORY),
    Bad("an unknown type of preference", 400, {"type": "colour", "override": {"value": "x", "weight": 1}}, "type",
        target=PREFERENCES),
    Bad("a weight of 2", 400, {"type": "topic", "override": {"value": "x", "weight": 2}}, target=PREFERENCES),
    Bad("a day that does not exist", 400, {"type": "topic", "override": {"value": "x", "weight": 1},
        "timestamp": "2024-02-30T00:00:00Z"}, "timestamp", target=PREFERENCES),
    Bad("another's user_id in the query", 403, {"type": "topic", "override": {"value": "x", "weight": 1}},
        target=PREFERENCES + "?user_id=usr_somebody-else"),
]  # fmt: skip

WRONG_REQUESTS = [
    Bad("a body above 1 MiB", 413, b'{"message":"x"}' + b" " * (MIB - 14)),
    Bad("text/plain", 415, b'{"message":"x"}', headers={"Content-Type": "text/plain"}),
    Bad("a form", 415, b'{"message":"x"}', headers={"Content-Type": "application/x-www-form-urlencoded"}),
    Bad("nearly JSON", 415, b'{"message":"x"}', headers={"Content-Type": "application/jsonx"}),
    Bad("an unknown path", 404, method="GET", target="/api/v1/nowhere"),
    Bad("an unknown version", 404, message("x"), target="/api/v9/chat/stream"),
    Bad("a path that only begins like a known one", 404, message("x"), target=STREAM + "ing"),
    Bad("GET for a POST", 405, method="GET"),
    Bad("PUT for a POST", 405, message("x"), method="PUT"),
    Bad("DELETE for a POST", 405, method="DELETE"),
    Bad("POST for a GET", 405, {}, target="/api/v1/chat/sessions"),
    Bad("an unknown method", 405, method="BREW"),
    Bad("no identity", 401, message("x"), headers={"Authorization": None}),
    Bad("a token of nobody", 401, message("x"), headers={"Authorization": "Bearer nonsense"}),
    Bad("a token without its signature", 401, message("x"),
        headers={"Authorization": "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1c3JfMSJ9."}),
    Bad("a line feed in the path", 404, method="GET", target="/api/v1/no%0Awhere"),
]  # fmt: skip

EVERYTHING = NOT_JSON + WRONG_FIELDS + WRONG_REQUESTS


class BadRequests:
    start = None
    everything = EVERYTHING
    client: Client

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.client = cls.start(cls.shared_sandbox())

    def stored(self, guest: Client) -> tuple:
        sessions = guest.get("/api/v1/chat/sessions")
        self.assertEqual(sessions.status, 200, sessions.body[:300])
        histories = [guest.history(session["session_id"]) for session in sessions.json()["sessions"]]
        preferences = guest.get("/api/v1/chat/preferences")
        self.assertEqual(preferences.status, 200, preferences.body[:300])
        return sessions.json(), histories, preferences.json()

    def test_bad_input_is_named_and_nothing_is_stored(self) -> None:
        guest = self.client.guest()
        self.assert_complete_reply(guest.ask("before", session_id="s"))
        before = self.stored(guest)
        for bad in self.everything:
            with self.subTest(bad.what):
                answer = guest.request(bad.method, bad.target, bad.body, bad.headers)
                self.assert_problem(answer, bad.status, bad.names)
                if bad.status == 405:
                    allowed = (answer.head.get("Allow") or "").replace(" ", "").split(",")
                    self.assertIn("GET" if bad.target.endswith("sessions") else "POST", allowed)
                if bad.status == 401:
                    self.assertTrue((answer.head.get("WWW-Authenticate") or "").startswith("Bearer"))
        self.assertEqual(self.stored(guest), before)
        self.assertEqual([m["content"] for m in guest.history("s")["messages"] if m["role"] == "user"], ["before"])

    def test_the_limits_themselves_are_allowed(self) -> None:
        guest = self.client.guest()
        self.assert_complete_reply(guest.ask("x" * 32_768))
        self.assert_complete_reply(guest.ask(session_id="aZ09._:-" * 16))
        body = json.dumps(message("a whole MiB")).encode()
        self.assert_complete_reply(guest.request("POST", STREAM, body + b" " * (MIB - len(body))))
        self.assert_complete_reply(
            guest.request("POST", STREAM, message("x", unknown=1), {"Content-Type": "Application/JSON; charset=utf-8"})
        )

    def test_an_id_may_begin_with_a_sign_that_joins_the_slash_before_it(self) -> None:
        guest = self.client.guest()
        for name in ("%F0%9F%8F%BB", "%CC%81a", "%E2%83%A3"):
            with self.subTest(name):
                self.assertEqual(guest.request("DELETE", f"/api/v1/chat/books/{name}").finish().status, 204)

    def test_a_request_id_that_could_do_harm_is_not_repeated(self) -> None:
        for bad in ("a b", "x" * 129, "<script>", "a;b=c"):
            with self.subTest(bad):
                answer = self.client.get("/healthz", headers={"X-Request-Id": bad})
                self.assertEqual(answer.status, 200)
                self.assertNotEqual(answer.head.get("X-Request-Id"), bad)
                self.assertTrue(answer.head.get("X-Request-Id"))


class OwnSocket(BadRequests, ServerCase):
    start = staticmethod(starts.own_socket)
    client: FastCGIClient

    def declared(self, guest: Client, length: str | None, body: bytes):
        """A body whose CONTENT_LENGTH says something else."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {guest.token}"}
        environment = cgi_environment("POST", STREAM, headers, body)
        if length is None:
            del environment["CONTENT_LENGTH"]
        else:
            environment["CONTENT_LENGTH"] = length
        return self.client.raw(fastcgi.request(environment, body))

    def test_a_body_of_another_length_than_declared_is_refused(self) -> None:
        guest = self.client.guest()
        before = self.stored(guest)
        body = json.dumps(message("cut off")).encode()
        for what, length in (
            ("shorter than declared", len(body) + 10), ("longer than declared", len(body) - 1), ("declared empty", 0),
        ):  # fmt: skip
            with self.subTest(what):
                self.assert_problem(self.declared(guest, str(length), body), 400)
        # What is left of a longer body must not become a request of its own, nor hold the answer up.
        with self.subTest("a whole second object beyond the declared length"):
            self.assert_problem(self.declared(guest, str(len(body)), body + body), 400)
        self.assertEqual(self.stored(guest), before)

    def test_a_length_that_is_none_is_refused(self) -> None:
        guest = self.client.guest()
        before = self.stored(guest)
        body = json.dumps(message("x")).encode()
        for length in ("-1", "abc", "0x10", "+5", " ", "18446744073709551616", "9" * 40, f"{len(body)},{len(body)}"):
            with self.subTest(length):
                answer = self.declared(guest, length, body).finish()
                self.assertIn(answer.status, (400, 413), answer.body[:300])
                self.assert_problem(answer, answer.status)
        self.assertEqual(self.stored(guest), before)

    def test_a_gigabyte_is_refused_before_it_has_come(self) -> None:
        guest = self.client.guest()
        before = self.stored(guest)
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {guest.token}"}
        environment = cgi_environment("POST", STREAM, headers, b"") | {"CONTENT_LENGTH": "1000000000"}
        begun = fastcgi.begin() + fastcgi.stream(fastcgi.PARAMS, fastcgi.pairs(environment))
        # The first tenth of a per cent; the rest never comes, and neither does the end of the body.
        self.assert_problem(self.client.raw(begun + fastcgi.record(fastcgi.STDIN, b" " * 50_000) * 20), 413)
        self.assertEqual(self.stored(guest), before)

    def test_bodies_in_records_of_every_size_are_read_whole(self) -> None:
        guest = self.client.guest()
        body = json.dumps(message("in pieces", session_id="pieces")).encode()
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {guest.token}"}
        environment = cgi_environment("POST", STREAM, headers, body)
        for piece in (1, 2, 7, 8, 255, 256):
            with self.subTest(piece):
                request = (
                    fastcgi.begin()
                    + fastcgi.stream(fastcgi.PARAMS, fastcgi.pairs(environment), piece=piece)
                    + fastcgi.stream(fastcgi.STDIN, body, piece=piece)
                )
                self.assert_complete_reply(self.client.raw(request))


class BehindNginx(BadRequests, ServerCase):
    start = staticmethod(starts.behind_nginx)
    client: HTTPClient

    def test_a_body_in_chunks_is_read_like_any_other(self) -> None:
        guest = self.client.guest()
        body = json.dumps(message("in chunks")).encode()
        head = (
            f"POST {STREAM} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {guest.token}\r\nConnection: close\r\n"
            "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        ).encode()
        chunks = b"".join(b"1\r\n" + bytes([byte]) + b"\r\n" for byte in body) + b"0\r\n\r\n"
        self.assert_complete_reply(self.client.raw(head + chunks, "POST"))

    def test_an_idempotency_key_that_cannot_be_one_is_refused_in_every_dialect(self) -> None:
        guest = self.client.guest()
        completion = {"model": "x", "messages": [{"role": "user", "content": "x"}]}
        for target, body in (
            (STREAM, message("x")), ("/api/v1/chat/regenerate", {"message_id": "msg_0"}), ("/stream-chat", message("x")),
            ("/api/agent/chat", message("x")), ("/api/chat/stream", message("x", assistantType="general")),
            ("/api/v2/chat/completions", completion), ("/api/v2/chat/completions", completion | {"store": True}),
        ):  # fmt: skip
            for key in ("a b", "k" * 129, "é"):
                with self.subTest(target, key=key):
                    answer = guest.post(target, body, headers={"Idempotency-Key": key.encode().decode("latin-1")})
                    self.assertEqual(answer.status, 400, answer.body[:300])
                    self.assertIn(b"Idempotency-Key", answer.body)
        self.assertEqual(guest.get("/api/v1/chat/sessions").json()["sessions"], [])

    def test_an_idempotency_key_of_another_request_is_refused_in_every_dialect(self) -> None:
        guest = self.client.guest()
        reply = guest.ask("first", session_id="k").all_events()[0].value["reply_id"]
        completion = {"model": "noah", "store": True, "messages": [{"role": "user", "content": "first"}]}
        parts = completion | {"messages": [{"role": "user", "content": [{"type": "text", "text": "first" * 4_000}]}]}
        before = len(guest.get("/api/v1/chat/sessions").json()["sessions"])
        for number, (target, body, change) in enumerate((
            (STREAM, message("first"), {"message": "second"}), (STREAM, message("first"), {"session_id": "k2"}),
            (STREAM, message("first"), {"metadata": {"a": [1, 2]}}),
            ("/api/v1/chat/regenerate", {"message_id": reply}, {"x": 1}),
            ("/api/chat/stream", message("first", assistantType="general"), {"assistantType": "trader"}),
            ("/v1/chat/completions", completion, {"temperature": 1}), ("/v1/chat/completions", parts, {"messages": completion["messages"]}),
        )):  # fmt: skip
            with self.subTest(target, change=change):
                key = {"Idempotency-Key": f"other-{number}"}
                first = guest.post(target, body, headers=key)
                self.assertEqual(first.status, 200, first.body[:300])
                sessions = guest.get("/api/v1/chat/sessions").json()["sessions"]
                for other in (guest.post(target, body | change, headers=key), guest.post("/api/v1/chat/stream/", message("x"), headers=key)):
                    self.assertEqual(other.status, 422, other.body[:300])
                    self.assertIn(b"idempotency_key_reused", other.body)
                self.assertEqual(guest.get("/api/v1/chat/sessions").json()["sessions"], sessions)
                # Written in another way, it is the same request.
                same = json.dumps(dict(reversed(body.items())), indent=2).encode()
                again = guest.post(target, same, headers=key)
                told, told_again = (joined(each.all_events()) or each.body for each in (first, again))
                self.assertEqual((again.status, told_again), (200, told))
        self.assertGreater(len(guest.get("/api/v1/chat/sessions").json()["sessions"]), before)

    def test_a_body_that_breaks_off_stores_nothing(self) -> None:
        guest = self.client.guest()
        before = self.stored(guest)
        head = (
            f"POST {STREAM} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {guest.token}\r\n"
            "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
        ).encode()
        self.client.raw(head + b'{"message":"x"}', "POST").close()
        self.assertEqual(self.stored(guest), before)


class BehindLighttpd(BadRequests, ServerCase):
    start = staticmethod(starts.behind_lighttpd)
    # lighttpd refuses a path with a control character itself, and a method that it does not know.
    everything = [bad for bad in EVERYTHING if "%0A" not in bad.target and bad.method != "BREW"]


class PlainCGI(BadRequests, ServerCase):
    start = staticmethod(starts.plain_cgi)


if __name__ == "__main__":
    unittest.main()
