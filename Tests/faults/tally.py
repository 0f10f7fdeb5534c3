"""What became of many messages: what their clients saw against what the program has kept."""

from __future__ import annotations

import asyncio
import json
from collections import Counter, defaultdict

from exchange import NoAnswer, joined
from reader import LOST, Told, request


class Tally:
    """Counts of one run. `faults` has a line for each, `str` the figures."""

    def __init__(self) -> None:
        self.messages = 0
        self.acknowledged = 0
        self.ends: Counter = Counter()
        self.cuts = 0
        self.resets = 0
        self.refusals: Counter = Counter()
        self.wrong: Counter = Counter()
        self.faults: list[str] = []

    def blame(self, what: str, told: Told, detail: str) -> None:
        self.wrong[what] += 1
        if self.wrong[what] <= 5:
            self.faults.append(f"{what}: {told.reply_id}: {detail}")

    def __str__(self) -> str:
        parts = [f"{self.messages} messages, {self.acknowledged} acknowledged"]
        parts.append("ended " + ", ".join(f"{number} {kind}" for kind, number in sorted(self.ends.items())))
        parts.append(f"{self.cuts} streams cut, {self.resets} texts taken back and told anew")
        if self.refusals:
            parts.append("refused " + ", ".join(f"{n} × {s} {code} ({r})" for (s, code, r), n in self.refusals.items()))
        parts.append("wrong: " + (", ".join(f"{number} {what}" for what, number in self.wrong.items()) or "0"))
        return "; ".join(parts)


async def count(messages: list[Told], replay_every: int = 10) -> Tally:
    """Compares all with the history, and every `replay_every`th and every unfinished one with a replay from event 1."""
    tally = Tally()
    sessions: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for told in messages:
        sessions[told.client.token, told.session].append(told)
        tally.messages += 1
        tally.acknowledged += told.is_acknowledged
        # nginx ends a stream whose worker has died in due form; what is missing is the terminal event.
        tally.cuts += told.cuts + told.empty_ends
        tally.resets += told.was_reset
        tally.refusals += told.refusals
        kind = told.status or "without an end"
        if told.end is not None and told.end["type"] == "error":
            kind += f" ({told.end['code']})"
        tally.ends[kind] += 1
        if told.end is None:
            tally.blame("without a terminal event", told, f"{len(told.events)} events, {told.empty_ends} empty ends")
        for fault in told.faults:
            kind = "events after the end" if "after the terminal" in fault else "events out of order"
            tally.blame(kind, told, fault)
    for group in sessions.values():
        await compare(tally, group)
    for number, told in enumerate(messages):
        if told.end is not None and (told.status != "complete" or number % replay_every == 0):
            await replay(tally, told)
    return tally


async def compare(tally: Tally, group: list[Told]) -> None:
    """The messages of one session with its history."""
    body = {"session_id": group[0].session, "limit": 200}
    answer = await request(group[0].client, "POST", "/api/v1/chat/history", body)
    content = await answer.body()
    answer.close()
    if answer.status == 404 and not any(told.is_acknowledged for told in group):
        return
    if answer.status != 200:
        for told in group:
            tally.blame("history not readable", told, f"{answer.status} {content[:200]!r}")
        return
    history = json.loads(content)["messages"]
    asked = Counter(message["content"] for message in history if message["role"] == "user")
    replies = {message["message_id"]: message for message in history if message["role"] == "assistant"}
    for told in group:
        if asked[told.text] == 0 and told.is_acknowledged:
            tally.blame("user messages lost", told, "acknowledged, and not in the history")
        if asked[told.text] > 1:
            tally.blame("user messages doubled", told, f"{asked[told.text]} times in the history")
        if told.reply_id is None:
            continue
        reply = replies.get(told.reply_id)
        if reply is None:
            tally.blame("replies lost", told, "not in the history")
            continue
        if told.end is not None and reply["content"] != told.content:
            detail = f"{len(told.content)} characters seen, {len(reply['content'])} stored ({reply['status']})"
            tally.blame("texts that differ from the stored", told, detail)
        if told.end is not None and reply["status"] != told.status:
            tally.blame("ends that differ from the stored", told, f"{told.end} seen, {reply['status']} stored")
    if len(replies) != sum(asked.values()):
        tally.blame("replies without a message of their own", group[0], f"{len(replies)} for {sum(asked.values())}")


async def replay(tally: Tally, told: Told) -> None:
    again = Told(told.client, told.session, told.text, told.key, reply_id=told.reply_id)
    try:
        answer = await request(told.client, "GET", f"/api/v1/chat/stream/{told.reply_id}")
        async for event in answer.events(30.0):
            again.take(event)
        answer.close()
    except (*LOST, NoAnswer) as error:
        tally.blame("replays that failed", told, repr(error))
        return
    # Whose text was taken back has other numbers from there on; the text and the end are the same.
    is_same = joined(again.events) == joined(told.events) or (
        told.was_reset and (again.content, again.status) == (told.content, told.status)
    )
    if not is_same or again.faults:
        tally.blame("replays that differ", told, f"{len(told.events)} events seen, {len(again.events)} replayed")


def count_now(messages: list[Told], replay_every: int = 10) -> Tally:
    return asyncio.run(count(messages, replay_every))
