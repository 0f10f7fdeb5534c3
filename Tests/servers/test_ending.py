"""The program ends: asked to, killed, started again. No stream ends without saying how."""

from __future__ import annotations

import os
import signal
import unittest

import starts
from exchange import NoAnswer, connect
from harness import PROGRAM, FastCGIClient, Sandbox, ServerCase, start_nginx, text_of, wait_until

LONG_QUESTION = "I loved The Time Machine. What next? Please tell me about every book you recommend, and why."


def slow(pace_ms: int = 40, **more) -> dict:
    return {"providers": {"builtin": {"kind": "builtin", "pace_ms": pace_ms}}} | more


class Ending(ServerCase):
    def under_way(self, place: Sandbox, client):
        """A guest and a stream that has brought some text."""
        guest = client.guest()
        exchange = guest.ask(LONG_QUESTION, session_id="s1")
        seen = []
        for event in exchange.events():
            seen.append(event)
            if event.type == "content_chunk" and event.value["content"]:
                # Text goes out first and to the store within moments; here it has reached both.
                wait_until("text is stored", lambda: guest.history("s1")["messages"][-1]["content"] != "")
                return guest, exchange, seen
        self.fail(f"no text in {[event.data for event in seen]}")

    def test_sigterm_lets_streams_end_and_takes_no_new_ones(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(number.name):
                place = self.sandbox(**slow())
                program = place.serve()
                guest, exchange, _ = self.under_way(place, start_nginx(place))
                program.signal(number)
                # New requests are refused in some orderly way: by the program, or by nginx, which finds nobody.
                wait_until("new requests are refused", lambda: guest.get("/healthz").status in (502, 503))
                self.assert_complete_reply(exchange)
                self.assertEqual(program.wait(), 0)

    def test_what_does_not_end_in_time_is_marked_and_told(self) -> None:
        place = self.sandbox(**slow(500, stream={"drain_timeout_ms": 200}))
        program = place.serve()
        guest, exchange, _ = self.under_way(place, FastCGIClient(place.socket))
        program.signal(signal.SIGTERM)
        events = exchange.all_events()
        self.assertEqual(program.wait(), 0)
        self.assertEqual((events[-1].type, events[-1].value.get("code")), ("error", "interrupted"), events[-1].data)
        self.assertTrue(events[-1].value["partial"])
        place.serve()
        reply = guest.history("s1")["messages"][-1]
        self.assertEqual((reply["status"], reply["content"]), ("interrupted", text_of(events)))

    def test_an_idle_program_ends_at_once_in_every_kind_of_start(self) -> None:
        for start in (starts.own_socket, starts.own_port, starts.spawn_fcgi, starts.systemd_socket):
            with self.subTest(start.__name__):
                place = self.sandbox()
                client = start(place)
                self.assertEqual(client.get("/healthz").status, 200)
                with connect(client.address):  # a connection that never asks anything
                    program = place.processes[-1]
                    program.signal(signal.SIGTERM)
                    self.assertEqual(program.wait(), 0)

    def test_cgi_fcgi_starts_a_program_that_sigterm_ends(self) -> None:
        place = self.sandbox()
        starts.cgi_fcgi_start(place)
        program = place.processes[-1]
        os.kill(program.pid, signal.SIGTERM)
        wait_until("the program has ended", lambda: not program.is_running())

    def test_after_a_kill_the_reply_is_interrupted_and_keeps_what_was_shown(self) -> None:
        place = self.sandbox(**slow())
        program = place.serve()
        client = FastCGIClient(place.socket)
        guest, exchange, seen = self.under_way(place, client)
        program.signal(signal.SIGKILL)
        program.wait()
        try:
            seen = exchange.all_events()
        except NoAnswer:
            pass
        self.assertNotIn(seen[-1].type, ("complete", "error"))
        reply_id = seen[0].value["reply_id"]
        place.serve()
        events = guest.request("GET", f"/api/v1/chat/stream/{reply_id}").all_events()
        end = events[-1].value
        self.assertEqual((end["type"], end["code"], end["partial"]), ("error", "interrupted", True))
        mine, reply = guest.history("s1")["messages"]
        self.assertEqual(mine["content"], LONG_QUESTION)
        self.assertEqual((reply["status"], reply["content"]), ("interrupted", text_of(events)))
        # The store may lack the last moments (it is written each `record_every_ms`), never have other text.
        self.assertTrue(text_of(seen).startswith(text_of(events)), (text_of(events), text_of(seen)))
        self.assert_complete_reply(guest.ask("And now?", session_id="s1"))

    def test_a_killed_program_shows_through_nginx_as_a_stream_without_an_end(self) -> None:
        place = self.sandbox(**slow())
        program = place.serve()
        _, exchange, _ = self.under_way(place, start_nginx(place))
        program.signal(signal.SIGKILL)
        program.wait()
        self.assertNotIn("complete", [event.type for event in exchange.all_events()])

    def test_a_socket_left_behind_is_taken_over_and_a_served_one_is_not(self) -> None:
        place = self.sandbox()
        program = place.serve()
        program.signal(signal.SIGKILL)
        program.wait()
        place.serve()
        client = FastCGIClient(place.socket)
        self.assertEqual(client.get("/healthz").status, 200)
        # `serve` as the harness starts it would find the socket answering at once; here it must end.
        second = place.start("second", [PROGRAM, "serve", "--config", place.configuration_file])
        self.assertNotEqual(second.wait(), 0)
        self.assertIn("app.sock", second.log_text)
        self.assertEqual(client.get("/healthz").status, 200)

    def test_sighup_reads_a_good_configuration_and_keeps_the_old_one_before_a_bad(self) -> None:
        place = self.sandbox()
        program = place.serve()
        client = FastCGIClient(place.socket)
        good = place.configuration_file.read_text()
        place.configuration_file.write_text("{ nonsense: ")
        program.signal(signal.SIGHUP)
        program.wait_for("the mistake is reported", lambda: "chat-fcgi.json5" in program.log_text)
        self.assertEqual(client.get("/healthz").status, 200)
        place.configuration_file.write_text(good)
        program.signal(signal.SIGHUP)
        self.assert_complete_reply(client.guest().ask())
        self.assertTrue(program.is_running())


if __name__ == "__main__":
    unittest.main()
