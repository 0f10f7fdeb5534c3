"""One request and its answer, read piece by piece with the time each piece came, over HTTP, FastCGI or CGI."""

from __future__ import annotations

import json
import os
import select
import socket
import subprocess
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import fastcgi

# Long enough for a busy machine; a test that waits this long has found a hang.
PATIENCE_S = 60.0


class NoAnswer(AssertionError):
    """The other side closed, or was silent for too long, before the answer was there."""


@dataclass
class Event:
    """One server-sent event. `read` counts the reads that brought bytes: equal numbers came in one lump."""

    at: float
    read: int
    id: str | None
    data: str

    @property
    def value(self) -> dict:
        return json.loads(self.data)

    @property
    def type(self) -> str:
        return self.value.get("type", "")

    @property
    def text(self) -> str:
        """The text that it brings, in the words of any dialect but that of chat completions."""
        value = self.value
        return value["content"] if value.get("type") in ("content_chunk", "content", "token") else ""

    def follows(self, number: int) -> bool:
        """Whether nothing lies between it and the event of `number`. Pieces of text that wait for a client are one event under
        the number of the last, and each has a byte at least."""
        return 1 <= int(self.id) - number <= max(1, len(self.text.encode()))


def joined(events: list[Event]) -> list[tuple[str | None, dict]]:
    """Numbers and values, with texts that follow one another as one: the same for any two readings of a turn, whatever waited."""
    whole: list[tuple[str | None, dict]] = []
    goes_on = False
    for event in events:
        value = event.value
        if event.text and goes_on:
            value["content"] = whole.pop()[1]["content"] + event.text
        goes_on = event.text != ""
        whole.append((event.id, value))
    return whole


@dataclass
class Head:
    status: int = 0
    reason: str = ""
    headers: list[tuple[str, str]] = field(default_factory=list)

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def get(self, name: str) -> str | None:
        values = self.all(name)
        return values[0] if values else None


# Decoders: raw bytes in, body bytes out. `ended` says that the answer's own end was seen, not just the connection's.


class CGIDecoder:
    """What a CGI program prints: headers, a blank line, the body until the end."""

    def __init__(self) -> None:
        self.head: Head | None = None
        self.ended = False
        self._buffer = b""

    def feed(self, data: bytes) -> bytes:
        if self.head is not None:
            return data
        self._buffer += data
        for blank in (b"\r\n\r\n", b"\n\n"):
            before, found, after = self._buffer.partition(blank)
            if found:
                self.head = Head(200)
                for line in before.replace(b"\r\n", b"\n").split(b"\n"):
                    name, _, value = line.decode("latin-1").partition(":")
                    if name.lower() == "status":
                        self.head.status = int(value.split()[0])
                    else:
                        self.head.headers.append((name, value.strip()))
                return after
        return b""

    def close(self) -> None:
        self.ended = self.head is not None


class FastCGIDecoder:
    def __init__(self, request_id: int = 1) -> None:
        self._records = fastcgi.RecordReader()
        self._cgi = CGIDecoder()
        self._request_id = request_id
        self.ended = False
        self.stderr = b""
        self.protocol_status: int | None = None

    @property
    def head(self) -> Head | None:
        return self._cgi.head

    def feed(self, data: bytes) -> bytes:
        body = b""
        for kind, request_id, content in self._records.feed(data):
            if request_id != self._request_id:
                raise AssertionError(f"a record for request {request_id} on the connection of {self._request_id}")
            if kind == fastcgi.STDOUT:
                body += self._cgi.feed(content)
            elif kind == fastcgi.STDERR:
                self.stderr += content
            elif kind == fastcgi.END_REQUEST:
                self.ended = True
                self.protocol_status = content[4]
        return body

    def close(self) -> None:
        pass


class HTTPDecoder:
    """HTTP/1.1 answers: a length, chunks, or until the connection closes."""

    def __init__(self, method: str) -> None:
        self.head: Head | None = None
        self.ended = False
        self._buffer = b""
        self._left: int | None = None
        self._chunked = False
        self._no_body = method == "HEAD"
        self._unzip = None

    def feed(self, data: bytes) -> bytes:
        self._buffer += data
        if self.head is None:
            before, found, after = self._buffer.partition(b"\r\n\r\n")
            if not found:
                return b""
            first, *lines = before.decode("latin-1").split("\r\n")
            _, status, reason = (first + "  ").split(" ", 2)
            self._buffer = after
            if int(status) == 100:
                return self.feed(b"")
            self.head = Head(int(status), reason.strip())
            for line in lines:
                name, _, value = line.partition(":")
                self.head.headers.append((name, value.strip()))
            self._chunked = (self.head.get("Transfer-Encoding") or "").lower() == "chunked"
            length = self.head.get("Content-Length")
            self._left = int(length) if length is not None else None
            if self.head.get("Content-Encoding") == "gzip":
                self._unzip = zlib.decompressobj(wbits=31)
            if self._no_body or self.head.status in (204, 304) or self._left == 0:
                self.ended = True
        if self._chunked:
            body = self._chunks()
        else:
            body, self._buffer = self._buffer, b""
            if self._left is not None:
                self._left -= len(body)
                self.ended = self._left <= 0
        # What is not flushed through the compressor does not come out here either.
        return self._unzip.decompress(body) if self._unzip else body

    def _chunks(self) -> bytes:
        body = b""
        while not self.ended:
            line, found, after = self._buffer.partition(b"\r\n")
            if not found:
                break
            size = int(line.split(b";")[0], 16)
            if len(after) < size + 2:
                break
            body += after[:size]
            self._buffer = after[size + 2 :]
            self.ended = size == 0
        return body

    def close(self) -> None:
        if self.head is not None and not self._chunked and self._left is None:
            self.ended = True


