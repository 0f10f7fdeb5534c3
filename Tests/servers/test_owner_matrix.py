"""Every route of docs/openapi.yaml × every place where an id can stand × whose id it is × how it is spelled × who asks.

The routes and the places are read from the OpenAPI file and its schemas, so a new route is in here by itself."""

from __future__ import annotations

import json
import re
import unittest
from dataclasses import dataclass, field
from urllib.parse import quote

import starts
from exchange import Exchange
from harness import ROOT, Client, ServerCase

SECRET = "xylophone-4711"
# Names of fields and parameters that say whose or which something is, whatever their schema calls it.
ID_NAME = re.compile(r"(id|Id|ID|before|after|session|user|workflow|messageId|client)$|_id$")


@dataclass
class Operation:
    method: str
    path: str
    is_open: bool = False
    query: list[str] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    schema: tuple[str, str] | None = None


def operations() -> list[Operation]:
    """The OpenAPI file, as far as it is needed; its form is regular enough for no YAML reader to be needed."""
    text = (ROOT / "docs/openapi.yaml").read_text()
    head, _, components = text.partition("\ncomponents:\n")
    parameters: dict[str, tuple[str, str]] = {}
    for name, body in re.findall(r"^    (\w+):((?: \{.*\}$)|(?:\n(?:      .*\n?)+))", components, re.M):
        place, called = re.search(r"\bin: (\w+)", body), re.search(r"\bname: ([\w-]+)", body)
        if place and called:
            parameters[name] = (place[1], called[1])
    found: list[Operation] = []
    path = ""
    for line in head.splitlines():
        if match := re.fullmatch(r"  (/\S+):", line):
            path = match[1]
        elif match := re.fullmatch(r"    (get|post|put|patch|delete):", line):
            found.append(Operation(match[1].upper(), path))
        elif line.strip() == "security: []" and found:
            found[-1].is_open = True
        elif match := re.search(r"components/parameters/(\w+)", line):
            place, name = parameters[match[1]]
            if place in ("query", "header"):
                (found[-1].query if place == "query" else found[-1].headers).append(name)
        elif (match := re.search(r"schema: \{ \$ref: '\./schemas/([\w-]+)\.json#/\$defs/(\w+)' \}", line)) and not found[-1].schema:
            # The first one below an operation is its request's, when it has one.
            if found[-1].method in ("POST", "PATCH", "PUT") and not re.search(r"'200':|'204':", since_operation(head, found[-1], line)):
                found[-1].schema = (match[1], match[2])
    return found


def since_operation(text: str, operation: Operation, line: str) -> str:
    start = text.index(f"\n  {operation.path}:\n")
    start = text.index(f"\n    {operation.method.lower()}:\n", start)
    return text[start : text.index(line, start)]


def resolved(file: str, schema: dict) -> tuple[str, dict]:
    while "$ref" in schema:
        other, _, pointer = schema["$ref"].partition("#/")
        file = other.removesuffix(".json") or file
        node = json.loads((ROOT / f"docs/schemas/{file}.json").read_text())
        for part in pointer.split("/"):
            node = node[part]
        schema = node
    return file, schema


def example(file: str, schema: dict):
    """The smallest value that a schema takes, near enough."""
    file, schema = resolved(file, schema)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    choices = [schema[key][0] for key in ("oneOf", "anyOf") if key in schema]
    if choices and "properties" not in schema:
        return example(file, choices[0])
    kind = schema.get("type")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object" or "properties" in schema:
        required = [name for part in (schema, *choices, schema.get("else", {})) for name in part.get("required", [])]
        return {name: example(file, schema["properties"][name]) for name in required}
    if kind == "array":
        return [example(file, schema.get("items", {"type": "string"}))]
    if kind in ("integer", "number"):
        return schema.get("minimum", 1)
    return {"boolean": True, "null": None}.get(kind, "hello")


def places(file: str, schema: dict, prefix: tuple = ()) -> list[tuple]:
    """Where in a body an id can stand: paths of members."""
    file, schema = resolved(file, schema)
    found = []
    for name, inner in schema.get("properties", {}).items():
        _, target = resolved(file, inner)
        if "properties" in target:
            found += places(file, inner, (*prefix, name))
        elif ID_NAME.search(name):
            found.append((*prefix, name))
    return found


