"""Pieces of text that wait for a client go out as one event, under the number of the last of them; `stream.merge: false` turns it off."""

from __future__ import annotations

import json
import threading
import unittest

import starts
from exchange import joined
from harness import FastCGIClient, ServerCase, text_of
from provider import Provider, answers, configuration

WORDS = [f"w{number} " for number in range(1, 11)]
TEXT = "".join(WORDS)


class Merging(ServerCase):
    def stage(self, model: Provider, **more):
        self.addCleanup(model.close)
        return starts.behind_nginx(self.sandbox(**configuration(model, **more))).guest()

    def read(self, guest, reply: str, after: int = 0) -> list:
        return guest.request("GET", f"/api/v1/chat/stream/{reply}", headers={"Last-Event-ID": str(after)}).all_events()

    def test_what_waits_is_one_event_and_who_comes_back_gets_each_piece_once(self) -> None:
        guest = self.stage(Provider(answers(WORDS)))
        first = self.assert_complete_reply(guest.ask("Say it."))
        reply = first[0].value["reply_id"]
        self.assertEqual(text_of(first), TEXT)
        # All of it waits for who reads it now: the first event, the text, its end, the turn's end.
        again = self.read(guest, reply)
        self.assertEqual([event.id for event in again], ["1", "11", "12", "13"])
        self.assertEqual(joined(again), joined(first))
        for seen in range(1, 13):
            rest = self.read(guest, reply, after=seen)
            self.assertEqual([int(event.id) for event in rest], [number for number in (11, 12, 13) if number > seen])
            self.assertEqual(text_of(rest), "".join(WORDS[seen - 1:]), seen)
            self.assertEqual(rest[-1].data, first[-1].data)

    def test_where_it_is_turned_off_each_piece_comes_alone(self) -> None:
        guest = self.stage(Provider(answers(WORDS)), stream={"merge": False})
        first = guest.ask("Say it.").all_events()
        again = self.read(guest, first[0].value["reply_id"])
        for events in (first, again):
            self.assertEqual([event.id for event in events], [str(number) for number in range(1, 14)])
            self.assertEqual([event.text for event in events if event.text], WORDS)

    def test_a_piece_that_comes_alone_goes_out_alone(self) -> None:
        gate = threading.Event()
        self.addCleanup(gate.set)
        guest = self.stage(Provider(answers(WORDS).held(gate, before=1)))
        events = guest.ask("Say it.").events()
        event = next(event for event in events if event.type == "content_chunk")
        self.assertEqual((event.id, event.value["content"]), ("2", WORDS[0]))
        gate.set()
        rest = list(events)
        self.assert_in_order(rest, after=2)
        self.assertEqual(text_of(rest), "".join(WORDS[1:]))
        self.assertEqual(rest[-1].id, "13")

    def test_an_event_has_a_bound_however_much_waits(self) -> None:
        words = [f"{number} ".rjust(length, "x") for number in range(300) for length in (6, 400)] + ["y" * 9_000]
        guest = self.stage(Provider(answers(words)))
        first = self.assert_complete_reply(guest.ask("Say it."))
        again = self.read(guest, first[0].value["reply_id"])
        self.assert_in_order(again)
        self.assertEqual(joined(again), joined(first))
        numbers = [int(event.id) for event in again]
        for before, event in zip(numbers, again[1:]):
            self.assertLessEqual(int(event.id) - before, 64)
            self.assertTrue(len(event.text) <= 4_096 or event.text == words[-1], event.id)
        self.assertLess(len(again), len(words) / 8)

    def test_another_process_tells_the_same_text(self) -> None:
        gate = threading.Event()
        self.addCleanup(gate.set)
        model = Provider(answers(WORDS).held(gate, before=5))
        self.addCleanup(model.close)
        place = self.sandbox(**configuration(model))
        place.serve()
        place.serve(listen=f"unix:{place.path}/second.sock")
        here = FastCGIClient(place.socket).guest()
        there = FastCGIClient(f"{place.path}/second.sock").with_token(here.token)
        exchange = here.ask("Say it.")
        seen = []
        for event in exchange.events():
            seen.append(event)
            if text_of(seen) == "".join(WORDS[:5]):
                break
        follower = there.request("GET", f"/api/v1/chat/stream/{seen[0].value['reply_id']}", headers={"Last-Event-ID": "3"})
        follower.wait_head()
        gate.set()
        events, followed = exchange.all_events(), follower.all_events()
        self.assert_in_order(events)
        self.assert_in_order(followed, after=3)
        self.assertEqual((text_of(events), text_of(followed)), (TEXT, "".join(WORDS[2:])))
        self.assertEqual(joined(followed)[1:], joined(events)[2:])

    def test_a_chat_completion_has_one_chunk_of_what_waits(self) -> None:
        guest = self.stage(Provider(answers(WORDS)))
        body = {"model": "any", "store": True, "stream": True, "messages": [{"role": "user", "content": "Say it."}]}
        body["stream_options"] = {"include_usage": True}
        pieces, ends = [], []
        for _ in range(2):
            events = guest.request("POST", "/v1/chat/completions", body, {"Idempotency-Key": "once"}).all_events()
            self.assertEqual(events[-1].data, "[DONE]")
            chunks = [json.loads(event.data) for event in events[:-1]]
            contents = [choice["delta"].get("content") for chunk in chunks for choice in chunk["choices"]]
            pieces.append([content for content in contents if content])
            ends.append([chunk["usage"] for chunk in chunks if chunk.get("usage")])
        self.assertEqual(("".join(pieces[0]), pieces[1]), (TEXT, [TEXT]))
        self.assertEqual(ends[0], ends[1])


if __name__ == "__main__":
    unittest.main()
