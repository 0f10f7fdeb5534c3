"""Writes single events of each kind's answers, so that a test can put together what no vendor's server should send.

As Tests/ProvidersTests/Endings/VendorWire.swift. Texts are given as a JSON string has them between its quotation marks.
"""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ("openai", "azure", "anthropic", "gemini", "ollama")
GEMINI_USAGE = '"usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":5}'


@dataclass(frozen=True)
class Wire:
    kind: str

    @property
    def is_openai(self) -> bool:
        return self.kind in ("openai", "azure")

    @property
    def says_both(self) -> bool:
        """Whether one event can have text and a finish reason."""
        return self.is_openai or self.kind == "gemini"

    @property
    def media_type(self) -> str:
        return "application/x-ndjson" if self.kind == "ollama" else "text/event-stream"

    # Streams

    def event(self, data: str, type: str | None = None) -> str:
        if self.kind == "ollama":
            return data + "\n"
        return (f"event: {type}\n" if type else "") + f"data: {data}\n\n"

    def text(self, json: str, reason: str | None = None) -> str:
        return self.event(self.text_data(json, reason))

    def text_data(self, json: str, reason: str | None = None) -> str:
        if self.is_openai:
            return self._choice(f'{{"content":"{json}"}}', reason)
        if self.kind == "anthropic":
            return f'{{"type":"content_block_delta","index":0,"delta":{{"type":"text_delta","text":"{json}"}}}}'
        if self.kind == "gemini":
            return self._candidate(f'{{"text":"{json}"}}', reason)
        return f'{{"model":"m","message":{{"role":"assistant","content":"{json}"}},"done":false}}'

    def thought(self, json: str, reason: str | None = None) -> str:
        if self.is_openai:
            return self.event(self._choice(f'{{"reasoning_content":"{json}"}}', reason))
        if self.kind == "anthropic":
            delta = f'{{"type":"thinking_delta","thinking":"{json}"}}'
            return self.event(f'{{"type":"content_block_delta","index":0,"delta":{delta}}}')
        if self.kind == "gemini":
            return self.event(self._candidate(f'{{"text":"{json}","thought":true}}', reason))
        return self.event(f'{{"model":"m","message":{{"role":"assistant","content":"","thinking":"{json}"}},"done":false}}')

    def finish(self, reason: str = "stop") -> str:
        word = self.word(reason)
        if self.is_openai:
            return self.event(self._choice("{}", word))
        if self.kind == "anthropic":
            delta = f'{{"stop_reason":"{word}"}}'
            return self.event(f'{{"type":"message_delta","delta":{delta},"usage":{{"output_tokens":5}}}}')
        if self.kind == "gemini":
            return self.event(f'{{"candidates":[{{"index":0,"finishReason":"{word}"}}],{GEMINI_USAGE}}}')
        return self._done(f'"done_reason":"{word}",')

    def word(self, reason: str = "stop") -> str:
        words = {"anthropic": ("end_turn", "max_tokens"), "gemini": ("STOP", "MAX_TOKENS")}
        return words.get(self.kind, ("stop", "length"))[0 if reason == "stop" else 1]

    @property
    def terminator(self) -> str:
        """What ends the stream without saying why."""
        if self.kind == "anthropic":
            return self.event('{"type":"message_stop"}')
        return self._done("") if self.kind == "ollama" else self.event("[DONE]")

    @property
    def opening(self) -> str:
        if self.kind != "anthropic":
            return ""
        usage = '{"input_tokens":3,"output_tokens":1}'
        return self.event(f'{{"type":"message_start","message":{{"model":"m","usage":{usage}}}}}')

    def _choice(self, delta: str, reason: str | None) -> str:
        usage = ',"usage":{"prompt_tokens":3,"completion_tokens":5}' if reason else ""
        reason = f'"{reason}"' if reason else "null"
        return f'{{"model":"m","choices":[{{"index":0,"delta":{delta},"finish_reason":{reason}}}]{usage}}}'

    def _candidate(self, part: str, reason: str | None) -> str:
        finish = f',"finishReason":"{reason}"' if reason else ""
        return f'{{"candidates":[{{"index":0,"content":{{"parts":[{part}]}}{finish}}}],{GEMINI_USAGE}}}'

    def _done(self, reason: str) -> str:
        counts = '"prompt_eval_count":3,"eval_count":5'
        return self.event(f'{{"model":"m","message":{{"content":""}},"done":true,{reason}{counts}}}')

    # Whole answers

    def whole(self, json: str | None, reason: str | None, thought: str | None = None) -> str:
        """`json` is None for an answer without text or parts, `reason` for one without a reason."""
        finish = f'"{reason}"' if reason else "null"
        if self.is_openai:
            more = f',"reasoning_content":"{thought}"' if thought else ""
            content = "null" if json is None else f'"{json}"'
            message = f'{{"role":"assistant","content":{content}{more}}}'
            usage = '"usage":{"prompt_tokens":3,"completion_tokens":5}'
            return f'{{"model":"m","choices":[{{"index":0,"message":{message},"finish_reason":{finish}}}],{usage}}}'
        if self.kind == "anthropic":
            blocks = [f'{{"type":"thinking","thinking":"{thought}"}}'] if thought else []
            blocks += [] if json is None else [f'{{"type":"text","text":"{json}"}}']
            usage = '"usage":{"input_tokens":3,"output_tokens":5}'
            return f'{{"type":"message","model":"m","content":[{",".join(blocks)}],"stop_reason":{finish},{usage}}}'
        if self.kind == "gemini":
            parts = [f'{{"text":"{thought}","thought":true}}'] if thought else []
            parts += [] if json is None else [f'{{"text":"{json}"}}']
            content = f'{{"role":"model","parts":[{",".join(parts)}]}}' if parts else '{"role":"model"}'
            return f'{{"candidates":[{{"index":0,"content":{content},"finishReason":{finish}}}],{GEMINI_USAGE}}}'
        more = f',"thinking":"{thought}"' if thought else ""
        message = f'{{"role":"assistant","content":"{json or ""}"{more}}}'
        counts = '"prompt_eval_count":3,"eval_count":5'
        return f'{{"model":"m","message":{message},"done":true,"done_reason":{finish},{counts}}}'
