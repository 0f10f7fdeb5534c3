"""Calls of LiteLLM's client, for test_openai_clients.py: what to give it comes as JSON on the input, and what
it said is the last line of the output, JSON too."""

from __future__ import annotations

import json
import sys

import litellm


def call(**more):
    return litellm.completion(**{"model": "openai/scripted", "max_retries": 0} | given | more)


def refused(**more) -> str:
    try:
        call(**more)
    except Exception as error:
        return type(error).__name__
    return "nothing"


def end(answer) -> list:
    return [answer.choices[0].message.content, answer.choices[0].finish_reason, answer.usage.completion_tokens]


def calls(answer) -> list:
    return [[c.id, c.function.name, c.function.arguments] for c in answer.choices[0].message.tool_calls]


def streamed(**more):
    chunks = list(call(stream=True, **more))
    return litellm.stream_chunk_builder(chunks)


given = json.load(sys.stdin)
tools = given.pop("tools")
told = {"whole": end(call()), "streamed": end(streamed(stream_options={"include_usage": True}))}
told["tools"] = calls(call(tools=tools))
told["tools streamed"] = calls(streamed(tools=tools))
told["too many"] = refused()
told["no model"] = refused(model="openai/nobody")
told["wrong key"] = refused(api_key="sk-wrong")
print()
print(json.dumps(told))
