"""Good requests, spoilt at random. A seed and a number make the same bytes again."""

from __future__ import annotations

import json
import random

import fastcgi
from harness import cgi_environment

HEADER_BYTES = fastcgi.HEADER_BYTES


def good_requests(token: str) -> list[tuple[int, bytes]]:
    """What is spoilt, each with how often. Few of those that begin a reply: they cost most where they stay valid."""

    def request(method: str, target: str, body: bytes = b"", keep: bool = False, **more: str) -> bytes:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"} | more
        return fastcgi.request(cgi_environment(method, target, headers, body), body, keep=keep)

    question = json.dumps({"message": "Grüße! What next?", "session_id": "s1"}).encode()
    return [
        (30, request("GET", "/healthz", keep=True)),
        (20, request("POST", "/api/v1/chat/history", b'{"session_id":"s1","limit":2}', keep=True)),
        (15, request("GET", "/api/v1/chat/sessions?limit=1")),
        (15, request("POST", "/api/v1/chat/preferences/update", b'{"type":"topic"}' + b" " * 3_000)),
        (10, request("GET", "/healthz", COOKIE="x" * 9_000)),
        (8, fastcgi.record(fastcgi.GET_VALUES, fastcgi.pairs({"FCGI_MAX_REQS": ""}), 0) + request("GET", "/healthz")),
        (2, request("POST", "/api/v1/chat/stream", question)),
        # More than is looked over in advance: read while it comes.
        (4, request("POST", "/api/v1/chat/history", b'{"session_id":"s1"}' + b" " * 90_000, keep=True)),
    ]


def records_of(data: bytes) -> list[bytes]:
    """The data cut where its records begin; what is no record is the last piece."""
    pieces, at = [], 0
    while at + HEADER_BYTES <= len(data):
        length = HEADER_BYTES + int.from_bytes(data[at + 4 : at + 6], "big") + data[at + 6]
        pieces.append(data[at : at + length])
        at += length
    return pieces + ([data[at:]] if at < len(data) else [])


class Mutator:
    TELLING = (0x00, 0x01, 0x7F, 0x80, 0x81, 0xFF)

    def __init__(self, seed: int, good: list[tuple[int, bytes]]) -> None:
        self.seed = seed
        self.good = [data for _, data in good]
        self.weights = [weight for weight, _ in good]

    def mutation(self, number: int) -> tuple[bytes, random.Random]:
        """Mutation `number`, and the generator that made it, for further choices."""
        source = random.Random(f"{self.seed}/{number}")
        data = self._pick(source)
        for _ in range(source.choice((1, 1, 1, 2, 3))):
            data = source.choice(self.WAYS)(self, data, source)
        return data, source

    def _pick(self, source: random.Random) -> bytes:
        return source.choices(self.good, self.weights)[0]

    # Bytes

    def flip_bits(self, data: bytes, source: random.Random) -> bytes:
        out = bytearray(data)
        for _ in range(source.randint(1, 8) if out else 0):
            out[source.randrange(len(out))] ^= 1 << source.randrange(8)
        return bytes(out)

    def set_bytes(self, data: bytes, source: random.Random) -> bytes:
        out = bytearray(data)
        for _ in range(source.randint(1, 4) if out else 0):
            out[source.randrange(len(out))] = source.choice(self.TELLING)
        return bytes(out)

    def cut(self, data: bytes, source: random.Random) -> bytes:
        return data[: source.randint(0, len(data))]

    def drop(self, data: bytes, source: random.Random) -> bytes:
        at = source.randint(0, len(data))
        return data[:at] + data[at + source.randint(1, 40) :]

    def repeat(self, data: bytes, source: random.Random) -> bytes:
        at = source.randint(0, len(data))
        return data[:at] + data[at : at + source.randint(1, 40)] * source.randint(2, 5) + data[at:]

    def insert(self, data: bytes, source: random.Random) -> bytes:
        at = source.randint(0, len(data))
        return data[:at] + source.randbytes(source.randint(1, 40)) + data[at:]

    def splice(self, data: bytes, source: random.Random) -> bytes:
        other = self._pick(source)
        return data[: source.randint(0, len(data))] + other[source.randint(0, len(other)) :]

    # Records

    def change_header(self, data: bytes, source: random.Random) -> bytes:
        pieces = records_of(data)
        if not pieces:
            return data
        chosen = source.randrange(len(pieces))
        header = bytearray(pieces[chosen])
        at = source.randrange(min(len(header), HEADER_BYTES))
        header[at] = source.choice((*self.TELLING, (header[at] + 1) % 256, (header[at] - 1) % 256, source.randrange(12)))
        pieces[chosen] = bytes(header)
        return b"".join(pieces)

    def repeat_record(self, data: bytes, source: random.Random) -> bytes:
        pieces = records_of(data)
        if pieces:
            pieces.insert(source.randint(0, len(pieces)), source.choice(pieces))
        return b"".join(pieces)

    def drop_record(self, data: bytes, source: random.Random) -> bytes:
        pieces = records_of(data)
        if pieces:
            del pieces[source.randrange(len(pieces))]
        return b"".join(pieces)

    def swap_records(self, data: bytes, source: random.Random) -> bytes:
        pieces = records_of(data)
        source.shuffle(pieces)
        return b"".join(pieces)

    def split_record(self, data: bytes, source: random.Random) -> bytes:
        """A record as two with the content divided: as good as before, where it is one of a stream."""
        pieces = records_of(data)
        if not pieces:
            return data
        chosen = source.randrange(len(pieces))
        header, content = pieces[chosen][:HEADER_BYTES], pieces[chosen][HEADER_BYTES:]
        if len(header) == HEADER_BYTES and content:
            at = source.randint(0, len(content))
            identifier = int.from_bytes(header[2:4], "big")
            parts = [fastcgi.record(header[1], part, identifier, source.choice((0, 1, 255)))
                     for part in (content[:at], content[at:])]  # fmt: skip
            pieces[chosen : chosen + 1] = parts
        return b"".join(pieces)

    def spoil_parameters(self, data: bytes, source: random.Random) -> bytes:
        """Parameters with random lengths before the good ones, framed as they should be."""
        def length() -> bytes:
            number = source.choice((0, 1, 5, 127, 128, 300, 0xFFFF, 1 << 24, 1 << 30, 0x7FFF_FFFE, 0x7FFF_FFFF))
            return bytes([number]) if number < 128 and source.random() < 0.5 else (number | 0x8000_0000).to_bytes(4, "big")

        extra = length() + length() + source.randbytes(source.choice((0, 1, 6, 300)))
        pieces = records_of(data)
        for at, piece in enumerate(pieces):
            if len(piece) > HEADER_BYTES and piece[1] == fastcgi.PARAMS:
                pieces.insert(source.choice((at, at + 1)), fastcgi.record(fastcgi.PARAMS, extra))
                break
        return b"".join(pieces)

    def follow(self, data: bytes, source: random.Random) -> bytes:
        return data + self._pick(source)

    WAYS = (
        flip_bits, set_bytes, cut, drop, repeat, insert, splice, change_header, change_header, repeat_record, drop_record,
        swap_records, split_record, spoil_parameters, spoil_parameters, follow,
    )  # fmt: skip
