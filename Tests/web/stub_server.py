"""A stand-in for the server that speaks enough of dialect 1 to try the page, faults included.

`python3 stub_server.py [PORT]` serves web/ and the API on the loopback. A word in the message chooses a fault:
  drop      the stream ends early, cleanly, once; reconnecting works
  tear      the connection is cut in the middle, once; reconnecting works
  forget    as drop, but reconnecting answers 404: only the history tells
  double    after a reconnection every event is sent again from the first
  switch    the text starts again (provider_switch with reset)
  fail      the reply ends in an error after part of its text
  tools     the agent calls tools, one of which fails
  slow      the reply takes long enough to be stopped
  deaf      as slow, but stop answers 501
  hurry     429 with Retry-After at the first try
  gateway   the web server's own HTML 502 for every try
  expire    the token has expired before this message, and can be renewed
  vanish    the guest is not known any more
"""

import json
import re
import sys
import threading
import time
import uuid
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import stub_sides

WEB = Path(__file__).resolve().parents[2] / "web"
TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml",
         ".woff2": "font/woff2"}
BOOKS = [
    {"book_id": "gutenberg:36", "title": "The War of the Worlds", "read_url": "https://www.gutenberg.org/ebooks/36", "authors": ["H. G. Wells"], "year": 1898,
     "subjects": ["Science fiction", "Martians", "Invasion"], "rating": 3.8, "score": 0.93,
     "reasons": [{"kind": "similar_to", "text": "By the author of The Time Machine", "weight": 0.7},
                 {"kind": "preference", "text": "You like science fiction", "weight": 0.3}]},
    {"book_id": "gutenberg:1268", "title": "The Mysterious Island", "authors": ["Jules Verne"], "year": 1875,
     "subjects": ["Adventure", "Castaways"], "score": 0.81,
     "reasons": [{"kind": "popular", "text": "Readers of Wells read it too", "weight": 0.5}]},
    {"book_id": "gutenberg:8", "title": "<b>Looking Backward</b>", "authors": [], "reasons": []},
    {"book_id": "gutenberg:3261", "title": "News from Nowhere", "authors": ["Morris, William"], "year": 1890, "reasons": []},
    {"book_id": "b5", "title": "A Crystal Age", "authors": ["W. H. Hudson"], "year": 1887, "reasons": []},
]
TEXT = (
    "If *The Time Machine* held you, stay with Wells a while: **The War of the Worlds** has the same calm voice "
    "before the same abyss — naïve, précis, 時間.\n\n"
    "For a longer voyage take Jules Verne.\nHis island is a machine as well.\n\n"
    "<script>alert(1)</script> is shown as it is written."
)

CALLS = [
    {"id": 1, "name": "search_books", "status": "started", "summary": "Looking for books: dark science fiction"},
    {"id": 1, "name": "search_books", "status": "finished", "summary": "Looked for dark science fiction: 31 of 925 books fit, gave 5", "duration_ms": 14},
    {"id": 2, "name": "book_details", "status": "failed", "summary": "There is no book of that name", "duration_ms": 1},
    {"id": 3, "name": "a_new_tool", "status": "started", "summary": "Doing something <b>new</b>"},
]

MARKDOWN = """# Linear equations

An equation is a **balance**: 2*3*4 stays 2*3*4, and x**2 too. Read *more* at https://example.org/a_b_c.

1. Bring every x to one side.
2. Divide.
   - Check `5*5 - 7 = 18`.

| Do this to both sides | Left | Right |
|---|---:|---|
| Start | 5x - 7 | 2x + 8 |

> A quote.

```python
for x in range(0, 10):
    left, right = 5*x - 7, 2*x + 8
    if left == right:
        print(x, "<b>")
```

```no-such-language
  as  it   came
```

<img src="x" onerror="alert(1)"> [dangerous](javascript:alert(1)) ![picture](https://example.org/i.png)"""


def now():
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Turn:
    """The numbered events of one reply; whoever is connected reads them, nobody owns them."""

    def __init__(self, message):
        self.message = message
        self.events = []
        self.changed = threading.Condition()
        self.stopped = False
        self.drops = 1

    def add(self, **event):
        with self.changed:
            self.events.append(event)
            self.changed.notify_all()

    @property
    def done(self):
        return bool(self.events) and self.events[-1]["type"] in ("complete", "error")


