"""The same relay with FastAPI, uvicorn and httpx: a chat request in, the provider's tokens out as numbered
server-sent events. It keeps nothing: no storage, no identity, no resuming.

Environment: BENCH_PROVIDER (base URL), BENCH_MODEL.
"""

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

URL = os.environ["BENCH_PROVIDER"] + "/chat/completions"
MODEL = os.environ["BENCH_MODEL"]


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=1000)
    async with httpx.AsyncClient(timeout=None, limits=limits) as client:
        app.state.client = client
        yield


app = FastAPI(lifespan=lifespan)


class Chat(BaseModel):
    message: str = Field(min_length=1)


@app.post("/api/v1/chat/stream")
async def stream(chat: Chat, request: Request) -> StreamingResponse:
    return StreamingResponse(
        relay(request.app.state.client, chat.message),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"},
    )


async def relay(client: httpx.AsyncClient, text: str) -> AsyncIterator[str]:
    number = 0

    def event(fields: dict) -> str:
        nonlocal number
        number += 1
        return f"id: {number}\ndata: {json.dumps(fields, separators=(',', ':'), ensure_ascii=False)}\n\n"

    yield event({"type": "user_message_received", "message_id": "msg_A", "reply_id": "msg_B"})
    body = {
        "model": MODEL,
        "stream": True,
        "stream_options": {"include_usage": True},
        "messages": [{"role": "user", "content": text}],
    }
    finish, usage, done = None, None, False
    try:
        async with client.stream("POST", URL, json=body) as response:
            response.raise_for_status()
            async for line in response.aiter_lines():
                if not line.startswith("data:"):
                    continue
                data = line[5:].strip()
                if data == "[DONE]":
                    done = True
                    continue
                chunk = json.loads(data)
                usage = chunk.get("usage") or usage
                if not chunk["choices"]:
                    continue
                choice = chunk["choices"][0]
                finish = choice["finish_reason"] or finish
                if content := choice["delta"].get("content"):
                    yield event(
                        {"type": "content_chunk", "message_id": "msg_B", "content": content, "is_final": False}
                    )
    except httpx.HTTPError as error:
        yield event({"type": "error", "message_id": "msg_B", "code": "provider_failed", "message": str(error)})
        return
    if not done:
        yield event({"type": "error", "message_id": "msg_B", "code": "provider_failed", "message": "no end"})
        return
    yield event({"type": "content_chunk", "message_id": "msg_B", "content": "", "is_final": True})
    yield event(
        {"type": "complete", "message_id": "msg_B", "status": "complete", "finish_reason": finish, "usage": usage}
    )
