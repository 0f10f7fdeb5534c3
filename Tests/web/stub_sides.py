"""The stub server's part for each agent's own side: the list's requests, marks on books, taste, sources, and the streams of the
tutor, the plain agent and the desk, as docs/api.md has them."""

import json
import queue
import re
import uuid
from datetime import datetime, timezone
from urllib.parse import parse_qs, unquote, urlsplit


def edits(body, session):
    """Of an edited question: the first one that was asked in its place; of one after an earlier question: what had been asked next there."""
    asked = [each for each in session["messages"] if each["role"] == "user"]
    after = next((number for number, each in enumerate(asked) if each["message_id"] == body.get("after")), None)
    if after is not None:
        return {"edits": each["message_id"] for each in asked[after + 1:after + 2]}
    edited = next((each for each in session["messages"] if each["message_id"] == body.get("edits")), None)
    return {"edits": edited.get("edits", edited["message_id"])} if edited else {}


def now():
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


SOURCES = [
    {"title": "The Schengen 90/180 day rule", "section": "The rule", "written": "2026-11-21", "id": "visa_expert/schengen.md#2",
     "url": "/api/v1/sources/visa_expert/schengen.md?section=2", "excerpt": "For every day of your stay you look back."},
    {"title": "Overstays", "section": "Consequences of an overstay", "excerpt": "<b>A fine</b> or a ban."},
]
DOCUMENT = {"agent": "visa_expert", "document": "schengen.md", "title": "The Schengen 90/180 day rule", "written": "2026-11-21", "language": "en",
            "section": 2, "sections": [{"number": 1, "headings": ["Before"], "text": "First.\n\n- one\n- two"},
                                       {"number": 2, "headings": ["The rule"], "text": "For every day of your stay you look back."}]}
DAYS = {"on": "2026-10-01", "is_today": False, "allowed": 90, "used": 68, "left": 22, "period": {"first": "2026-04-05", "last": "2026-10-01"},
        "stays": [{"first": "2026-05-03", "last": "2026-06-10", "days": 39, "days_in_period": 39},
                  {"first": "2026-08-02", "last": "2026-08-30", "days": 29, "days_in_period": 29}],
        "strip": [{"first": "2026-05-03", "last": "2026-06-10", "days": 39}, {"first": "2026-08-02", "last": "2026-08-30", "days": 29}],
        "uncounted": [], "longest_stay": {"days": 22, "last": "2026-10-22"}, "back_on": "2026-10-30", "overstay": None, "visa_days": None,
        "rule": "Regulation (EU) 2016/399, Article 6"}
STEPS = ["What an equation promises", "One unknown, one side", "The unknown on both sides", "Brackets and fractions"]
WORKERS = ["analyst", "trader", "riskManager", "economist", "advisor"]


def figures(agent):
    days = [f"2026-{month:02}-01" for month in range(1, 13)]
    lines = [{"symbol": symbol, "name": name, "kind": "indexed", "days": days, "values": [100 + step * slope for step in range(12)]}
             for symbol, name, slope in (("DEMO4", "Lantern Software", -3), ("DEMO3", "Meridian Bank", -1))]
    return {"agent": agent, "timeframe": "1Y", "riskTolerance": "medium", "lastDay": "2026-11-20", "lines": lines if agent == "analyst" else [],
            "symbols": [{"symbol": "DEMO4", "name": "Lantern Software", "values": {"totalReturn": -0.337, "drawdown": -0.41, "volatility": 0.31}},
                        {"symbol": "DEMO3", "name": "Meridian Bank", "values": {"totalReturn": -0.174, "drawdown": -0.22, "volatility": 0.2}}],
            "limits": {"drawdown": 0.25}, "correlations": [{"a": "DEMO4", "b": "DEMO3", "value": 0.41}], "note": "These prices are synthetic."}