class State:
    def __init__(self):
        self.lock = threading.Lock()
        self.users = {}
        self.turns = {}
        self.keys = {}
        self.refused = set()
        self.goes_on = threading.Event()  # what a stream may wait for until the test has seen it half done
        self.requests = []  # (method, path, body) of those of an agent's own side
        self.sends = []  # (Idempotency-Key, message) of every request, for the tests


# Of the answer to a message with `quick` in it: three seconds of it; measure.py takes thirty.
QUICK_WORDS = 600


def answer(turn, session, words, pace):
    reply = turn.message
    base = {"message_id": reply["message_id"]}
    text = MARKDOWN if "markdown" in words else f"Again: {TEXT}" if "again" in words else TEXT
    pieces = re.findall(r"\S+\s*", text)
    if "quick" in words:  # 200 words a second, code and tables among them
        count, due = QUICK_WORDS, time.monotonic()
        pieces = (re.findall(r"\S+\s*", MARKDOWN + "\n\n") * count)[:count]
    if words & {"slow", "deaf"}:
        pieces = pieces * 40
    if "tools" in words:
        for step in CALLS:
            steps = [each for each in reply.get("steps", []) if each["id"] != step["id"]]
            reply["steps"] = [*steps, step]
            turn.add(type="tool_call", tool_call=step, **base)
            time.sleep(pace)
    for number, piece in enumerate(pieces):
        if turn.stopped:
            break
        if "switch" in words and number == 8:
            reply["content"] = ""
            turn.add(type="provider_switch", **{"from": "first", "to": "second"}, reason="idle", attempt=2, reset=True)
            words.discard("switch")
            for again in pieces[:8]:
                reply["content"] += again
                turn.add(type="content_chunk", content=again, is_final=False, **base)
        if "fail" in words and number == 10:
            reply.update(status="failed", error={"code": "upstream", "message": "The model hung up", "partial": True})
            turn.add(type="error", code="upstream", message="The model hung up", retryable=True, partial=True, **base)
            return
        reply["content"] += piece
        turn.add(type="content_chunk", content=piece, is_final=False, **base)
        if "quick" in words:
            due += 1 / 200
            pace = max(0, due - time.monotonic())
        time.sleep(pace)
    if not turn.stopped:
        reply["recommendations"] = BOOKS
        turn.add(type="recommendations", recommendations=BOOKS, **base)
    turn.add(type="content_chunk", content="", is_final=True, **base)
    reply.update(status="stopped" if turn.stopped else "complete", provider="builtin", model="librarian")
    session["updated_at"] = now()
    turn.add(type="complete", status=reply["status"], finish_reason="stop", provider="builtin", model="librarian",
             usage={}, metrics={}, **base)


