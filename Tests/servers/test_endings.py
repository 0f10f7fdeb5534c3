"""What a reader, the history, the usage and the cache have of an answer, for every way in which it ends: a table.

Each row is served by every kind of provider that can send it, as it is written and whole, alone and with a fallback. What the
readers make of each row is in Tests/ProvidersTests/Endings; here stands that the whole program tells and keeps the same.
"""

from __future__ import annotations

import socket
import struct
import tempfile
import unittest
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import starts
from harness import Client, ServerCase, text_of
from provider import Provider, answers
from vendor_wire import KINDS, Wire

ANSWER = "half of the answer"
COMPLETE = "complete"


@dataclass(frozen=True)
class Row:
    # The body, None for a kind that cannot send it.
    stream: Callable[[Wire], str | None] | None = None
    whole: Callable[[Wire], str | None] | None = None
    # `COMPLETE`, or the error's code.
    end: str = COMPLETE
    # Without a fallback.
    text: str = ANSWER
    is_kept: bool = True
    # The connection is reset behind the body.
    is_reset: bool = False
    media_type: str | None = None


def half(more: Callable[[Wire], str | None], code: str, **options) -> Row:
    def stream(wire: Wire) -> str | None:
        events = more(wire)
        return None if events is None else wire.opening + wire.text("half of ") + events

    return Row(stream, end=code, text="half of ", **options)


def unless_ollama(more: Callable[[Wire], str]) -> Callable[[Wire], str | None]:
    return lambda wire: None if wire.kind == "ollama" else more(wire)


def all_of(*parts: str, wire: Wire) -> str:
    return wire.opening + "".join(wire.text(part) for part in parts) + wire.finish() + wire.terminator


ROWS = {
    "well": Row(lambda w: all_of("half of ", "the answer", wire=w), lambda w: w.whole(ANSWER, w.word())),
    "a terminator without a reason": half(lambda w: w.terminator, "provider_interrupted"),
    "a whole answer without a reason": Row(whole=lambda w: w.whole(ANSWER, None), end="provider_interrupted", text=""),
    "a reason in every chunk, then a reset": Row(
        lambda w: w.text("half ", w.word()) + w.text("of ", w.word()) if w.says_both else None,
        end="provider_interrupted", text="half of ", is_reset=True),
    "a reason, and a reset": Row(lambda w: w.opening + w.text(ANSWER) + w.finish(), is_reset=True),
    "an error event with JSON": half(
        unless_ollama(lambda w: w.event('{"message":"slow down","type":"rate_limit_error"}', "error") + w.terminator),
        "provider_rate_limited"),
    "an error event with plain words": half(
        unless_ollama(lambda w: w.event("upstream went away", "error") + w.terminator), "provider_unavailable"),
    "a field error": half(
        unless_ollama(lambda w: 'error: {"code":500,"message":"slot failed"}\n\n' + w.terminator), "provider_unavailable"),
    "message and code, not wrapped": half(
        lambda w: w.event('{"message":"slow down","code":"rate_limit_exceeded"}') + w.terminator, "provider_rate_limited"),
    "nothing but a code": half(lambda w: w.event('{"code":429}') + w.terminator, "provider_rate_limited"),
    "plain words": half(lambda w: w.event("Internal Server Error") + w.terminator, "provider_unavailable"),
    "an error that is a whole answer": Row(whole=lambda w: '{"code":429}', end="provider_rate_limited", text=""),
    "an error after the reason": Row(
        unless_ollama(
            lambda w: w.opening + w.text(ANSWER) + w.finish() + w.event('{"error":{"message":"too late","code":500}}'))),
    "nothing but white space": Row(
        lambda w: w.opening + w.text("\\n\\n") + w.finish() + w.terminator,
        lambda w: w.whole(" \\n", w.word()), end="empty_answer", text=""),
    "no parts": Row(
        lambda w: w.opening + w.finish() + w.terminator, lambda w: w.whole(None, w.word()), end="empty_answer", text=""),
    "thoughts alone": Row(
        lambda w: w.opening + w.thought("Hm.") + w.finish() + w.terminator,
        lambda w: w.whole("", w.word(), "Hm."), end="empty_answer", text=""),
    "half of an event": half(
        lambda w: w.event(w.text_data("lost")[:-12]) + w.text("the answer") + w.finish() + w.terminator,
        "provider_malformed"),
    "a surrogate pair in two events": Row(
        lambda w: all_of("half \\ud83d", "\\ude00 of", wire=w), text="half 😀 of"),
    "a lone half": Row(
        lambda w: all_of("a \\ud83d b", wire=w), lambda w: w.whole("a \\ud83d b", w.word()), text="a \ufffd b"),
    "no blank line behind the last event": Row(
        lambda w: w.opening + w.text("half of ") + w.text("the answer") + w.finish().rstrip("\n")),
    "length, then stop": Row(
        unless_ollama(lambda w: w.opening + w.text(ANSWER) + w.finish("length") + w.finish() + w.terminator), is_kept=False),
    "an event stream that is called JSON": Row(
        lambda w: all_of("half of ", "the answer", wire=w), media_type="application/json"),
    "JSON that is called plain text": Row(
        lambda w: w.whole(ANSWER, w.word()), lambda w: w.whole(ANSWER, w.word()), media_type="text/plain"),
}  # fmt: skip