def analysis(prompt):
    return {"language": "en", "estimated_tokens": 9, "refined": False,
            "properties": [{"name": "task", "state": "present", "points": 25, "of": 25}, {"name": "format", "state": "absent", "points": 0, "of": 10},
                           {"name": "clarity", "state": "partial", "points": 11, "of": 15}],
            "insights": [{"id": "i1", "kind": "vague_quantity", "severity": "warning", "message": "“some”", "span": [8, 12]},
                         {"id": "i2", "kind": "no_audience", "severity": "info", "message": "Nothing says for whom.", "span": [0, len(prompt)]}]}


def suggestions(prompt):
    at = prompt.find("some")
    found = [{"id": "s2", "title": "Name the form", "rationale": "Nothing says what it shall look like.", "span": [len(prompt), len(prompt)],
              "replacement": "\nForm: [FILL IN: e-mail, letter]", "insights": []}]
    if at >= 0:
        found.insert(0, {"id": "s1", "title": "Say how much", "rationale": "A model must guess.", "span": [at, at + 4],
                         "replacement": "[FILL IN: how many]", "insights": ["i1"]})
    return found


class Sides:
    """Mixed into the stub's handler."""

    def do_PATCH(self):
        self.route()

    def do_PUT(self):
        self.route()

    def do_DELETE(self):
        self.route()

    def tell(self, **event):
        """To the user's other tabs."""
        for each in self.user.setdefault("listeners", []):
            each.put({"at": now()} | event)

    def side(self, path, body):
        """Answers one of these requests and says so; path from the root of the server."""
        self.server.state.requests.append((self.command, path, body))
        query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        for pattern, answer in (
            (r"GET api/v1/chat/sessions", self.sessions), (r"(?:PATCH|DELETE) api/v1/chat/sessions/(.+)", self.session),
            (r"POST api/v1/chat/search", self.search), (r"GET api/v1/me/events", self.events), (r"GET api/v1/me/usage", self.usage),
            (r"GET api/v1/me/export", self.export), (r"DELETE api/v1/me", self.erase), (r"GET api/v1/auth/me", self.me), (r"POST api/v1/auth/takeover", self.take_over),
            (r"GET api/v1/chat/books", self.books), (r"(?:PUT|DELETE) api/v1/chat/books/(.+)", self.mark),
            (r"PATCH api/v1/chat/preferences", self.learn), (r"POST api/v1/chat/preferences/forget", self.forget),
            (r"GET api/v1/sources/(.+)", self.source), (r"POST api/v2/prompts/analyze", self.analyze),
            (r"POST (stream-chat|api/agent/chat|api/chat/stream)", self.other_dialect),
            (r"GET (?:stream-chat|api/chat/stream)/(.+)", self.resume_other),
        ):
            match = re.fullmatch(pattern, f"{self.command} {path}")
            if match:
                answer(*match.groups(), query=query, body=body)
                return True
        return False

    def sessions(self, query, **_):
        rows = [{"agent": "noah"} | {k: v for k, v in s.items() if k != "messages"} | {"message_count": len(s["messages"])}
                for s in self.user["sessions"].values()]
        rows.sort(key=lambda row: row["updated_at"], reverse=True)
        if query.get("pinned") == "true":
            return self.send(200, {"sessions": [row for row in rows if row.get("pinned")], "has_more": False})
        ids = [row["session_id"] for row in rows]
        start = ids.index(query["before"]) + 1 if query.get("before") in ids else 0
        end = start + int(query.get("limit", 100))
        self.send(200, {"sessions": rows[start:end], "has_more": end < len(rows), "next_before": ids[end - 1] if end < len(rows) else None})

    def session(self, name, body, **_):
        name = unquote(name)
        if name not in self.user["sessions"]:
            return self.problem(404, "not_found", "no such session")
        if self.command == "DELETE":
            del self.user["sessions"][name]
            self.tell(type="conversation_changed", session_id=name, change="deleted")
            return self.send(204, b"")
        fields = {key: body[key] for key in ("title", "pinned") if key in body}
        self.user["sessions"][name].update(fields)
        self.tell(type="conversation_changed", session_id=name, change="renamed" if "title" in fields else "pinned")
        self.send(200, {"session_id": name} | fields)

    def search(self, body, **_):
        words = re.findall(r"\w+", body["query"].lower())
        hits = [{"session_id": s["session_id"], "title": s["title"], "message_id": m["message_id"], "role": m["role"], "created_at": now(),
                 "excerpt": m["content"][:160]} for s in self.user["sessions"].values() for m in s["messages"]
                if all(re.search(rf"\b{word}", m["content"].lower()) for word in words)]
        self.send(200, {"results": hits[: body.get("limit", 20)]})

    def events(self, **_):
        mine = queue.Queue()
        self.user.setdefault("listeners", []).append(mine)
        self.head()
        try:
            self.event({"type": "events_started", "at": now()})
            while True:
                try:
                    self.event(mine.get(timeout=1))
                except queue.Empty:
                    self.chunk(b": ping\n\n")
        finally:
            self.user["listeners"] = [each for each in self.user.get("listeners", []) if each is not mine]

    def usage(self, **_):
        day = now()[:10]
        self.send(200, {"user_id": "u", "days": [{"day": day, "providers": [{"provider": "groq", "model": "llama", "completions": 3, "stopped": 0,
                        "failed": 0, "total_tokens": 62400}]}], "limit": {"tokens_per_day": 200000, "used_today": 62400, "resets_at": f"{day}T23:59:00Z"}})

    def export(self, **_):
        self.send(200, b'{"type":"user"}\n', "application/x-ndjson")

    def erase(self, **_):
        self.user.clear()
        self.user.update(sessions={}, preferences={})
        self.send(204, b"")

    def me(self, **_):
        self.send(200, {"user_id": "usr_1", "expires_at": "2099-01-01T00:00:00Z", "renew_after": "2098-01-01T00:00:00Z"})

    def take_over(self, **_):
        self.server.state.taken = True
        self.send(200, {"user_id": "usr_ana", "previous_user_id": "usr_1", "conversations": 1})

    def books(self, **_):
        self.send(200, {"books": [{"book_id": k, "mark": v} for k, v in self.user.setdefault("marks", {}).items()]})

    def mark(self, name, body, **_):
        marks = self.user.setdefault("marks", {})
        if self.command == "DELETE":
            marks.pop(unquote(name), None)
            return self.send(204, b"")
        marks[unquote(name)] = body["mark"]
        self.send(200, {"book_id": unquote(name)} | body)

    def learn(self, body, **_):
        self.user["learning"] = body["learning"]
        self.send(200, self.transparency())

    def forget(self, body, **_):
        if body.get("all"):
            self.user["preferences"].clear()
            self.user["forgotten"] = True
        elif body["type"] == "author":
            self.user["forgotten"] = True
        else:
            self.user["preferences"].pop((body["type"], body["value"]), None)
        self.send(200, {"forgotten": 1, "transparency": self.transparency()})

    def source(self, _name, **_):
        self.send(200, DOCUMENT)

    def analyze(self, body, **_):
        prompt = body["prompt"]
        self.send(200, analysis(prompt) | {"score": 62 if "some" in prompt else 82, "suggestions": suggestions(prompt), "optimized": prompt})

    # Streams that come from a list of events

    def head(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-cache, no-transform")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def event(self, event, number=None):
        self.chunk((f"id: {number}\n" if number else "").encode() + f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode())

    def other_dialect(self, path, body, **_):
        name = body.get("session_id") or body.get("sessionId") or f"ses_{uuid.uuid4()}"
        agent = {"stream-chat": "tutor", "api/agent/chat": body.get("mode", "general"), "api/chat/stream": "desk"}[path]
        session = self.user["sessions"].setdefault(name, {"session_id": name, "title": body["message"][:60], "created_at": now(), "updated_at": now(),
                                                          "messages": [], "agent": agent} | ({"assistant": body.get("assistantType")} if agent == "desk" else {}))
        asked = {"message_id": f"msg_{uuid.uuid4()}", "role": "user", "content": body["message"], "status": "complete", "created_at": now(), **edits(body, session)}
        reply = {"message_id": f"msg_{uuid.uuid4()}", "role": "assistant", "content": "", "status": "complete", "in_reply_to": asked["message_id"],
                 "created_at": now(), "agent": agent, "provider": "builtin", "model": "librarian"}
        turns = sum(1 for message in session["messages"] if message["role"] == "user")
        session["messages"] += [asked, reply]
        events = {"tutor": self.tutor, "desk": self.desk}.get(agent, self.plain)(asked, reply, name, body, turns)
        self.tell(type="conversation_changed", session_id=name, change="question", reply_id=reply["message_id"])
        reply["content"] = "".join(event.get("content", "") for event, _ in events if event["type"] in ("content", "content_chunk", "token"))
        self.server.state.scripts = getattr(self.server.state, "scripts", {}) | {reply["message_id"]: events}
        self.play(events)

    def resume_other(self, name, **_):
        self.play([(event, False) for event, _ in self.server.state.scripts.get(unquote(name), [])])

    def play(self, events):
        self.head()
        for number, (event, waits) in enumerate(events, 1):
            if waits:
                self.server.state.goes_on.wait(60)
            self.event(event, number)
        self.chunk(b"")

    def tutor(self, asked, reply, name, _body, turns):
        focus = {"topic": "linear equations", "objective": "Solve equations with the unknown on both sides.", "level": "intermediate",
                 "steps": STEPS[min(turns, 2):], "carriedOver": turns > 0}
        reply |= {"focus": focus, "sources": SOURCES[1:]}
        one = {"messageId": reply["message_id"]}
        return [(event, False) for event in (
            {"type": "start", "sessionId": name, "userMessageId": asked["message_id"]} | one, {"type": "focus", "focus": focus} | one,
            {"type": "sources", "sources": SOURCES[1:]} | one, {"type": "content", "content": "An equation is a **balance**. [1]"} | one,
            {"type": "done", "status": "complete", "finishReason": "stop", "provider": "builtin", "model": "librarian", "usage": {}} | one)]

    def plain(self, asked, reply, name, _body, _turns):
        reply |= {"days": DAYS, "sources": SOURCES}
        one = {"message_id": reply["message_id"]}
        return [(event, False) for event in (
            {"type": "user_message_received", "message_id": asked["message_id"], "session_id": name, "reply_id": reply["message_id"], "created_at": now()},
            {"type": "days", "days": DAYS} | one, {"type": "sources", "sources": SOURCES} | one,
            {"type": "content_chunk", "content": "You may stay until **22 October**. [1]", "is_final": False} | one,
            {"type": "content_chunk", "content": "", "is_final": True} | one,
            {"type": "complete", "status": "complete", "finish_reason": "stop", "provider": "builtin", "model": "librarian", "usage": {}, "metrics": {}} | one)]

    def desk(self, asked, reply, name, body, _turns):
        one = {"messageId": reply["message_id"]}
        flow = {"type": "workflow_update", "workflowId": "wf_1"}
        events = [({"type": "chat_started", "userMessageId": asked["message_id"], "sessionId": name, "assistantType": "analyst", "timestamp": now()} | one, False),
                  ({"type": "workflow_detected", "workflowId": "wf_1", "name": "full analysis", "agents": WORKERS}, False)]
        events += [(flow | {"agent": agent, "status": "started", "progress": 0}, False) for agent in WORKERS[:3]]
        # Until the test has seen the picture half filled.
        for place, agent in enumerate(WORKERS):
            failed = agent == "trader"
            events.append((flow | {"agent": agent, "status": "failed" if failed else "completed", "progress": (place + 1) / 5, "durationMs": 1800,
                                   "summary": "took too long" if failed else f"{agent} is done"} | ({} if failed else {"figures": figures(agent)}),
                           place == 2))
        reply["workflow"] = {"workflowId": "wf_1", "name": "full analysis", "agents": WORKERS,
                             "updates": [event for event, _ in events if event["type"] == "workflow_update"]}
        text = "Both fell; Lantern more."
        return events + [({"type": "token", "content": text} | one, False),
                         ({"type": "chat_completed", "content": text, "status": "complete", "finishReason": "stop", "provider": "builtin",
                           "model": "librarian", "usage": {}, "metrics": {}} | one, False)]
