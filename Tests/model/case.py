"""What the tests of this folder share: the program behind nginx with a real model's server, and how each dialect is asked."""

from __future__ import annotations

import modelserver  # noqa: F401  first: it finds the harness and sets its patience

import starts
from exchange import Exchange
from harness import ROOT, Client, ServerCase
from modelserver import NAME, ModelServer

# As long as it takes: none of these tests is about these clocks but those that set their own.
CLOCKS = {"first_token_ms": 300_000, "idle_ms": 300_000}


def configuration(*urls: str, builtin: bool = False, clocks: dict | None = None, **more) -> dict:
    """For a sandbox whose chain has a provider for each address, named `a`, `b`, …, and at its end the embedded one if wanted.
    Nothing is waited for before another attempt. `clocks` are the first one's."""
    names = "abcdefgh"[: len(urls)]
    providers = {name: {"kind": "openai", "base_url": url, "clocks": CLOCKS} for name, url in zip(names, urls, strict=True)}
    providers["a"]["clocks"] = CLOCKS | (clocks or {})
    chain = [{"provider": name, "model": NAME} for name in names]
    if builtin:
        providers["builtin"] = {"kind": "builtin", "pace_ms": 1}
        chain.append({"provider": "builtin"})
    return {
        "agents_dir": str(ROOT / "agents"),
        "providers": providers,
        "models": [{"name": "*", "chain": chain}],
        "retry": {"backoff_ms": 0, "bench_ms": 100},
        "stream": {"heartbeat_ms": 1000},
    } | more


class ModelCase(ServerCase):
    """`server_options` are those of `ModelServer`; one server and one program for all tests of a class."""

    server_options: dict = {}
    server: ModelServer
    client: Client

    @classmethod
    def start_server(cls, **options) -> ModelServer:
        server = ModelServer(**cls.server_options | options)
        cls.addClassCleanup(server.close)
        return server

    def own_server(self, **options) -> ModelServer:
        server = ModelServer(**self.server_options | options)
        self.addCleanup(server.close)
        return server

    def program(self, *urls: str, **more) -> Client:
        """A program of the test's own behind nginx."""
        return starts.behind_nginx(self.sandbox(**configuration(*urls, **more)))

    # The five dialects. Each gives the answer under way.

    @staticmethod
    def companion(client: Client, message: str, session: str = "s1") -> Exchange:
        return client.ask(message, session_id=session)

    @staticmethod
    def tutor(client: Client, message: str, session: str = "s1") -> Exchange:
        return client.request("POST", "/stream-chat", {"message": message, "sessionId": session})

    @staticmethod
    def desk(client: Client, message: str, session: str = "s1") -> Exchange:
        body = {"message": message, "assistantType": "general", "sessionId": session}
        return client.request("POST", "/api/chat/stream", body)

    @staticmethod
    def agent(client: Client, message: str, session: str = "s1", **more) -> Exchange:
        return client.request("POST", "/api/agent/chat", {"message": message, "session_id": session} | more)

    @staticmethod
    def completion(client: Client, message: str = "Once upon a time", stream: bool = True, **more) -> Exchange:
        body = {"model": NAME, "messages": [{"role": "user", "content": message}], "stream": stream}
        if stream:
            body["stream_options"] = {"include_usage": True}
        return client.request("POST", "/api/v2/chat/completions", body | more)


# What the streams of the dialects that keep a conversation have in common, by their own words.
TEXT_EVENTS = {"content_chunk", "content", "token"}
TERMINAL_EVENTS = {"complete", "done", "chat_completed", "error"}


def text_of(events: list) -> str:
    """The text since the last reset."""
    text = ""
    for event in events:
        value = event.value
        if value["type"] == "reset" or value["type"] == "provider_switch" and value["reset"]:
            text = ""
        elif value["type"] in TEXT_EVENTS:
            text += value["content"]
    return text


def reply_of(events: list) -> str:
    """The id of the reply, by a stream's first event."""
    start = events[0].value
    return start.get("reply_id") or start["messageId"]


def until_text(exchange: Exchange) -> list:
    """The events up to the first text."""
    seen = []
    for event in exchange.events():
        seen.append(event)
        if text_of(seen):
            return seen
    raise AssertionError(f"no text in {[event.data[:300] for event in seen]}")


def ends_of(events: list) -> list[str]:
    return [event.type for event in events if event.type in TERMINAL_EVENTS]