class Handler(stub_sides.Sides, BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def send(self, status, body, kind="application/json", **headers):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def problem(self, status, code, detail, errors=(), **headers):
        body = {"title": code, "status": status, "code": code, "detail": detail, "instance": "req_1"}
        self.send(status, body | ({"errors": list(errors)} if errors else {}), "application/problem+json", **headers)

    def do_GET(self):
        self.route()

    def do_POST(self):
        self.route()

    def route(self):
        length = int(self.headers.get("Content-Length") or 0)
        raw = self.rfile.read(length)
        path = self.path.split("?")[0].split("#")[0]
        if path.endswith("/api/agent/status"):
            return self.send(200, {"status": "ok", "streaming": True, "modes": ["general", "visa_expert"], "version": "1", "providers": [
                {"name": "groq", "kind": "openai", "model": "llama-3.3-70b", "available": True, "reason": "available"},
                {"name": "local", "kind": "openai", "model": "qwen3-8b", "available": False, "reason": "resting after failures"}]})
        if path.endswith("/v1/models"):
            return self.send(200, {"object": "list", "data": [{"id": name, "object": "model", "owned_by": by} for name, by in
                                                              (("noah", "chat-fcgi"), ("fast", "groq"), ("local", "local"))]})
        if path.endswith("/healthz"):
            return self.send(200, {"status": "ok"})
        found = re.search(r"/(api/(?:v1/|v2/|agent/chat|chat/)|stream-chat).*", path)
        if not found:
            return self.file(path)
        self.state = self.server.state
        whole = found[0][1:]
        path = whole.removeprefix("api/v1/")
        body = json.loads(raw) if raw else {}
        bearer = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        if bearer and bearer != "ana":
            return self.problem(401, "unauthorized", "no such token", WWW_Authenticate="Bearer")
        token = re.search(r"chat_guest=([^;]+)", self.headers.get("Cookie") or "")
        self.user = self.state.users.get(token[1]) if token else None
        if path == "auth/guest":
            user = token[1] if self.user else f"usr_{uuid.uuid4()}"
            self.state.users.setdefault(user, {"sessions": {}, "preferences": {}})
            return self.send(200, {"token": user, "user_id": user, "expires_at": "2099-01-01T00:00:00Z",
                                   "renew_after": "2098-01-01T00:00:00Z", "identity_changed": bool(token and not self.user)},
                             Set_Cookie=f"chat_guest={user}; HttpOnly; SameSite=Lax; Path=/")
        if bearer:
            self.user = self.state.users.setdefault("usr_ana", {"sessions": {}, "preferences": {}})
            token = (None, "usr_ana")
        if self.user is None:
            return self.problem(401, "unauthorized", "no identity", WWW_Authenticate="Bearer")
        if body.get("user_id", token[1]) != token[1]:
            return self.problem(403, "forbidden", "user_id is not the user who sent the request.")
        if self.side(whole, body):
            return None
        if path == "chat/stream":
            return self.start(body)
        if path == "chat/regenerate":
            return self.regenerate(body)
        if path.startswith("chat/stream/"):
            turn = self.state.turns.get(path.rsplit("/", 1)[1])
            if turn is None or "forget" in turn.words:
                return self.problem(404, "not_found", "no such reply")
            return self.stream(turn, 0 if "double" in turn.words else int(self.headers.get("Last-Event-ID") or 0))
        if path == "chat/stop":
            turn = self.state.turns.get(body.get("message_id"))
            if turn is None or "deaf" in turn.words:
                return self.problem(501, "not_implemented", "stop is not here yet")
            turn.stopped = True
            return self.send(200, {"stopped": True})
        if path == "chat/history":
            return self.history(body)
        if path == "chat/preferences":
            return self.send(200, self.transparency())
        if path == "chat/preferences/update":
            value, kind = body["override"]["value"], body["type"]
            if body["override"].get("remove"):
                self.user["preferences"].pop((kind, value), None)
            else:
                self.user["preferences"][kind, value] = body["override"]["weight"]
            return self.send(200, {"applied": True, "significant_change": True, "transparency": self.transparency(),
                                   "recommendations": BOOKS[:1]})
        self.problem(404, "not_found", "no such path")

    def transparency(self):
        guess = {"type": "author", "value": "H. G. Wells", "weight": 0.6, "source": "inferred", "confidence": 0.7,
                 "evidence": [{"message_id": "msg_1", "excerpt": "I loved The Time Machine", "created_at": now()}]}
        said = [{"type": k, "value": v, "weight": w, "source": "override", "evidence": []}
                for (k, v), w in self.user["preferences"].items()]
        guesses = [] if self.user.get("forgotten") else [guess]
        return {"updated_at": now(), "learning": self.user.get("learning", True), "preferences": [*guesses, *said], "explanation": "From one conversation."}

    def file(self, path):
        # Any folder serves the page, so that a test can ask for it under a sub-path.
        name = re.sub(r"^.*?((?:js|css|client|vendor|fonts|chat)/.+|[^/]*)$", r"\1", path) or "index.html"
        file = (WEB / name).resolve()
        if not file.is_relative_to(WEB) or not file.is_file():
            return self.send(404, b"not here", "text/plain")
        self.send(200, file.read_bytes(), TYPES.get(file.suffix, "text/plain"), Cache_Control="no-cache",
                  Content_Security_Policy="default-src 'self'", X_Content_Type_Options="nosniff")

    def history(self, body):
        session = self.user["sessions"].get(body.get("session_id"))
        if session is None:
            return self.problem(404, "not_found", "no such session")
        messages, limit = session["messages"], body.get("limit", 50)
        ids = [message["message_id"] for message in messages]
        start, end = 0, len(messages)
        if cursor := next((name for name in ("before", "after", "around") if name in body), None):
            at = ids.index(body[cursor]) if body[cursor] in ids else -1
            if at < 0:
                start = end = 0
            elif cursor == "before":
                end = at
            else:
                end = min(end, at + (limit - limit // 2 if cursor == "around" else limit + 1))
                start = at + 1 if cursor == "after" else 0
        start = max(start, end - limit)
        page = messages[start:end]
        more = start > 0 and page != []
        self.send(200, {"session_id": session["session_id"], "messages": page, "has_more": more,
                        "next_before": page[0]["message_id"] if more else None,
                        "next_after": page[-1]["message_id"] if page and end < len(messages) else None})

    def start(self, body):
        text, key = body.get("message", ""), self.headers.get("Idempotency-Key")
        words = set(re.findall(r"[a-z]+", text.lower()))
        self.state.sends.append((key, text))
        if len(text.encode()) > 32768 or not text:
            return self.problem(400, "invalid", "the message cannot be read",
                                [{"field": "message", "detail": "must be 1 to 32768 bytes"}])
        if "gateway" in words:
            return self.send(502, b"<html><h1>502 Bad Gateway</h1>", "text/html")
        if "vanish" in words:
            self.state.users = {name: user for name, user in self.state.users.items() if user is not self.user}
            return self.problem(401, "unauthorized", "no identity", WWW_Authenticate="Bearer")
        if words & {"hurry", "expire"} and key not in self.state.refused:
            self.state.refused.add(key)
            if "expire" in words:
                return self.problem(401, "unauthorized", "expired", WWW_Authenticate="Bearer")
            return self.problem(429, "rate_limited", "60 messages a minute", Retry_After="30")
        with self.state.lock:
            turn = self.state.keys.get(key)
            if turn is None:
                turn = self.state.keys[key] = self.make_turn(text, body, words)
        self.stream(turn, 0)

    def make_turn(self, text, body, words):
        session_id = body.get("session_id") or f"ses_{uuid.uuid4()}"
        session = self.user["sessions"].setdefault(session_id, {
            "session_id": session_id, "title": text[:60], "created_at": now(), "updated_at": now(), "messages": []})
        asked = {"message_id": f"msg_{uuid.uuid4()}", "role": "user", "content": text, "status": "complete",
                 "created_at": now(), **stub_sides.edits(body, session)}
        session["messages"].append(asked)
        return self.reply_to(asked, session, words)

    def reply_to(self, asked, session, words):
        reply = {"message_id": f"msg_{uuid.uuid4()}", "role": "assistant", "content": "", "status": "streaming",
                 "in_reply_to": asked["message_id"], "created_at": now(), "agent": "noah"}
        session["messages"].append(reply)
        turn = self.state.turns[reply["message_id"]] = Turn(reply)
        turn.words = set(words)
        turn.add(type="user_message_received", message_id=asked["message_id"], session_id=session["session_id"],
                 reply_id=reply["message_id"], created_at=now())
        threading.Thread(target=answer, args=(turn, session, words, self.server.pace), daemon=True).start()
        return turn

    def regenerate(self, body):
        """A further reply to the same message; "second" in the question makes it another text."""
        for session in self.user["sessions"].values():
            for asked in session["messages"]:
                if asked["message_id"] != body.get("message_id"):
                    continue
                return self.stream(self.reply_to(asked, session, set(re.findall(r"[a-z]+", asked["content"].lower())) | {"again"}), 0)
        self.problem(404, "not_found", "no such message")

    def stream(self, turn, after):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-cache, no-transform")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.chunk(b": ping\n\n")
        while True:
            with turn.changed:
                turn.changed.wait_for(lambda: len(turn.events) > after)
                event = turn.events[after]
            after += 1
            # UTF-8 as it is, cut in the middle of the line, so that characters arrive in halves
            data = f"id: {after}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n".encode()
            half = next((at + 1 for at, byte in enumerate(data) if byte > 0xC0), len(data) // 2)
            self.chunk(data[:half])
            self.chunk(data[half:])
            if after == 12 and turn.drops and turn.words & {"drop", "tear", "forget", "double"}:
                turn.drops -= 1
                self.close_connection = True
                return None if "tear" in turn.words else self.chunk(b"")
            if event["type"] in ("complete", "error"):
                return self.chunk(b"")

    def chunk(self, data):
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def handle(self):
        try:
            super().handle()
        except (BrokenPipeError, ConnectionResetError):
            pass  # the reader went away; the turn goes on


def start(port=0, pace=0.02):
    """Starts the stub on a thread; `server_port` of what is returned tells where."""
    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    server.state, server.pace = State(), pace
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


if __name__ == "__main__":
    running = start(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
    print(f"http://127.0.0.1:{running.server_port}/", flush=True)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        pass
