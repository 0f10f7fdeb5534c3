"""FastCGI records, as much as a web server sends and reads (FastCGI specification 1.0, sections 3 to 5)."""

from __future__ import annotations

import struct

VERSION = 1
BEGIN_REQUEST, ABORT_REQUEST, END_REQUEST, PARAMS, STDIN, STDOUT, STDERR = 1, 2, 3, 4, 5, 6, 7
GET_VALUES, GET_VALUES_RESULT, UNKNOWN_TYPE = 9, 10, 11
RESPONDER, AUTHORIZER, FILTER = 1, 2, 3
KEEP_CONN = 1
HEADER_BYTES = 8


def record(kind: int, content: bytes = b"", request_id: int = 1, padding: int = 0, version: int = VERSION) -> bytes:
    return struct.pack("!BBHHBx", version, kind, request_id, len(content), padding) + content + b"\0" * padding


def begin(role: int = RESPONDER, keep: bool = False, request_id: int = 1) -> bytes:
    return record(BEGIN_REQUEST, struct.pack("!HB5x", role, KEEP_CONN if keep else 0), request_id)


def _length(number: int) -> bytes:
    return bytes([number]) if number < 128 else struct.pack("!I", number | 0x8000_0000)


def pairs(parameters: dict[str, str | bytes]) -> bytes:
    out = bytearray()
    for name, value in parameters.items():
        raw_name = name.encode()
        raw_value = value if isinstance(value, bytes) else value.encode()
        out += _length(len(raw_name)) + _length(len(raw_value)) + raw_name + raw_value
    return bytes(out)


def parse_pairs(data: bytes) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    at = 0

    def length() -> int:
        nonlocal at
        if data[at] < 128:
            at += 1
            return data[at - 1]
        at += 4
        return struct.unpack_from("!I", data, at - 4)[0] & 0x7FFF_FFFF

    while at < len(data):
        name_bytes, value_bytes = length(), length()
        name = data[at : at + name_bytes]
        value = data[at + name_bytes : at + name_bytes + value_bytes]
        at += name_bytes + value_bytes
        found.append((name.decode("latin-1"), value))
    return found


def stream(kind: int, data: bytes, request_id: int = 1, piece: int = 65_000) -> bytes:
    """The data in records of at most `piece` bytes and the empty record that ends the stream."""
    out = b"".join(record(kind, data[i : i + piece], request_id) for i in range(0, len(data), piece))
    return out + record(kind, b"", request_id)


def request(parameters: dict[str, str | bytes], body: bytes = b"", keep: bool = False, request_id: int = 1) -> bytes:
    return (
        begin(keep=keep, request_id=request_id)
        + stream(PARAMS, pairs(parameters), request_id)
        + stream(STDIN, body, request_id)
    )


class RecordReader:
    """Bytes in, whole records out: (kind, request id, content)."""

    def __init__(self) -> None:
        self.buffer = bytearray()

    def feed(self, data: bytes) -> list[tuple[int, int, bytes]]:
        self.buffer += data
        records = []
        while len(self.buffer) >= HEADER_BYTES:
            version, kind, request_id, length, padding = struct.unpack_from("!BBHHB", self.buffer)
            if version != VERSION:
                raise ValueError(f"FastCGI version {version}")
            whole = HEADER_BYTES + length + padding
            if len(self.buffer) < whole:
                break
            records.append((kind, request_id, bytes(self.buffer[HEADER_BYTES : HEADER_BYTES + length])))
            del self.buffer[:whole]
        return records
