"""A language model's server that speaks OpenAI's chat completions, and fails as a test says.

The Swift tests have one for every kind of provider (Tests/FaultyProvider); this is what of it the whole program needs.
"""

from __future__ import annotations

import json
import select
import socket
import struct
import threading
import time
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from exchange import PATIENCE_S

# How an answer breaks off. `reset` and `close`: the connection; `end`: the body ends as it should, without a finish reason;
# `half event`: the connection closes in the middle of the next token's event; `error`: the vendor's error object;
# `silence`: nothing more, until the client leaves; `pings`: comments and empty pieces until then; `drip`: the rest a byte at a
# time, so slowly that it never ends.
DEATHS = ("reset", "close", "end", "half event", "error", "silence", "pings", "drip")


@dataclass(frozen=True)
class Behaviour:
    """What is done with one call."""

    tokens: tuple[str, ...] = ()
    completion_tokens: int = 0
    prompt_tokens: int = 11
    finish_reason: str = "stop"
    # A refusal, or a page.
    status: int = 200
    body: bytes = b""
    headers: dict = field(default_factory=dict)
    # One of `DEATHS`, after so many tokens.
    death: str | None = None
    after: int = 0
    # Set by the test before the token of this number goes out.
    gate: threading.Event | None = None
    gate_before: int = 0
    terminator: bool = True
    # Passes before anything is answered.
    delay_s: float = 0
    # Sent as events before the token of this number.
    nonsense: tuple[str, ...] = ()
    nonsense_before: int = 0
    # Name and arguments of each call of a tool, after the tokens.
    tool_calls: tuple[tuple[str, dict | str], ...] = ()

    def dying(self, how: str, after: int) -> Behaviour:
        assert how in DEATHS
        return replace(self, death=how, after=after)

    def held(self, gate: threading.Event, before: int = 0) -> Behaviour:
        return replace(self, gate=gate, gate_before=before)


def answers(tokens, completion_tokens: int | None = None) -> Behaviour:
    return Behaviour(tuple(tokens), completion_tokens if completion_tokens is not None else len(tokens))


def calls(*tool_calls: tuple[str, dict | str], after: tuple[str, ...] = ()) -> Behaviour:
    """Asks for tools; arguments that are a string are sent as they are."""
    return Behaviour(tuple(after), 3, finish_reason="tool_calls", tool_calls=tool_calls)


def refuses(status: int, code: str, message: str = "no", **headers: str) -> Behaviour:
    body = json.dumps({"error": {"message": message, "type": "invalid_request_error", "param": None, "code": code}})
    return Behaviour(status=status, body=body.encode(), headers={"Content-Type": "application/json"} | headers)


def shows_page(status: int = 200) -> Behaviour:
    return Behaviour(status=status, body=b"<html><body>Sign in</body></html>", headers={"Content-Type": "text/html"})


class ClientLeft(Exception):
    pass


