"""Every dialect through every kind of provider, behind nginx: a table. What each kind does with errors, tools and the rest is
in the Swift tests (Tests/ProvidersTests); here stands that the whole way works."""

from __future__ import annotations

import json
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import starts
from harness import ROOT, ServerCase

TOKENS = ["It ", "rains ", "in ", "Ålesund ", "– ", "日本 ", "too."]
TEXT = "".join(TOKENS)
USAGE = (11, 7)


def sse(*events: dict, done: bool = False) -> bytes:
    lines = []
    for event in events:
        if "type" in event:
            lines.append(f"event: {event['type']}\n")
        lines.append(f"data: {json.dumps(event)}\n\n")
    return ("".join(lines) + ("data: [DONE]\n\n" if done else "")).encode()


def chat_completion() -> bytes:
    def chunk(delta: dict, reason: str | None = None) -> dict:
        return {"model": "m", "choices": [{"index": 0, "delta": delta, "finish_reason": reason}]}

    usage = {"model": "m", "choices": [], "usage": {"prompt_tokens": USAGE[0], "completion_tokens": USAGE[1]}}
    return sse(*(chunk({"content": token}) for token in TOKENS), chunk({}, "stop"), usage, done=True)


def messages() -> bytes:
    return sse(
        {"type": "message_start", "message": {"model": "m", "usage": {"input_tokens": USAGE[0], "output_tokens": 1}}},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
        {"type": "ping"},
        *({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": t}} for t in TOKENS),
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": USAGE[1]}},
        {"type": "message_stop"},
    )


def generated_content() -> bytes:
    def piece(token: str, **more) -> dict:
        return {"modelVersion": "m", "candidates": [{"content": {"role": "model", "parts": [{"text": token}]}, **more}]}

    last = piece(TOKENS[-1], finishReason="STOP")
    last["usageMetadata"] = {"promptTokenCount": USAGE[0], "candidatesTokenCount": USAGE[1]}
    return sse(*(piece(token) for token in TOKENS[:-1]), last)


def ollama_lines() -> bytes:
    lines = [{"model": "m", "message": {"role": "assistant", "content": token}, "done": False} for token in TOKENS]
    lines.append(
        {"model": "m", "message": {"role": "assistant", "content": ""}, "done": True, "done_reason": "stop",
         "prompt_eval_count": USAGE[0], "eval_count": USAGE[1]}
    )  # fmt: skip
    return "".join(json.dumps(line) + "\n" for line in lines).encode()


class Vendors(BaseHTTPRequestHandler):
    """All vendors on one port, told apart by what is asked for."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        path, type_ = self.path, "text/event-stream"
        if path.startswith(("/v1/chat/completions", "/openai/deployments/m/chat/completions?api-version=")):
            body = chat_completion()
        elif path == "/v1/messages":
            body = messages()
        elif path == "/v1beta/models/m:streamGenerateContent?alt=sse":
            body = generated_content()
        elif path == "/api/chat":
            body, type_ = ollama_lines(), "application/x-ndjson"
        else:
            return self.send_error(404)
        self.send_response(200)
        self.send_header("Content-Type", type_)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_) -> None:
        pass


class EveryKind(ServerCase):
    def providers(self) -> dict:
        server = ThreadingHTTPServer(("127.0.0.1", 0), Vendors)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        url = f"http://127.0.0.1:{server.server_port}"
        file = tempfile.NamedTemporaryFile("w", suffix=".key")
        file.write("a-key-of-the-test")
        file.flush()
        self.addCleanup(file.close)
        key = {"api_key_file": file.name}
        return {
            "openai": {"kind": "openai", "base_url": url + "/v1"},
            "azure": {"kind": "azure", "base_url": url, "api_version": "2024-10-21", **key},
            "anthropic": {"kind": "anthropic", "base_url": url, **key},
            "gemini": {"kind": "gemini", "base_url": url, **key},
            "ollama": {"kind": "ollama", "base_url": url},
        }

    def test_each_dialect_through_each_kind(self) -> None:
        providers = self.providers()
        for kind in providers:
            place = self.sandbox(
                agents_dir=str(ROOT / "agents"), providers=providers,
                models=[{"name": "*", "chain": [{"provider": kind, "model": "m"}]}],
            )  # fmt: skip
            client = starts.behind_nginx(place).guest()
            for dialect in ("companion", "tutor", "completions", "agent", "desk"):
                with self.subTest(kind=kind, dialect=dialect):
                    text, usage = getattr(self, dialect)(client)
                    # The desk adds that it gives no advice.
                    self.assertTrue(text.startswith(TEXT) if dialect == "desk" else text == TEXT, text)
                    self.assertEqual(usage["estimated"] if "estimated" in usage else False, False)
                    if dialect != "tutor":  # It asks twice: for its plan, and for its answer.
                        self.assertEqual((usage["prompt_tokens"], usage["completion_tokens"]), USAGE)

    @staticmethod
    def companion(client):
        events = client.ask("Is it raining?").all_events()
        return "".join(e.value["content"] for e in events if e.type == "content_chunk"), events[-1].value["usage"]

    @staticmethod
    def tutor(client):
        events = client.post("/stream-chat", {"message": "Is it raining?"}).all_events()
        return "".join(e.value["content"] for e in events if e.type == "content"), events[-1].value["usage"]

    @staticmethod
    def completions(client):
        body = {"model": "any", "messages": [{"role": "user", "content": "Is it raining?"}]}
        answer = client.post("/api/v2/chat/completions/", body).json()
        return answer["choices"][0]["message"]["content"], answer["usage"]

    @staticmethod
    def agent(client):
        answer = client.post("/api/agent/chat", {"message": "Is it raining?"}).json()
        return answer["response"], answer["usage"]

    @staticmethod
    def desk(client):
        events = client.post("/api/chat/stream", {"message": "Is it raining?", "assistantType": "general"}).all_events()
        return "".join(e.value["content"] for e in events if e.type == "token"), events[-1].value["usage"]
