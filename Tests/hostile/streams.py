"""Malformed FastCGI, one fault each, and what must come of it.

    refused   the connection is closed without an answer, though its other side still waits
    waits     nothing comes until the time for a request to arrive is over; then as refused
    answered  an answer with one of the statuses given
    ended     either of the three: that the program lives and nobody else is harmed is all there is to ask
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

import fastcgi
from fastcgi import BEGIN_REQUEST, PARAMS, STDIN, begin, pairs, record, stream
from harness import cgi_environment

HEALTH = cgi_environment("GET", "/healthz", {}, b"")
REFUSED, WAITS, ENDED = "refused", "waits", "ended"


@dataclass
class Malformed:
    what: str
    data: bytes
    outcome: str | tuple[int, ...]


def whole(parameters: bytes, body: bytes = b"") -> bytes:
    return begin() + stream(PARAMS, parameters) + stream(STDIN, body)


def posting(body: bytes, declared: int, path: str = "/api/v1/auth/guest") -> bytes:
    environment = cgi_environment("POST", path, {"CONTENT_LENGTH": str(declared)}, body)
    return whole(pairs(environment), body)


def long_pair(name: int, value: int, rest: bytes = b"") -> bytes:
    """Declared lengths in their four-byte form."""
    return struct.pack("!II", name | 0x8000_0000, value | 0x8000_0000) + rest


GOOD = whole(pairs(HEALTH))
NOT_ENDED = begin() + record(PARAMS, pairs(HEALTH))


def all_streams() -> list[Malformed]:
    return [
        # Framing
        Malformed("version 0", record(BEGIN_REQUEST, b"\0\1\0\0\0\0\0\0", version=0), REFUSED),
        Malformed("version 2 in the middle", begin() + record(PARAMS, pairs(HEALTH), version=2), REFUSED),
        Malformed("an unknown type of record in a request", begin() + record(99, b"what") + GOOD[16:], REFUSED),
        Malformed("records that only an application sends", record(fastcgi.STDOUT, b"Status: 200\r\n\r\n"), REFUSED),
        Malformed("half a header, then silence", GOOD[:4], WAITS),
        Malformed("a header, then silence", GOOD[:8], WAITS),
        Malformed("more content announced than is sent", begin() + record(PARAMS, b"x" * 9_000)[:5_000], WAITS),
        Malformed("padding of 255 that is not sent", GOOD[:-2] + b"\xff\0", (200,)),
        Malformed(
            "padding of 255 in every record",
            record(BEGIN_REQUEST, b"\0\1\0\0\0\0\0\0", padding=255) + record(PARAMS, pairs(HEALTH), padding=255)
            + record(PARAMS, padding=255) + record(STDIN, padding=255), (200,)),
        Malformed("headers of nothing but padding", begin() + record(PARAMS, padding=255) * 400, ENDED),
        # Order, and whose request it is
        Malformed("another request's parameters", begin() + stream(PARAMS, pairs(HEALTH), 2) + stream(STDIN, b"", 2),
            ENDED),
        Malformed("parameters before any request", stream(PARAMS, pairs(HEALTH)) + GOOD, REFUSED),
        Malformed("a body before the parameters", begin() + record(STDIN, b"early") + GOOD[16:], ENDED),
        Malformed("the body's end before the parameters", begin() + record(STDIN) + GOOD[16:], REFUSED),
        Malformed("the request begins twice", begin() + GOOD, ENDED),
        Malformed("a second request in the middle of the first", NOT_ENDED + begin(request_id=2) + GOOD[16:], ENDED),
        Malformed("two whole requests at once, the connection not to be kept", GOOD + GOOD, (200,)),
        Malformed("an abort instead of parameters", begin() + record(fastcgi.ABORT_REQUEST), ENDED),
        Malformed("an abort instead of a body",
            begin() + stream(PARAMS, pairs(HEALTH)) + record(fastcgi.ABORT_REQUEST) + record(STDIN), ENDED),
        Malformed("a request id of 0", begin(request_id=0) + stream(PARAMS, pairs(HEALTH), 0) + stream(STDIN, b"", 0),
            ENDED),
        Malformed("an authorizer's role", begin(role=fastcgi.AUTHORIZER) + GOOD[16:], ENDED),
        Malformed("a role that does not exist", begin(role=0xFFFF) + GOOD[16:], ENDED),
        Malformed("a begin of one byte", record(BEGIN_REQUEST, b"\0") + GOOD[16:], REFUSED),
        # Records outside any request
        Malformed("an unknown management record, then a request", record(77, b"?" * 40, 0) + GOOD, ENDED),
        Malformed("values asked for, then a request",
            record(fastcgi.GET_VALUES, pairs({"FCGI_MPXS_CONNS": "", "X": ""}), 0) + GOOD, ENDED),
        Malformed("values asked for whose names break off", record(fastcgi.GET_VALUES, b"\xff\xff\xff", 0) + GOOD, ENDED),
        Malformed("values asked for with 60,000 bytes", record(fastcgi.GET_VALUES, b"\x01\x01ab" * 15_000, 0) + GOOD, ENDED),
        Malformed("management records without end", record(77, b"", 0) * 8_000, ENDED),
        # Parameters
        Malformed("a name length that breaks off", whole(b"\x80\0"), ENDED),
        Malformed("a value length that is missing", whole(b"\x05"), ENDED),
        Malformed("a name longer than the parameters", whole(b"\x7f\x01A"), ENDED),
        Malformed("a name of a gigabyte", whole(long_pair(1 << 30, 1, b"A" * 100)), ENDED),
        Malformed("a value of a gigabyte", whole(long_pair(1, 1 << 30, b"A" * 100)), ENDED),
        Malformed("name and value whose sum overflows 32 bits", whole(long_pair(0x7FFF_FFFF, 0x7FFF_FFFF, b"A" * 500)), ENDED),
        Malformed("name and value whose sum overflows to little", whole(long_pair(0x7FFF_FFFF, 1, b"A" * 500)), ENDED),
        Malformed("a length in four bytes that one would hold", whole(long_pair(1, 1, b"AB") + pairs(HEALTH)), (200,)),
        Malformed("a length cut in two by a record's end",
            begin() + record(PARAMS, b"\x80\0") + record(PARAMS, b"\0\x01\x01AB" + pairs(HEALTH)) + GOOD[-16:], (200,)),
        Malformed("NUL bytes in names and values", whole(pairs({"A\0B": b"\0\0", "\0": b"x", **HEALTH})), (200,)),
        Malformed("a name with an equals sign", whole(pairs({"A=B=": "=", "": "", "=": "", **HEALTH})), (200,)),
        Malformed("bytes that are no UTF-8", whole(pairs({"HTTP_X": b"\xff\xfe\xc0\xaf", **HEALTH})), (200,)),
        Malformed("7,000 parameters", whole(pairs({f"X{n}": "" for n in range(7_000)} | HEALTH)), ENDED),
        Malformed("one name 5,000 times", whole(pairs({"HTTP_A": "b"}) * 5_000 + pairs(HEALTH)), (200,)),
        Malformed("parameters without a method or a path", whole(pairs({"A": "b"})), (404, 405, 400)),
        Malformed("no parameters", whole(b""), (404, 405, 400)),
        # Bodies
        Malformed("a body shorter than declared", posting(b"{}", 10), (400,)),
        Malformed("a body longer than declared", posting(b"{}" * 40, 2), (400,)),
        Malformed("a body where none is declared", whole(pairs(HEALTH), b"x" * 30_000), ENDED),
        Malformed("a declared length that is no number",
            whole(pairs(cgi_environment("POST", "/api/v1/auth/guest", {"CONTENT_LENGTH": "-1"}, b"")), b"{}"), (400,)),
        Malformed("a body in 5,000 records of a byte",
            begin() + stream(PARAMS, pairs(cgi_environment("POST", "/api/v1/auth/guest", {}, b"x" * 5_000)))
            + record(STDIN, b"x") * 5_000 + record(STDIN), (400, 415, 200, 201)),
        # Other protocols
        Malformed("HTTP", b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", REFUSED),
        Malformed("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x5a" * 500, REFUSED),
        Malformed("a name in SCGI", b"70:CONTENT_LENGTH\0000\0SCGI\0001\0,", REFUSED),
        Malformed("zeros", b"\0" * 4_096, REFUSED),
        Malformed("ones", b"\xff" * 4_096, REFUSED),
    ]  # fmt: skip