def body_with(body: dict, place: tuple, value) -> dict:
    copy = json.loads(json.dumps(body))
    inner = copy
    for name in place[:-1]:
        inner = inner.setdefault(name, {})
    inner[place[-1]] = value
    return copy


class Matrix(ServerCase):
    client: Client

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        # Few of the requests get an answer; those that do should not wait for its pace.
        cls.client = starts.own_socket(
            cls.shared_sandbox(
                agents_dir=str(ROOT / "agents"), providers={"builtin": {"kind": "builtin", "pace_ms": 0}}, stream={"detach_grace_ms": 0}
            )
        )
        cls.operations = operations()
        cls.anna = cls.client.guest()
        events = cls.anna.ask(f"My word is {SECRET}", session_id="anna-1").all_events()
        full = "Give me a full analysis of DEMO1 and DEMO4. My word is "
        desk = cls.anna.request(
            "POST", "/api/chat/stream", {"message": full + SECRET, "assistantType": "general", "sessionId": "anna-2"}
        ).all_events()
        workflows = [event.value["workflowId"] for event in desk if event.type == "workflow_detected"]
        cls.theirs = {
            "user": cls.anna.user_id, "session": "anna-1", "question": events[0].value["message_id"], "reply": events[0].value["reply_id"],
            "desk": desk[0].value["messageId"], **({"workflow": workflows[0]} if workflows else {}),
        }  # fmt: skip
        cls.anna.post("/api/v1/live", {"session_id": "anna-1", "kind": "cursor", "data": {"word": SECRET}})
        cls.before = cls.export()

    @classmethod
    def export(cls) -> list:
        return sorted(cls.anna.get("/api/v1/me/export").body.decode().splitlines())

    @staticmethod
    def spellings(name: str) -> list[str]:
        """The same id for whoever is careless: as it is, with what is cut off or decoded, and in another case."""
        return [name, quote(name, safe="").replace("-", "%2D"), name.upper(), name + "%00", f"../{name}"]

    def target(self, operation: Operation, value: str = "none", **query: str) -> str:
        path = re.sub(r"\{\w+\}", lambda _: value, operation.path)
        return path + ("?" + "&".join(f"{name}={text}" for name, text in query.items()) if query else "")

    def body(self, operation: Operation) -> dict | None:
        if not operation.schema:
            return None
        file, name = operation.schema
        body = example(file, {"$ref": f"#/$defs/{name}"})
        if operation.path.endswith("/chat/completions"):
            body |= {"model": "general", "messages": [{"role": "user", "content": "hello"}], "store": True}
        if operation.path == "/api/v1/live":
            body |= {"data": {}}
        if "override" in body:
            body["override"] |= {"weight": 1}
        return body

    def ask(self, client: Client, operation: Operation, target: str, body=None, headers: dict | None = None) -> tuple[int, bytes]:
        """Status and body; of a stream that goes on, what came at once."""
        with client.request(operation.method, target, body, headers) as answer:
            kind = answer.head.get("Content-Type") or ""
            if answer.status == 200 and kind.startswith("text/event-stream"):
                if operation.path == "/api/v1/live":
                    return answer.status, b""
                for event in answer.events():
                    if event.type not in ("", "start", "message_start"):
                        break
            else:
                answer.finish()
            return answer.status, answer.body

    def requests(self, operation: Operation):
        """Each place of a route with each of Anna's ids in each spelling, and the same with one that is nobody's."""
        base = self.body(operation)
        for kind, value in self.theirs.items():
            none = value[:-4] + ("0000" if value[-4:] != "0000" else "1111")
            if "{" in operation.path:
                for spelled, other in zip(self.spellings(value), self.spellings(none)):
                    yield f"path={kind}", self.target(operation, spelled), base, self.target(operation, other), base, {}
            for name in operation.query:
                if ID_NAME.search(name):
                    for spelled, other in zip(self.spellings(value)[:2], self.spellings(none)[:2]):
                        yield (
                            f"?{name}={kind}", self.target(operation, **{name: spelled}), base,
                            self.target(operation, **{name: other}), base, {},
                        )  # fmt: skip
            if operation.schema:
                file, name = operation.schema
                for place in places(file, {"$ref": f"#/$defs/{name}"}):
                    for spelled, other in ((value, none), (value.upper(), none.upper())):
                        yield (
                            f"{'.'.join(place)}={kind}", self.target(operation), body_with(base, place, spelled),
                            self.target(operation), body_with(base, place, other), {},
                        )  # fmt: skip
            for name in operation.headers:
                yield f"{name}={kind}", self.target(operation, "none"), base, self.target(operation, "none"), base, {name: value}

    def test_the_matrix_is_not_empty(self) -> None:
        self.assertGreater(len(self.operations), 30)
        self.assertIn("workflow", self.theirs)
        count = sum(1 for operation in self.operations if not operation.is_open for _ in self.requests(operation))
        self.assertGreater(count, 400)
        with_bodies = [operation.path for operation in self.operations if operation.schema]
        self.assertGreater(len(with_bodies), 12)

    def test_nobody_gets_in_anywhere(self) -> None:
        strangers = {
            "nobody": {}, "no token": {"Authorization": "Bearer "}, "another token": {"Authorization": "Bearer a.b.c"},
            "unsigned": {"Authorization": "Bearer " + self.anna.token.rpartition(".")[0] + "."}, "cookie": {"Cookie": "chat_fcgi_guest=x"},
            "key": {"X-API-Key": self.anna.user_id}, "user": {"X-User": self.anna.user_id, "Remote-User": self.anna.user_id},
        }  # fmt: skip
        stranger = self.client.with_token(None)
        for operation in self.operations:
            if operation.is_open:
                continue
            for name, headers in strangers.items():
                for value in ("none", self.theirs["session"], self.theirs["reply"]):
                    with self.subTest(f"{operation.method} {operation.path} by {name}"):
                        status, body = self.ask(stranger, operation, self.target(operation, value), self.body(operation), headers)
                        self.assertEqual(status, 401, body[:300])
                        self.assertNotIn(SECRET.encode(), body)
        self.assertEqual(self.export(), self.before)

    def test_what_is_annas_is_nothing_to_ben_wherever_its_id_stands(self) -> None:
        for operation in self.operations:
            if operation.is_open:
                continue
            # A user for each route: some of them end their sender.
            ben = self.client.guest()
            ends_sender = operation.path in ("/api/v1/me", "/api/v1/auth/logout")
            for what, target, body, none_target, none_body, headers in self.requests(operation):
                if ends_sender:
                    ben = self.client.guest()
                with self.subTest(f"{operation.method} {operation.path} {what} {target}"):
                    status, answer = self.ask(ben, operation, target, body, headers)
                    self.assertLess(status, 500, answer[:300])
                    self.assertNotIn(SECRET.encode(), answer)
                    names_anna = re.match(r"(\?user_id|user_id|userId)=user$", what)
                    if names_anna and self.theirs["user"] in (target.partition("user_id=")[2], (body or {}).get("user_id"), (body or {}).get("userId")):
                        self.assertEqual(status, 403, answer[:300])
                        continue
                    if ends_sender:
                        ben = self.client.guest()
                    none_status, none = self.ask(ben, operation, none_target, none_body, headers)
                    self.assertEqual(status, none_status, answer[:300])
                    if status == 404:
                        self.assertEqual(self.without_ids(answer), self.without_ids(none))
        self.assertEqual(self.export(), self.before)
        self.assertEqual(len(self.anna.get("/api/v1/chat/sessions").json()["sessions"]), 2)

    def without_ids(self, body: bytes) -> dict:
        """A problem without the request's own id; a name that was asked for may be told back."""
        problem = json.loads(body)
        problem.pop("instance", None)
        return {key: value for key, value in problem.items() if isinstance(value, (int, str)) and key != "detail"}


if __name__ == "__main__":
    unittest.main()
