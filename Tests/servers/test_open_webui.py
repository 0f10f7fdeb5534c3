"""What Open WebUI's backend sends to an OpenAI connection, as recorded from its `routers/openai.py`: the list of models that it asks for
at its start, a chat, the title that it has made of it, and a picture. Its base URL is `…/v1`, its key a token of ours.
"""

from __future__ import annotations

import base64
import json

import starts
from harness import ROOT, ServerCase
from provider import Provider, answers

# With ENABLE_FORWARD_USER_INFO_HEADERS; aiohttp's own beside them.
HEADERS = {
    "Accept": "*/*", "Accept-Encoding": "gzip, deflate, br", "User-Agent": "Python/3.11 aiohttp/3.12.15",
    "X-OpenWebUI-User-Name": "Ann%20B", "X-OpenWebUI-User-Id": "6f1c2a52-3d0e-4b60-9a36-5f5a5d8f8c11",
    "X-OpenWebUI-User-Email": "ann@example.org", "X-OpenWebUI-User-Role": "user",
    "X-OpenWebUI-Chat-Id": "0b7ad0c7-8a3d-4d63-8e0b-6a0f4f6f9b4e",
}  # fmt: skip
CHAT = {
    "stream": True, "model": "noah",
    "messages": [
        {"role": "system", "content": "User Context:\n\n"},
        {"role": "user", "content": "I loved The Time Machine. What next?"},
    ],
    "logit_bias": {}, "stream_options": {"include_usage": True}, "chat_id": "0b7ad0c7", "id": "e1", "session_id": "zY_9",
    "tool_ids": [], "files": [], "features": {"web_search": False}, "variables": {"{{USER_NAME}}": "Ann"},
    "reasoning": {"effort": "low"}, "usage": {"include": True},
}  # fmt: skip


class OpenWebUI(ServerCase):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.provider = Provider(answers(["A", " title"]))
        cls.addClassCleanup(cls.provider.close)
        box = cls.shared_sandbox(
            agents_dir=str(ROOT / "agents"),
            providers={"a": {"kind": "openai", "base_url": cls.provider.url}, "builtin": {"kind": "builtin"}},
            models=[
                {"name": "org/scripted", "chain": [{"provider": "a", "model": "m"}]},
                {"name": "noah", "chain": [{"provider": "builtin"}]},
            ],
        )
        cls.guest = starts.behind_nginx(box).guest()

    def test_the_models_it_lists(self) -> None:
        answer = self.guest.get("/v1/models", headers=HEADERS)
        self.assertEqual((answer.status, answer.head.get("Content-Type")), (200, "application/json"))
        models = answer.json()
        self.assertEqual(models["object"], "list")
        # It shows `id` as the name, and takes everything that is not OpenAI's own.
        self.assertLessEqual({"noah", "tutor", "desk", "org/scripted"}, {model["id"] for model in models["data"]})

    def test_a_chat_with_an_agent(self) -> None:
        exchange = self.guest.request("POST", "/v1/chat/completions", CHAT, HEADERS)
        self.assertEqual(exchange.head.get("Content-Type"), "text/event-stream")
        *events, end = exchange.all_events()
        self.assertEqual(end.data, "[DONE]")
        chunks = [json.loads(event.data) for event in events]
        text = "".join(choice["delta"].get("content") or "" for chunk in chunks for choice in chunk["choices"])
        self.assertIn("*", text)
        self.assertGreater(chunks[-1]["usage"]["total_tokens"], 0)
        follow = CHAT["messages"] + [
            {"role": "assistant", "content": text}, {"role": "user", "content": "Something shorter?"},
        ]  # fmt: skip
        exchange = self.guest.request("POST", "/v1/chat/completions", CHAT | {"messages": follow}, HEADERS)
        self.assertEqual(list(exchange.all_events())[-1].data, "[DONE]")

    def test_the_title_it_has_made(self) -> None:
        body = {
            "model": "org/scripted", "stream": False, "max_completion_tokens": 1000,
            "messages": [{"role": "user", "content": "### Task:\nGenerate a concise title."}],
        }  # fmt: skip
        answer = self.guest.post("/v1/chat/completions", body, headers=HEADERS).json()
        self.assertEqual(answer["choices"][0]["message"]["content"], "A title")

    def test_a_picture_and_the_mark_for_a_cache(self) -> None:
        url = "data:image/png;base64," + base64.b64encode(bytes(300)).decode()
        parts = [
            {"type": "text", "text": "What is it?", "cache_control": {"type": "ephemeral"}},
            {"type": "image_url", "image_url": {"url": url}},
        ]
        body = CHAT | {"model": "org/scripted", "messages": [{"role": "user", "content": parts}]}
        exchange = self.guest.request("POST", "/v1/chat/completions", body, HEADERS)
        self.assertEqual(list(exchange.all_events())[-1].data, "[DONE]")
        sent = self.provider.calls[-1]["messages"][-1]["content"]
        self.assertEqual([part["type"] for part in sent], ["text", "image_url"])
        self.assertEqual(sent[1]["image_url"]["url"], url)
