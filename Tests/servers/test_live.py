"""Live objects: put in one process, seen through the other, gone when nobody puts them again, kept in no history."""

from __future__ import annotations

import json
import time
import unittest

import fastcgi
import starts
from exchange import Exchange
from harness import Client, FastCGIClient, ServerCase, cgi_environment


class TwoWorkers(ServerCase):
    first: Client
    second: Client

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.place = cls.shared_sandbox(limits={"streams_per_user": 3}, stream={"heartbeat_ms": 200})
        cls.first = starts.behind_nginx(cls.place)
        cls.place.serve(listen=f"unix:{cls.place.path}/second.sock")
        cls.second = FastCGIClient(f"{cls.place.path}/second.sock")

    def setUp(self) -> None:
        self.here = self.first.guest()
        self.there = self.second.with_token(self.here.token)
        self.streams: list[Exchange] = []

    def tearDown(self) -> None:
        for stream in self.streams:
            stream.close()

    def follow(self, client: Client, session: str = "s1"):
        """The stream's events as they come, and the objects that were there."""
        stream = client.request("GET", f"/api/v1/live?session_id={session}")
        self.streams.append(stream)
        self.assertEqual(stream.status, 200)
        self.assertEqual(stream.head.get("Content-Type"), "text/event-stream")
        events = stream.events()
        started = next(events).value
        self.assertEqual((started["type"], started["session_id"]), ("live_started", session))
        return events, started["objects"]

    def put(self, through: Client, kind: str, **more) -> dict:
        answer = through.post("/api/v1/live", {"session_id": "s1", "kind": kind, "data": {}} | more)
        self.assertEqual(answer.status, 200, answer.body[:300])
        return answer.json()

    def test_what_is_put_in_one_process_is_seen_through_the_other(self) -> None:
        here, _ = self.follow(self.here)
        there, objects = self.follow(self.there)
        self.assertEqual(objects, [])
        for client in (self.here, self.there):
            put = self.put(client, "cursor", client="tab-1", data={"line": 7, "name": "Ünï"})
            self.assertEqual(put.pop("session_id"), "s1")
            self.assertEqual(put["data"], {"line": 7, "name": "Ünï"})
            for events in (here, there):
                self.assertEqual(next(events).value, {"type": "live_updated"} | put)
        answer = self.here.post("/api/v1/live", {"session_id": "s1", "kind": "cursor", "client": "tab-1", "remove": True})
        self.assertEqual(answer.status, 200)
        for events in (here, there):
            self.assertEqual(next(events).value, {"type": "live_expired", "kind": "cursor", "client": "tab-1"})

    def test_who_comes_later_gets_what_is_there_and_two_tabs_are_two(self) -> None:
        for tab in ("a", "b"):
            self.put(self.here, "presence", client=tab, data={"tab": tab})
        self.put(self.here, "presence", client="b", data={"tab": "B"})
        self.put(self.here, "typing")
        _, objects = self.follow(self.there)
        seen = {(one["kind"], one["client"]): one["data"] for one in objects}
        self.assertEqual(
            seen, {("presence", "a"): {"tab": "a"}, ("presence", "b"): {"tab": "B"}, ("typing", "default"): {}}
        )

    def test_others_sessions_and_others_see_nothing_and_no_history_does(self) -> None:
        stranger = self.second.guest()
        theirs, _ = self.follow(stranger)
        mine, _ = self.follow(self.there, "s2")
        self.put(self.here, "typing", data={"text": "plugh"})
        for client, events, session in ((stranger, theirs, "s1"), (self.there, mine, "s2")):
            own = client.post("/api/v1/live", {"session_id": session, "kind": "cursor", "data": {"own": True}})
            self.assertEqual(own.status, 200)
            self.assertEqual(next(events).value["data"], {"own": True})
        self.assertEqual(self.here.get("/api/v1/chat/sessions").json()["sessions"], [])
        self.assertEqual(self.here.post("/api/v1/chat/history", {"session_id": "s1"}).status, 404)
        self.assertNotIn(b"plugh", (self.place.path / "data/chat.db").read_bytes())

    def test_a_silent_stream_shows_that_it_lives(self) -> None:
        events, _ = self.follow(self.here)
        stream = self.streams[0]
        while not stream.comments:
            stream._read()
        self.assertEqual(stream.comments[0], "ping")
        self.put(self.here, "presence")
        self.assertEqual(next(events).type, "live_updated")

    def test_limits_and_mistakes_are_told(self) -> None:
        target = "/api/v1/live"
        good = {"session_id": "s1", "kind": "cursor", "data": {}}
        for change, field in (
            ({"session_id": None}, "session_id"), ({"kind": "mouse"}, "kind"), ({"kind": None}, "kind"),
            ({"data": None}, "data"), ({"data": [1]}, "data"), ({"data": {"x": "y" * 4096}}, "data"),
            ({"client": "no such"}, "client"), ({"client": "x" * 129}, "client"), ({"client": ""}, "client"),
        ):  # fmt: skip
            with self.subTest(change=str(change)[:60]):
                self.assert_problem(self.here.post(target, good | change), 400, field)
        self.assert_problem(self.here.get(target), 400, "session_id")
        self.assert_problem(self.first.with_token(None).post(target, good), 401)
        for number in range(64):
            self.put(self.here if number % 2 else self.there, "cursor", client=f"c{number}")
        refused = self.assert_problem(self.here.post(target, good | {"client": "c64"}), 429)
        self.assertEqual(refused["code"], "too_many_live_objects")
        self.put(self.here, "cursor", client="c63", data={"again": True})
        for _ in range(3):
            self.follow(self.here)
        self.assert_problem(self.here.get(target + "?session_id=s1"), 429)
        self.follow(self.there)

    def test_a_removed_session_takes_its_objects_with_it(self) -> None:
        self.assert_complete_reply(self.here.ask("Something by Jules Verne", session_id="s1"))
        self.put(self.here, "presence")
        events, objects = self.follow(self.there)
        self.assertEqual(len(objects), 1)
        self.assertEqual(self.here.request("DELETE", "/api/v1/chat/sessions/s1").finish().status, 204)
        self.assertEqual(next(events).type, "live_expired")


