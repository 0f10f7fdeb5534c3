"""A responder that shows what a web server passes on."""

from __future__ import annotations

import json
import socket
import threading

import fastcgi


class Echo:
    """A FastCGI responder that answers with the parameters it got, as a list of pairs, and the length of the body."""

    def __init__(self, address: str | tuple[str, int]) -> None:
        family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
        self.listening = socket.socket(family, socket.SOCK_STREAM)
        self.listening.bind(address)
        self.listening.listen(64)
        self.requests = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        reader = fastcgi.RecordReader()
        parameters, body = b"", 0
        with connection:
            while data := connection.recv(65_536):
                for kind, request_id, content in reader.feed(data):
                    if kind == fastcgi.BEGIN_REQUEST:
                        parameters, body, keep = b"", 0, content[2] & fastcgi.KEEP_CONN
                    elif kind == fastcgi.PARAMS:
                        parameters += content
                    elif kind == fastcgi.STDIN and content:
                        body += len(content)
                    elif kind == fastcgi.STDIN:
                        self.requests += 1
                        pairs = [(name, value.decode("latin-1")) for name, value in fastcgi.parse_pairs(parameters)]
                        answer = json.dumps({"parameters": pairs, "body": body, "kept": bool(keep)}).encode()
                        out = b"Content-Type: application/json\r\n\r\n" + answer
                        connection.sendall(
                            fastcgi.stream(fastcgi.STDOUT, out, request_id)
                            + fastcgi.record(fastcgi.END_REQUEST, b"\0" * 8, request_id)
                        )
                        if not keep:
                            return