class Provider:
    """Does one behaviour of its script a call; the last one repeats. Knows each call's body, and which clients left.

    With `models`, it lists them, and has no others.
    """

    def __init__(self, *script: Behaviour, models: list[str] | None = None, port: int = 0) -> None:
        self.script = list(script)
        self.models = models
        self.lock = threading.Lock()
        self.calls: list[dict] = []
        self.headers: list[dict] = []
        self.times: list[float] = []
        self.left = 0
        provider = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_) -> None:
                pass

            def do_GET(self) -> None:
                if self.path != "/v1/models" or provider.models is None:
                    return self.send_error(404)
                body = json.dumps({"object": "list", "data": [{"id": name} for name in provider.models]}).encode()
                provider.head(self, 200, {"Content-Type": "application/json", "Content-Length": str(len(body))})
                self.wfile.write(body)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                with provider.lock:
                    number = len(provider.calls)
                    provider.calls.append(json.loads(body))
                    provider.headers.append({name.lower(): value for name, value in self.headers.items()})
                    provider.times.append(time.monotonic())
                    behaviour = provider.script[min(number, len(provider.script) - 1)]
                if provider.models is not None and json.loads(body)["model"] not in provider.models:
                    behaviour = refuses(404, "model_not_found")
                try:
                    provider.perform(self, behaviour, json.loads(body))
                except (ClientLeft, ConnectionError):
                    self.close_connection = True
                    with provider.lock:
                        provider.left += 1

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 512

            def handle_error(self, *_) -> None:
                """A client that goes is nothing to speak of."""

        self.server = Server(("127.0.0.1", port), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/v1"

    def then(self, *script: Behaviour) -> None:
        """What is done from the next call on."""
        with self.lock:
            self.script = [Behaviour()] * len(self.calls) + list(script)

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    # One call

    def perform(self, handler: BaseHTTPRequestHandler, behaviour: Behaviour, request: dict) -> None:
        if behaviour.delay_s:
            time.sleep(behaviour.delay_s)
        if behaviour.body:
            self.head(handler, behaviour.status, behaviour.headers | {"Content-Length": str(len(behaviour.body))})
            handler.wfile.write(behaviour.body)
        elif request.get("stream"):
            self.stream(handler, behaviour, request)
        else:
            self.whole(handler, behaviour, request)

    @staticmethod
    def head(handler: BaseHTTPRequestHandler, status: int, headers: dict) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()

    def stream(self, handler: BaseHTTPRequestHandler, behaviour: Behaviour, request: dict) -> None:
        if behaviour.death and behaviour.after < 0:
            return self.die(handler, behaviour.death, b"")
        self.head(handler, 200, {"Content-Type": "text/event-stream", "Transfer-Encoding": "chunked"})

        def event(choices: list, usage: dict | None = None) -> bytes:
            value = {
                "id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1_700_000_000, "model": request["model"],
                "choices": choices, "usage": usage,
            }  # fmt: skip
            return b"data: " + json.dumps(value).encode() + b"\n\n"

        def delta(value: dict, reason: str | None = None) -> bytes:
            return event([{"index": 0, "delta": value, "finish_reason": reason}])

        self.chunk(handler, delta({"role": "assistant", "content": ""}))
        for number, token in enumerate((*behaviour.tokens, None)):
            if behaviour.gate and number == behaviour.gate_before:
                self.wait(handler, behaviour.gate)
            if number == behaviour.nonsense_before:
                for text in behaviour.nonsense:
                    self.chunk(handler, b"data: " + text.encode() + b"\n\n")
            next_event = delta({"content": token}) if token is not None else delta({}, behaviour.finish_reason)
            if token is None:
                for index, call in enumerate(self.tool_calls(behaviour)):
                    self.chunk(handler, delta({"tool_calls": [{"index": index} | call]}))
            if behaviour.death and number == behaviour.after:
                return self.die(handler, behaviour.death, next_event)
            self.chunk(handler, next_event)
        if (request.get("stream_options") or {}).get("include_usage"):
            self.chunk(handler, event([], self.usage(behaviour)))
        if behaviour.terminator:
            self.chunk(handler, b"data: [DONE]\n\n")
        handler.wfile.write(b"0\r\n\r\n")

    def whole(self, handler: BaseHTTPRequestHandler, behaviour: Behaviour, request: dict) -> None:
        if behaviour.death and behaviour.after < 0:
            return self.die(handler, behaviour.death, b"")
        message = {"role": "assistant", "content": "".join(behaviour.tokens)}
        if behaviour.tool_calls:
            message["tool_calls"] = self.tool_calls(behaviour)
        value = {
            "id": "chatcmpl-1", "object": "chat.completion", "created": 1_700_000_000, "model": request["model"],
            "choices": [{"index": 0, "message": message, "finish_reason": behaviour.finish_reason}],
            "usage": self.usage(behaviour),
        }  # fmt: skip
        body = json.dumps(value).encode()
        self.head(handler, 200, {"Content-Type": "application/json", "Content-Length": str(len(body))})
        if behaviour.death:
            handler.wfile.write(body[: len(body) // 2])
            return self.die(handler, behaviour.death, b"")
        handler.wfile.write(body)

    @staticmethod
    def tool_calls(behaviour: Behaviour) -> list[dict]:
        def text(arguments: dict | str) -> str:
            return arguments if isinstance(arguments, str) else json.dumps(arguments)

        return [
            {"id": f"call_{index}", "type": "function", "function": {"name": name, "arguments": text(arguments)}}
            for index, (name, arguments) in enumerate(behaviour.tool_calls)
        ]  # fmt: skip

    @staticmethod
    def usage(behaviour: Behaviour) -> dict:
        return {
            "prompt_tokens": behaviour.prompt_tokens, "completion_tokens": behaviour.completion_tokens,
            "total_tokens": behaviour.prompt_tokens + behaviour.completion_tokens,
        }  # fmt: skip

    def die(self, handler: BaseHTTPRequestHandler, how: str, next_event: bytes) -> None:
        handler.close_connection = True
        if how == "reset":
            self.let_it_be_read(handler.connection)
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            handler.connection.close()
        elif how == "end":
            handler.wfile.write(b"0\r\n\r\n")
        elif how == "half event":
            self.chunk(handler, next_event[: len(next_event) // 2])
        elif how == "error":
            error = {"message": "The server is overloaded", "type": "server_error", "param": None, "code": None}
            self.chunk(handler, b"data: " + json.dumps({"error": error}).encode() + b"\n\n")
            handler.wfile.write(b"0\r\n\r\n")
        elif how == "silence":
            # The client says nothing more, so there is something to read only when it has gone.
            select.select([handler.connection], [], [], PATIENCE_S)
            raise ClientLeft
        elif how in ("pings", "drip"):
            pings = (b": ping\n\n", b'data: {"choices":[{"index":0,"delta":{"content":""},"finish_reason":null}]}\n\n')
            pieces = pings if how == "pings" else [bytes([byte]) for byte in next_event[:-2]]
            for number in range(int(PATIENCE_S / 0.05)):
                self.chunk(handler, pieces[number % len(pieces)] if how == "pings" or number < len(pieces) else b" ")
                if select.select([handler.connection], [], [], 0.05)[0]:
                    raise ClientLeft

    @staticmethod
    def let_it_be_read(connection: socket.socket) -> None:
        """A reset throws away what the client's kernel has and its program has not read yet: waits until it has read all."""
        own, client = (f":{end[1]:04X}" for end in (connection.getsockname(), connection.getpeername()))
        until, missing = time.monotonic() + PATIENCE_S, 0
        # A row can be missing from the list while others come and go.
        while time.monotonic() < until and missing < 20:
            with open("/proc/net/tcp") as file:
                rows = [line.split() for line in file]
            unsent = [row[4].split(":")[0] for row in rows if row[1].endswith(own) and row[2].endswith(client)]
            unread = [row[4].split(":")[1] for row in rows if row[1].endswith(client) and row[2].endswith(own)]
            missing += not unread
            if unsent and unread and int(unsent[0], 16) == 0 and int(unread[0], 16) == 0:
                return
            time.sleep(0.001)

    @staticmethod
    def chunk(handler: BaseHTTPRequestHandler, data: bytes) -> None:
        handler.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))

    @staticmethod
    def wait(handler: BaseHTTPRequestHandler, gate: threading.Event) -> None:
        until = time.monotonic() + PATIENCE_S
        while not gate.wait(0.01):
            ready, _, _ = select.select([handler.connection], [], [], 0)
            if ready or time.monotonic() > until:
                raise ClientLeft


def configuration(*providers: Provider, retry: dict | None = None, clocks: dict | None = None, **more) -> dict:
    """For a sandbox whose chain has these providers, named `a`, `b`, …; nothing is waited for before another attempt.

    `clocks` are the first one's: the others are given all the time that a busy machine may take.
    """
    names = "abcdefgh"[: len(providers)]
    entries = {
        name: {"kind": "openai", "base_url": provider.url} for name, provider in zip(names, providers, strict=True)
    }
    entries["a"]["clocks"] = clocks or {}
    return {
        "providers": entries,
        "models": [{"name": "*", "chain": [{"provider": name, "model": f"model-{name}"} for name in names]}],
        "retry": {"backoff_ms": 0} | (retry or {}),
    } | more
