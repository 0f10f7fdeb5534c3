"""A language model's server that speaks OpenAI's chat completions, and notices when its client leaves."""

from __future__ import annotations

import json
import select
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Model:
    """Says `pieces` pieces of text with `pause_s` between them, to everybody who asks; fewer when `ends` is set before.

    A piece may have its number in it, where it says `{}`.
    """

    def __init__(
        self, pieces: int = 100_000, piece: str = "word ", pause_s: float = 0.05, ends: threading.Event | None = None
    ) -> None:
        self.pieces, self.piece, self.pause_s, self.ends = pieces, piece, pause_s, ends
        self.lock = threading.Lock()
        self.open = 0
        self.asked = 0
        self.finished = 0
        # When each client left before the end.
        self.left_at: list[float] = []
        model = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_) -> None:
                pass

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self.close_connection = True
                with model.lock:
                    model.open += 1
                    model.asked += 1
                try:
                    model.say(self)
                    with model.lock:
                        model.finished += 1
                except ConnectionError:
                    with model.lock:
                        model.left_at.append(time.monotonic())
                finally:
                    with model.lock:
                        model.open -= 1

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 512

        self.server = Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def say(self, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.send_header("Connection", "close")
        handler.end_headers()

        def event(delta: dict, reason: str | None) -> bytes:
            choice = {"index": 0, "delta": delta, "finish_reason": reason}
            value = {"id": "c1", "object": "chat.completion.chunk", "model": "test", "choices": [choice]}
            return b"data: " + json.dumps(value).encode() + b"\n\n"

        for number in range(self.pieces):
            if self.ends and self.ends.is_set():
                break
            handler.wfile.write(event({"content": self.piece.format(number)}, None))
            # The client says nothing more, so there is something to read only when it has gone.
            if self.pause_s or number % 64 == 0:
                ready, _, _ = select.select([handler.connection], [], [], self.pause_s)
                if ready and not handler.connection.recv(1024):
                    raise ConnectionResetError("the client left")
        handler.wfile.write(event({}, "stop") + b"data: [DONE]\n\n")

    def configuration(self, **more) -> dict:
        """For a stage whose replies this model gives."""
        base = f"http://127.0.0.1:{self.server.server_address[1]}/v1"
        return {
            "providers": {"local": {"kind": "openai", "base_url": base}},
            "models": [{"name": "*", "chain": [{"provider": "local", "model": "test"}]}],
        } | more

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
