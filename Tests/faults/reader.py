"""A client that does what docs/api.md asks of one: it resumes until it has a terminal event, and notes what it saw."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from stage import HTTPClient

from exchange import Event, HTTPDecoder

# Between two tries of a client. nginx and the program ask for two seconds; tests are impatient.
PAUSE_S = 0.1
LOST = (ConnectionError, TimeoutError, asyncio.IncompleteReadError, OSError)


@dataclass
class Told:
    """One message of a user and what came of it."""

    client: HTTPClient
    session: str
    text: str
    key: str
    reply_id: str | None = None
    message_id: str | None = None
    events: list[Event] = field(default_factory=list)
    content: str = ""
    end: dict | None = None
    # Whether the text was taken back and told anew: what a worker showed in its last moments is not kept.
    was_reset: bool = False
    faults: list[str] = field(default_factory=list)
    # What was answered instead of a stream: status and code.
    refusals: Counter = field(default_factory=Counter)
    cuts: int = 0
    # Streams that ended properly without a terminal event.
    empty_ends: int = 0

    @property
    def is_acknowledged(self) -> bool:
        return self.message_id is not None

    @property
    def last(self) -> int:
        """The number of the last event; 0 when there is none."""
        return int(self.events[-1].id) if self.events else 0

    def take(self, event: Event) -> None:
        if self.end is not None:
            self.faults.append(f"event {event.id} after the terminal one: {event.data[:200]}")
            return
        if not event.follows(self.last):
            self.faults.append(f"event {event.id} after event {self.last}: {event.data[:200]}")
        self.events.append(event)
        value = event.value
        kind = value["type"]
        if kind == "user_message_received":
            self.message_id, self.reply_id = value["message_id"], value["reply_id"]
        elif kind == "content_chunk":
            self.content += value["content"]
        elif kind == "provider_switch" and value["reset"]:
            self.content = ""
            self.was_reset = True
        elif kind in ("complete", "error"):
            self.end = value

    @property
    def status(self) -> str | None:
        """What the history must say of the reply."""
        if self.end is None:
            return None
        if self.end["type"] == "complete":
            return self.end["status"]
        return "interrupted" if self.end["code"] == "interrupted" else "failed"


class Answer:
    """An HTTP answer as it comes."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, method: str) -> None:
        self._reader = reader
        self._writer = writer
        self.decoder = HTTPDecoder(method)
        self._buffer = b""

    @property
    def status(self) -> int:
        return self.decoder.head.status

    async def read(self, patience_s: float) -> bool:
        if self.decoder.ended:
            return False
        async with asyncio.timeout(patience_s):
            raw = await self._reader.read(65_536)
        if not raw:
            self.decoder.close()
            return False
        self._buffer += self.decoder.feed(raw)
        return True

    async def head(self, patience_s: float) -> None:
        while self.decoder.head is None:
            if not await self.read(patience_s) and self.decoder.head is None:
                raise ConnectionResetError("no answer")

    async def body(self, patience_s: float = 30.0) -> bytes:
        while await self.read(patience_s):
            pass
        return self._buffer

    async def events(self, patience_s: float) -> AsyncIterator[Event]:
        while True:
            *blocks, self._buffer = self._buffer.split(b"\n\n")
            for block in blocks:
                number, data = None, None
                for line in block.decode().split("\n"):
                    name, _, value = line.partition(": ")
                    if name == "id":
                        number = value
                    elif name == "data":
                        data = value
                if data is not None:
                    yield Event(time.monotonic(), 0, number, data)
            if not await self.read(patience_s):
                return

    def close(self) -> None:
        self._writer.transport.abort()


async def request(
    client: HTTPClient, method: str, target: str, body: dict | None = None, headers: dict[str, str] | None = None,
    patience_s: float = 30.0,
) -> Answer:  # fmt: skip
    reader, writer = await asyncio.open_connection(*client.address)
    content = json.dumps(body).encode() if body is not None else b""
    fields = {"Host": "localhost", "Connection": "close", "Authorization": f"Bearer {client.token}"} | (headers or {})
    if body is not None:
        fields |= {"Content-Type": "application/json", "Content-Length": str(len(content))}
    head = f"{method} {target} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    answer = Answer(reader, writer, method)
    try:
        writer.write(head.encode() + b"\r\n" + content)
        await answer.head(patience_s)
    except BaseException:
        answer.close()
        raise
    return answer


async def ask(told: Told, patience_s: float) -> Answer:
    """The request that a client makes next: the message, again with its key as long as nothing came; then the rest."""
    if told.reply_id is None:
        body = {"message": told.text, "session_id": told.session}
        return await request(told.client, "POST", "/api/v1/chat/stream", body, {"Idempotency-Key": told.key}, patience_s)
    headers = {"Last-Event-ID": str(told.last)}
    return await request(
        told.client, "GET", f"/api/v1/chat/stream/{told.reply_id}", None, headers, patience_s
    )  # fmt: skip


async def follow(told: Told, patience_s: float = 30.0, leave_after: int | None = None) -> bool:
    """One request, read to its end (or until `leave_after` events are there). True when it was a stream."""
    answer = await ask(told, patience_s)
    try:
        if answer.status != 200:
            problem = await answer.body()
            try:
                code = json.loads(problem).get("code", "")
            except ValueError:
                code = "no problem document"
            retry = answer.decoder.head.get("Retry-After")
            told.refusals[(answer.status, code, "Retry-After" if retry else "no Retry-After")] += 1
            return False
        async for event in answer.events(patience_s):
            told.take(event)
            if leave_after is not None and len(told.events) >= leave_after:
                return True
        if told.end is None:
            if answer.decoder.ended:
                told.empty_ends += 1
            else:
                told.cuts += 1
        return True
    finally:
        answer.close()


async def tell(told: Told, patience_s: float = 120.0, silence_s: float = 60.0) -> Told:
    """Asks until there is a terminal event, or `patience_s` have brought none."""
    end = time.monotonic() + patience_s
    while told.end is None and time.monotonic() < end:
        try:
            if await follow(told, silence_s) and told.end is not None:
                break
        except LOST:
            told.cuts += 1
        await asyncio.sleep(PAUSE_S)
    return told
