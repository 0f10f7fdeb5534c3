"""Who answered, what it took, and what goes back to whom: chat completions before the whole program and a real web server."""

from __future__ import annotations

import json
import unittest

import starts
from harness import Client, ServerCase
from provider import Behaviour, Provider, answers, configuration, refuses

TOOLS = [{"type": "function", "function": {"name": "get_weather", "parameters": {"properties": {"city": {"type": "string"}}}}}]
QUESTION = {"role": "user", "content": "The weather in Paris and Rome?"}


def whole(message: dict, usage: dict | None = None, model: str = "snapshot-1", reason: str = "stop") -> Behaviour:
    value = {
        "model": model, "choices": [{"index": 0, "message": {"role": "assistant", "content": None} | message, "finish_reason": reason}],
        "usage": usage,
    }  # fmt: skip
    return Behaviour(body=json.dumps(value).encode(), headers={"Content-Type": "application/json"})


# As some servers have them: no numbers, no ids, arguments as an object, and as null.
CALLS = whole(
    {
        "reasoning_content": "Two cities.",
        "tool_calls": [
            {"type": "function", "function": {"name": "get_weather", "arguments": {"city": "Paris"}}},
            {
                "type": "function", "function": {"name": "get_weather", "arguments": None},
                "extra_content": {"google": {"thought_signature": "SIG"}},
            },
        ],
    },
    reason="tool_calls",
)  # fmt: skip