class Exchange:
    """An answer under way. Read it with `finish`, or event by event with `events`."""

    def __init__(self, decoder, source: socket.socket | int, close) -> None:
        self.decoder = decoder
        self.pieces: list[tuple[float, bytes]] = []
        self.closed_by_peer = False
        self._source = source
        self._close = close
        self._event_buffer = b""
        self._events: list[Event] = []
        self._comments: list[str] = []
        self._parsed = 0

    # Reading

    def _read(self) -> bool:
        """One read; false once there is nothing more to come."""
        if self.decoder.ended or self.closed_by_peer:
            return False
        try:
            if isinstance(self._source, socket.socket):
                raw = self._source.recv(65_536)
            else:
                ready, _, _ = select.select([self._source], [], [], PATIENCE_S)
                if not ready:
                    raise TimeoutError
                raw = os.read(self._source, 65_536)
        except TimeoutError:
            raise NoAnswer(f"nothing came for {PATIENCE_S} s; so far: {self.body[-300:]!r}") from None
        except (ConnectionResetError, BrokenPipeError):
            raw = b""
        if not raw:
            self.closed_by_peer = True
            self.decoder.close()
            return False
        body = self.decoder.feed(raw)
        if body:
            self.pieces.append((time.monotonic(), body))
        return True

    def wait_head(self) -> Head:
        while self.decoder.head is None:
            if not self._read() and self.decoder.head is None:
                raise NoAnswer("the connection ended before an answer")
        return self.decoder.head

    def finish(self) -> Exchange:
        """Reads to the end and closes."""
        self.wait_head()
        while self._read():
            pass
        self.close()
        return self

    def close(self) -> None:
        if self._close:
            self._close()
            self._close = None

    # An answer that nobody reads to its end gives its connection back all the same.
    __del__ = close

    def __enter__(self) -> Exchange:
        return self

    def __exit__(self, *_) -> None:
        self.close()

    # What came

    @property
    def head(self) -> Head:
        return self.wait_head()

    @property
    def status(self) -> int:
        return self.head.status

    @property
    def body(self) -> bytes:
        return b"".join(piece for _, piece in self.pieces)

    @property
    def whole(self) -> bool:
        """Whether the answer's own end was seen."""
        return self.decoder.ended

    def json(self):
        self.finish()
        return json.loads(self.body)

    # Server-sent events (html.spec.whatwg.org/multipage/server-sent-events.html), as far as a strict reader needs

    def events(self) -> Iterator[Event]:
        """The events from the first, as they come. Ends with the connection."""
        self.wait_head()
        given = 0
        while True:
            self._parse()
            while given < len(self._events):
                given += 1
                yield self._events[given - 1]
            if not self._read():
                self._parse()
                if given == len(self._events):
                    return

    def all_events(self) -> list[Event]:
        events = list(self.events())
        self.close()
        return events

    @property
    def comments(self) -> list[str]:
        self._parse()
        return self._comments

    def _parse(self) -> None:
        while self._parsed < len(self.pieces):
            at, piece = self.pieces[self._parsed]
            self._parsed += 1
            self._event_buffer += piece
            while b"\n\n" in self._event_buffer:
                block, _, self._event_buffer = self._event_buffer.partition(b"\n\n")
                self._dispatch(block.decode("utf-8"), at, self._parsed)

    def _dispatch(self, block: str, at: float, read: int) -> None:
        identifier, data = None, []
        for line in block.split("\n"):
            if line.startswith(":"):
                self._comments.append(line[1:].strip())
                continue
            name, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if name == "id":
                identifier = value
            elif name == "data":
                data.append(value)
        if data:
            self._events.append(Event(at, read, identifier, "\n".join(data)))


# Ways to ask


def over_socket(connection: socket.socket, decoder, request: bytes) -> Exchange:
    connection.settimeout(PATIENCE_S)
    try:
        connection.sendall(request)
    except (BrokenPipeError, ConnectionResetError):
        # The other side answered before it had read everything; the answer is still there to be read.
        pass
    return Exchange(decoder, connection, connection.close)


def connect(address: str | tuple[str, int]) -> socket.socket:
    family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
    connection = socket.socket(family, socket.SOCK_STREAM)
    connection.settimeout(PATIENCE_S)
    try:
        connection.connect(address)
    except BaseException:
        connection.close()
        raise
    return connection


def over_process(command: list[str], environment: dict[str, str], body: bytes, log, cwd: str | None = None) -> Exchange:
    """A CGI program: the request in the environment and on standard input."""
    process = subprocess.Popen(
        command, env=environment, cwd=cwd, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log
    )
    try:
        process.stdin.write(body)
        process.stdin.close()
    except BrokenPipeError:
        pass

    def close() -> None:
        process.stdout.close()
        try:
            process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise NoAnswer(f"{command[0]} does not end after its answer") from None

    exchange = Exchange(CGIDecoder(), process.stdout.fileno(), close)
    exchange.process = process
    return exchange
