"""Malformed FastCGI, one fault each, and what must come of it.

    refused   the connection is closed without an answer, though its other side still waits
    waits     nothing comes until the time for a request to arrive is over; then as refused
    answered  an answer with one of the statuses given
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

import fastcgi
from fastcgi import BEGIN_REQUEST, PARAMS, STDIN, begin, pairs, record, stream
from harness import cgi_environment

HEALTH = cgi_environment("GET", "/healthz", {}, b"")
REFUSED, WAITS = "refused", "waits"


@dataclass
class Malformed:
    what: str
    data: bytes
    outcome: str | tuple[int, ...]


def whole(parameters: bytes, body: bytes = b"") -> bytes:
    return begin() + stream(PARAMS, parameters) + stream(STDIN, body)


def asking(declared: object, token: str = "") -> bytes:
    """The parameters of a request with a body."""
    headers = {"CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(declared), "AUTHORIZATION": f"Bearer {token}"}
    return pairs(cgi_environment("POST", "/api/v1/chat/history", headers, b""))


def long_pair(name: int, value: int, rest: bytes = b"") -> bytes:
    """Declared lengths in their four-byte form."""
    return struct.pack("!II", name | 0x8000_0000, value | 0x8000_0000) + rest


GOOD = whole(pairs(HEALTH))
UNFINISHED = begin() + record(PARAMS, pairs(HEALTH))
def all_streams(token: str) -> list[Malformed]:
    long_body = begin() + stream(PARAMS, asking(900_000, token)) + record(STDIN, b"x" * 60_000) * 2
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
            "padding of 255 in every record but the first", begin() + record(PARAMS, pairs(HEALTH), padding=255)
            + record(PARAMS, padding=255) + record(STDIN, padding=255), (200,)),
        Malformed("padding in the record that begins a request",
            record(BEGIN_REQUEST, b"\0\1\0\0\0\0\0\0", padding=8) + GOOD[16:], REFUSED),
        Malformed("headers of nothing but padding", begin() + record(PARAMS, padding=255) * 400, REFUSED),
        # Order, and whose request it is
        Malformed("another request's parameters", begin() + stream(PARAMS, pairs(HEALTH), 2) + stream(STDIN, b"", 2),
            REFUSED),
        Malformed("parameters before any request", stream(PARAMS, pairs(HEALTH)) + GOOD, REFUSED),
        Malformed("a body before the parameters", begin() + record(STDIN, b"early") + GOOD[16:], REFUSED),
        Malformed("the body's end before the parameters", begin() + record(STDIN) + GOOD[16:], REFUSED),
        Malformed("the request begins twice", begin() + GOOD, REFUSED),
        Malformed("a second request in the middle of the first", UNFINISHED + begin(request_id=2) + GOOD[16:], REFUSED),
        Malformed("two whole requests at once, the connection not to be kept", GOOD + GOOD, (200,)),
        Malformed("an abort instead of parameters", begin() + record(fastcgi.ABORT_REQUEST), REFUSED),
        Malformed("an abort instead of a body",
            begin() + stream(PARAMS, pairs(HEALTH)) + record(fastcgi.ABORT_REQUEST) + record(STDIN), REFUSED),
        Malformed("a request id of 0", begin(request_id=0) + stream(PARAMS, pairs(HEALTH), 0) + stream(STDIN, b"", 0),
            REFUSED),
        Malformed("an authorizer's role", begin(role=fastcgi.AUTHORIZER) + GOOD[16:], (200,)),
        Malformed("a role that does not exist", begin(role=0xFFFF) + GOOD[16:], REFUSED),
        Malformed("a begin of one byte", record(BEGIN_REQUEST, b"\0") + GOOD[16:], REFUSED),
        # Records outside any request
        Malformed("an unknown management record, then a request", record(77, b"", 0) + GOOD, REFUSED),
        Malformed("one with content", record(77, b"?" * 40, 0) + GOOD, REFUSED),
        Malformed("values asked for, then a request",
            record(fastcgi.GET_VALUES, pairs({"FCGI_MPXS_CONNS": "", "X": ""}), 0) + GOOD, (200,)),
        Malformed("values asked for whose names break off", record(fastcgi.GET_VALUES, b"\xff\xff\xff", 0) + GOOD, REFUSED),
        Malformed("values asked for with 60,000 bytes", record(fastcgi.GET_VALUES, b"\x01\x01ab" * 15_000, 0) + GOOD, REFUSED),
        Malformed("values asked for more often than there are",
            record(fastcgi.GET_VALUES, pairs({"FCGI_MPXS_CONNS": ""}) * 8, 0) + GOOD, REFUSED),
        Malformed("values asked for in the middle of a request",
            begin() + record(fastcgi.GET_VALUES, b"", 0) + GOOD[16:], REFUSED),
        Malformed("values asked for in the middle of a long body", long_body
            + record(fastcgi.GET_VALUES, pairs({"FCGI_MPXS_CONNS": ""}) * 100, 0) + record(STDIN), (400,)),
        Malformed("7,900 questions whose answers nobody reads", record(fastcgi.GET_VALUES, b"", 0) * 7_900 + GOOD, REFUSED),
        Malformed("3,500 requests begun at once", begin() * 3_500 + GOOD, REFUSED),
        Malformed("management records without end", record(77, b"", 0) * 8_000, REFUSED),
        # Parameters
        Malformed("a name length that breaks off", whole(b"\x80\0"), REFUSED),
        Malformed("a value length that is missing", whole(b"\x05"), REFUSED),
        Malformed("a name longer than the parameters", whole(b"\x7f\x01A"), REFUSED),
        Malformed("a name of a gigabyte", whole(long_pair(1 << 30, 1, b"A" * 100)), REFUSED),
        Malformed("a value of a gigabyte", whole(long_pair(1, 1 << 30, b"A" * 100)), REFUSED),
        Malformed("name and value whose sum overflows 32 bits", whole(long_pair(0x7FFF_FFFF, 0x7FFF_FFFF, b"A" * 500)), REFUSED),
        Malformed("name and value whose sum overflows to little", whole(long_pair(0x7FFF_FFFF, 1, b"A" * 500)), REFUSED),
        Malformed("a length in four bytes that one would hold", whole(long_pair(1, 1, b"AB") + pairs(HEALTH)), (200,)),
        Malformed("a length cut in two by a record's end",
            begin() + record(PARAMS, b"\x80\0") + record(PARAMS, b"\0\x01\x01AB" + pairs(HEALTH)) + GOOD[-16:], (200,)),
        Malformed("NUL bytes in names and values", whole(pairs({"A\0B": b"\0\0", "\0": b"x", **HEALTH})), (200,)),
        Malformed("a name with an equals sign", whole(pairs({"A=B=": "=", "": "", "=": "", **HEALTH})), (200,)),
        Malformed("bytes that are no UTF-8", whole(pairs({"HTTP_X": b"\xff\xfe\xc0\xaf", **HEALTH})), (200,)),
        Malformed("7,000 parameters", whole(pairs({f"X{n}": "" for n in range(7_000)} | HEALTH)), (200,)),
        Malformed("one name 5,000 times", whole(pairs({"HTTP_A": "b"}) * 5_000 + pairs(HEALTH)), (200,)),
        Malformed("parameters without a method or a path", whole(pairs({"A": "b"})), (404, 405, 400)),
        Malformed("no parameters", whole(b""), (404, 405, 400)),
        # Bodies
        Malformed("a body shorter than declared", whole(asking(10, token), b"{}"), (400,)),
        Malformed("a body longer than declared", whole(asking(2, token), b"{}" * 40), (400,)),
        Malformed("a body where none is declared", whole(pairs(HEALTH), b"x" * 30_000), (200, 400)),
        Malformed("a declared length that is no number",
            whole(asking("-1", token), b"{}"), (400, 413)),
        Malformed("a body in 5,000 records of a byte",
            begin() + stream(PARAMS, asking(5_000, token)) + record(STDIN, b" ") * 5_000 + record(STDIN), (400,)),
        # Other protocols
        Malformed("HTTP", b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", REFUSED),
        Malformed("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x5a" * 500, REFUSED),
        Malformed("a name in SCGI", b"70:CONTENT_LENGTH\0000\0SCGI\0001\0,", REFUSED),
        Malformed("zeros", b"\0" * 4_096, REFUSED),
        Malformed("ones", b"\xff" * 4_096, REFUSED),
    ]  # fmt: skip