class Answers(ServerCase):
    def stage(self, *providers: Provider, **more) -> Client:
        for one in providers:
            self.addCleanup(one.close)
        more = {"retry": {"attempts": 1, "bench_after": 100}} | more
        return starts.behind_nginx(self.sandbox(**configuration(*providers, **more))).guest()

    def ask(self, client: Client, messages: list[dict], stream: bool = False, **more) -> dict:
        """The answer, put together where it is streamed, with the models that its chunks named as `models`."""
        body = {"model": "any", "messages": messages, "stream": stream} | more
        if stream:
            body["stream_options"] = {"include_usage": True}
        exchange = client.request("POST", "/v1/chat/completions", body)
        if not stream:
            exchange.finish()
            self.assertEqual(exchange.status, 200, exchange.body)
            answer = exchange.json()
            return answer | {"models": {answer["model"]}, "message": answer["choices"][0]["message"]}
        events = [event.data for event in exchange.all_events()]
        self.assertEqual(events[-1], "[DONE]", events)
        chunks = [json.loads(event) for event in events[:-1]]
        message: dict = {"role": "assistant", "content": None}
        for delta in [choice["delta"] for chunk in chunks for choice in chunk["choices"]]:
            for name in ("content", "reasoning_content"):
                if delta.get(name):
                    message[name] = (message.get(name) or "") + delta[name]
            for piece in delta.get("tool_calls", []):
                calls = message.setdefault("tool_calls", [])
                if piece["index"] == len(calls):
                    calls.append({"id": piece["id"], "type": "function", "function": {"name": "", "arguments": ""}})
                call = calls[piece["index"]]
                call["function"]["name"] += piece["function"].get("name", "")
                call["function"]["arguments"] += piece["function"]["arguments"]
                if "extra_content" in piece:
                    call["extra_content"] = piece["extra_content"]
        return chunks[-1] | {"models": {chunk["model"] for chunk in chunks}, "message": message}

    def test_a_loop_of_tools_goes_on_with_its_thoughts_at_the_provider_whose_they_are_and_nowhere_else(self) -> None:
        for stream in (False, True):
            with self.subTest(stream=stream):
                first, second = Provider(CALLS, answers(["It ", "rains."])), Provider(answers(["It ", "snows."]))
                client = self.stage(first, second)
                said = self.ask(client, [QUESTION], stream, tools=TOOLS)["message"]
                self.assertEqual(said["reasoning_content"], "Two cities.")
                self.assertEqual([call["function"]["arguments"] for call in said["tool_calls"]], ['{"city":"Paris"}', "{}"])
                ids = [call["id"] for call in said["tool_calls"]]
                self.assertEqual(len(set(ids)), 2)
                self.assertEqual(said["tool_calls"][1]["extra_content"], {"google": {"thought_signature": "SIG"}})
                # As it came, with the results in another order.
                messages = [QUESTION, said]
                messages += [{"role": "tool", "tool_call_id": id, "content": f"result {n}"} for n, id in reversed([*enumerate(ids)])]
                answer = self.ask(client, messages, stream, tools=TOOLS)
                self.assertEqual(answer["message"]["content"], "It rains.")
                sent = first.calls[-1]["messages"]
                self.assertEqual(sent[1]["reasoning_content"], "Two cities.")
                self.assertEqual(sent[1]["tool_calls"], said["tool_calls"])
                self.assertEqual([m["content"] for m in sent[2:]], ["result 0", "result 1"])
                # The other provider gets the calls and their results, and none of the thoughts.
                first.then(refuses(503, "overloaded"))
                answer = self.ask(client, messages, stream, tools=TOOLS)
                self.assertEqual(answer["message"]["content"], "It snows.")
                self.assertNotIn("Two cities", json.dumps(second.calls[-1]))
                self.assertNotIn("SIG", json.dumps(second.calls[-1]))
                self.assertEqual([m["role"] for m in second.calls[-1]["messages"]], ["user", "assistant", "tool", "tool"])

    def test_thoughts_of_which_nobody_knows_whose_they_are_go_to_the_first_provider_alone(self) -> None:
        first, second = Provider(refuses(503, "overloaded")), Provider(answers(["It rains."]))
        client = self.stage(first, second)
        call = {"id": "call_1", "type": "function", "function": {"name": "get_weather", "arguments": "{}"}}
        said = {"role": "assistant", "content": "", "reasoning_content": "I ask.", "tool_calls": [call]}
        self.ask(client, [QUESTION, said, {"role": "tool", "tool_call_id": "call_1", "content": "rain"}], tools=TOOLS)
        self.assertEqual(first.calls[0]["messages"][1]["reasoning_content"], "I ask.")
        self.assertNotIn("reasoning_content", second.calls[0]["messages"][1])

    def test_the_model_is_the_one_that_answered_and_the_name_asked_for_stays(self) -> None:
        usage = {
            "prompt_tokens": 100, "completion_tokens": 50, "prompt_tokens_details": {"cached_tokens": 80},
            "completion_tokens_details": {"reasoning_tokens": 40},
        }  # fmt: skip
        for stream in (False, True):
            with self.subTest(stream=stream):
                first, second = Provider(whole({"content": "It rains."}, usage)), Provider(answers(["It snows."]))
                client = self.stage(first, second)
                answer = self.ask(client, [QUESTION], stream)
                self.assertEqual(answer["models"], {"snapshot-1"})
                origin = answer["chat_fcgi"]
                self.assertEqual((origin["requested_model"], origin["model"]), ("any", "snapshot-1"))
                self.assertEqual(answer["usage"], usage | {"total_tokens": 150})
                self.assertFalse(origin["usage_estimated"])
                first.then(refuses(500, "server_error"))
                answer = self.ask(client, [QUESTION], stream)
                self.assertEqual(answer["models"], {"model-b"})
                origin = answer["chat_fcgi"]
                self.assertEqual((origin["requested_model"], origin["model"]), ("any", "model-b"))

    def test_counts_that_cannot_be_are_estimated_and_marked(self) -> None:
        for count in (0, -3, 1.5, 10**12, None, "7"):
            for stream in (False, True):
                with self.subTest(count=count, stream=stream):
                    usage = {"prompt_tokens": 9, "completion_tokens": count, "prompt_tokens_details": {"cached_tokens": 8}}
                    client = self.stage(Provider(whole({"content": "It rains."}, usage)))
                    answer = self.ask(client, [QUESTION], stream)
                    self.assertTrue(answer["chat_fcgi"]["usage_estimated"])
                    self.assertEqual(set(answer["usage"]), {"prompt_tokens", "completion_tokens", "total_tokens"})
                    self.assertIn(answer["usage"]["completion_tokens"], range(1, 10))

    def test_a_path_on_the_servers_disk_reaches_nobody_and_its_last_part_is_a_name_that_works(self) -> None:
        path = "/home/somebody/models/gemma.gguf"
        server = Provider(answers(["It rains."]), models=[path])
        self.addCleanup(server.close)
        place = self.sandbox(
            providers={"local": {"kind": "openai", "base_url": server.url}},
            models=[{"name": "*", "chain": [{"provider": "local"}]}],
        )
        client = starts.behind_nginx(place).guest()
        names = [model["id"] for model in client.get("/v1/models").json()["data"]]
        self.assertIn("gemma.gguf", names)
        for stream in (False, True):
            answer = self.ask(client, [QUESTION], stream, model="gemma.gguf")
            self.assertEqual(answer["models"], {"gemma.gguf"})
            self.assertEqual({call["model"] for call in server.calls}, {path})
        told = [names, answer["chat_fcgi"], client.ask("Is it raining?").all_events()[-1].value]
        told += [client.get("/api/v1/me/usage").json(), client.get("/api/v1/health").json()]
        self.assertNotIn("/home", json.dumps(told))

    def test_a_conversation_goes_on_after_a_reply_without_a_word(self) -> None:
        server = Provider(refuses(500, "server_error"), refuses(500, "server_error"), answers(["It rains."]))
        client = self.stage(server, **{"retry": {"attempts": 1, "bench_after": 100}})
        for _ in range(3):
            end = client.ask("Is it raining?").all_events()[-1].value
        self.assertEqual(end["status"], "complete", end)
        roles = [message["role"] for message in server.calls[-1]["messages"]]
        self.assertEqual(roles, ["system", "user"])


if __name__ == "__main__":
    unittest.main()
