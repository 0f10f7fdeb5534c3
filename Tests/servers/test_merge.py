"""`stream.merge`: pieces of text that wait for a client go out as one event, under the number of the last of them."""

from __future__ import annotations

import threading
import unittest

import starts
from harness import ServerCase
from provider import Provider, answers, configuration

WORDS = [f"w{number} " for number in range(1, 11)]


class Merging(ServerCase):
    def stage(self, model: Provider):
        self.addCleanup(model.close)
        return starts.behind_nginx(self.sandbox(**configuration(model, stream={"merge": True}))).guest()

    def test_what_waits_is_one_event_and_who_comes_back_gets_each_piece_once(self) -> None:
        guest = self.stage(Provider(answers(WORDS)))
        first = guest.ask("Say it.").all_events()
        reply = first[0].value["reply_id"]
        self.assertEqual(self.text(first), "".join(WORDS))
        # All of it waits for who reads it now: the first event, the text, its end, the turn's end.
        again = guest.request("GET", f"/api/v1/chat/stream/{reply}").all_events()
        self.assertEqual([event.id for event in again], ["1", "11", "12", "13"])
        self.assertEqual(self.text(again), "".join(WORDS))
        for seen in range(1, 14):
            rest = guest.request("GET", f"/api/v1/chat/stream/{reply}", headers={"Last-Event-ID": str(seen)}).all_events()
            self.assertTrue(all(int(event.id) > seen for event in rest), seen)
            self.assertEqual(self.text(rest), "".join(WORDS[seen - 1:]), seen)

    def test_a_piece_that_comes_alone_goes_out_alone(self) -> None:
        gate = threading.Event()
        self.addCleanup(gate.set)
        guest = self.stage(Provider(answers(WORDS).held(gate, before=1)))
        events = guest.ask("Say it.").events()
        event = next(event for event in events if event.type == "content_chunk")
        self.assertEqual((event.id, event.value["content"]), ("2", WORDS[0]))
        gate.set()
        rest = list(events)
        self.assertEqual(self.text(rest), "".join(WORDS[1:]))
        self.assertEqual(rest[-1].id, "13")

    @staticmethod
    def text(events: list) -> str:
        return "".join(event.value["content"] for event in events if event.type == "content_chunk")


if __name__ == "__main__":
    unittest.main()