class Guests(ServerCase):
    def test_what_the_guests_of_an_address_put_is_bounded(self) -> None:
        place = self.sandbox(limits={"requests_per_minute": 2})
        client = starts.own_socket(place)
        guests = [client.guest() for _ in range(11)]
        body = json.dumps({"session_id": "s", "kind": "cursor", "data": {"x": 1}}).encode()

        def puts(guest: Client, address: str) -> int:
            headers = {"Content-Type": "application/json", "Authorization": f"Bearer {guest.token}"}
            environment = cgi_environment("POST", "/api/v1/live", headers, body) | {"REMOTE_ADDR": address}
            return client.raw(fastcgi.request(environment, body)).finish().status

        begun = time.monotonic()
        # Twenty a minute for each of them, and two hundred for all.
        statuses = [puts(guest, "192.0.2.7") for _ in range(20) for guest in guests]
        back = 200 / 60 * (time.monotonic() - begun)
        self.assertEqual(statuses[:200], [200] * 200)
        self.assertLessEqual(statuses.count(200), 201 + back)
        # Another address has its own count.
        self.assertEqual(puts(client.guest(), "192.0.2.8"), 200)


class TheEnd(ServerCase):
    def test_a_process_that_ends_says_so_and_what_was_there_is_there_for_the_next(self) -> None:
        place = self.sandbox()
        process = place.serve()
        guest = FastCGIClient(place.socket).guest()
        stream = guest.request("GET", "/api/v1/live?session_id=s1")
        events = stream.events()
        self.assertEqual(next(events).type, "live_started")
        guest.post("/api/v1/live", {"session_id": "s1", "kind": "presence", "data": {}})
        self.assertEqual(next(events).type, "live_updated")
        process.end()
        self.assertEqual([event.type for event in events], ["live_ended"])
        self.assertTrue(stream.whole)
        place.serve()
        events = guest.request("GET", "/api/v1/live?session_id=s1").events()
        self.assertEqual(len(json.loads(next(events).data)["objects"]), 1)


if __name__ == "__main__":
    unittest.main()