class Vendor:
    """Serves the same body to each call."""

    def __init__(self) -> None:
        self.calls = 0
        vendor = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                vendor.calls += 1
                self.send_response(200)
                self.send_header("Content-Type", vendor.media_type)
                self.send_header("Transfer-Encoding", "chunked")
                self.end_headers()
                Provider.chunk(self, vendor.body)
                if not vendor.is_reset:
                    self.wfile.write(b"0\r\n\r\n")
                    return
                self.close_connection = True
                Provider.let_it_be_read(self.connection)
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()

            def log_message(self, *_) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda *_: None
        self.server.daemon_threads = True
        Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def serve(self, row: Row, body: str, media_type: str) -> None:
        self.calls, self.body, self.is_reset = 0, body.encode(), row.is_reset
        self.media_type = row.media_type or media_type

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class Endings(ServerCase):
    def stage(self, wire: Wire, streams: bool, vendor: Vendor, fallback: Provider | None) -> Client:
        key = tempfile.NamedTemporaryFile("w", suffix=".key")
        key.write("a-key-of-the-test")
        key.flush()
        self.addCleanup(key.close)
        url = f"http://127.0.0.1:{vendor.server.server_port}" + ("/v1" if wire.kind == "openai" else "")
        providers = {"a": {"kind": wire.kind, "base_url": url, "api_key_file": key.name, "stream": streams}}
        if wire.kind == "azure":
            providers["a"]["api_version"] = "2024-10-21"
        if fallback:
            providers["b"] = {"kind": "openai", "base_url": fallback.url}
        chain = [{"provider": name, "model": "m"} for name in providers]
        return starts.behind_nginx(
            self.sandbox(
                providers=providers, models=[{"name": "*", "chain": chain, "cache": {"ttl_s": 3600, "shared": True}}],
                retry={"attempts": 1, "bench_after": 1000}))

    def rows(self, wire: Wire, streams: bool):
        for name, row in ROWS.items():
            write = row.stream if streams else row.whole
            body = write(wire) if write else None
            if body is not None:
                yield name, row, body, wire.media_type if streams else "application/json"

    def ask(self, client: Client, question: str) -> tuple[dict, str, dict]:
        """Asks as a new guest: the terminal event, the text that was shown, and the reply as the history has it."""
        guest = client.guest()
        events = guest.ask(question, session_id="s1").all_events()
        self.assertEqual([e.type for e in events if e.type in ("complete", "error")], [events[-1].type])
        return events[-1].value, text_of(events), guest.history("s1")["messages"][-1]

    def each_kind(self, fallback: Provider | None, check: Callable) -> None:
        for kind in KINDS:
            for streams in (True, False):
                wire, vendor = Wire(kind), Vendor()
                self.addCleanup(vendor.close)
                client = self.stage(wire, streams, vendor, fallback)
                for name, row, body, media_type in self.rows(wire, streams):
                    with self.subTest(kind, streams=streams, row=name):
                        vendor.serve(row, body, media_type)
                        check(client, vendor, row, f"What is {name}?")

    def test_alone_what_is_not_complete_is_an_error_and_is_told_and_kept_as_one(self) -> None:
        def check(client: Client, vendor: Vendor, row: Row, question: str) -> None:
            end, text, reply = self.ask(client, question)
            self.assertEqual((text, reply["content"], vendor.calls), (row.text, row.text, 1), end)
            if row.end == COMPLETE:
                self.assertEqual((end["type"], end["status"], reply["status"]), (COMPLETE,) * 3)
                usage = end["usage"]
                self.assertEqual((usage["prompt_tokens"], usage["completion_tokens"], usage["estimated"]), (3, 5, False))
            else:
                self.assertEqual((end["type"], end["code"], end["partial"]), ("error", row.end, row.text != ""))
                self.assertEqual((reply["status"], reply["error"]["code"]), ("failed", row.end))
                self.assertTrue(end["usage"]["estimated"])
            again, text, _ = self.ask(client, question)
            self.assertEqual((again["type"], text), (end["type"], row.text))
            self.assertEqual(vendor.calls, 1 if row.end == COMPLETE and row.is_kept else 2)

        self.each_kind(None, check)

    def test_with_a_fallback_the_reply_is_whole_and_the_fallbacks_is_kept(self) -> None:
        fallback = Provider(answers(["half of ", "the answer"]))
        self.addCleanup(fallback.close)

        def check(client: Client, vendor: Vendor, row: Row, question: str) -> None:
            before = len(fallback.calls)
            end, text, reply = self.ask(client, question)
            is_first = row.end == COMPLETE
            expected = row.text if is_first else ANSWER
            self.assertEqual((text, reply["content"]), (expected, expected))
            self.assertEqual((end["type"], end["provider"], reply["status"]), (COMPLETE, "a" if is_first else "b", COMPLETE))
            self.assertEqual((vendor.calls, len(fallback.calls) - before), (1, 0 if is_first else 1))
            usage = end["usage"]
            counts = (3, 5) if is_first else (11, 2)
            self.assertEqual((usage["prompt_tokens"], usage["completion_tokens"], usage["estimated"]), (*counts, False))
            again, text, _ = self.ask(client, question)
            self.assertEqual((text, again["metrics"].get("cached", False)), (expected, row.is_kept))

        self.each_kind(fallback, check)


if __name__ == "__main__":
    unittest.main()
