"""A configuration that names no model for a provider: it asks the provider for its models, or says what to write."""

from __future__ import annotations

import json
import subprocess
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import starts
from harness import PROGRAM, ROOT, Client, Sandbox, ServerCase, free_port, start_nginx
from provider import Provider, answers, refuses

# What servers list before the model that can talk.
LIST = ["text-embedding-nomic-embed-text-v1.5", "whisper-1", "org/chat-7b", "org/chat-70b"]


class UnnamedModel(ServerCase):
    def settings(self, providers: dict, **more) -> dict:
        return {"providers": providers | {"builtin": {"kind": "builtin", "pace_ms": 0}}, "agents_dir": str(ROOT / "agents")} | more

    def place(self, providers: dict, **more) -> Sandbox:
        """A sandbox without `models`, unless they are given."""
        place = self.sandbox()
        settings = {k: v for k, v in place.configuration.items() if k not in ("models", "providers")}
        self.write(place, settings | self.settings(providers, **more))
        return place

    @staticmethod
    def write(place: Sandbox, settings: dict) -> None:
        place.configuration_file.write_text(json.dumps(settings))

    def provider(self, *script, models: list[str] | None, port: int = 0) -> Provider:
        one = Provider(*(script or (answers(["It ", "rains."]),)), models=models, port=port)
        self.addCleanup(one.close)
        return one

    def local(self, provider: Provider) -> dict:
        return {"kind": "openai", "base_url": provider.url}

    @staticmethod
    def check(place: Sandbox) -> subprocess.CompletedProcess:
        return subprocess.run(
            [PROGRAM, "check", "--config", place.configuration_file], capture_output=True, text=True, timeout=60,
            env=place.environment(), cwd=place.path,
        )  # fmt: skip

    @staticmethod
    def doctor(place: Sandbox) -> str:
        return subprocess.run(
            [PROGRAM, "doctor", "--url", f"http://127.0.0.1:{free_port()}", "--config", place.configuration_file],
            capture_output=True, text=True, timeout=60, env=place.environment(), cwd=place.path,
        ).stdout  # fmt: skip

    def who(self, client: Client) -> dict[str, str]:
        """Who answers in each dialect."""
        question = {"message": "Is it raining?"}
        completion = client.post(
            "/api/v2/chat/completions", {"model": "any", "messages": [{"role": "user", "content": "Is it raining?"}]})
        return {
            "companion": client.ask("Is it raining?").all_events()[-1].value.get("provider"),
            "tutor": client.post("/stream-chat", question).all_events()[-1].value.get("provider"),
            "completions": completion.json()["chat_fcgi"]["provider"],
            "agent": client.post("/api/agent/chat", question).json().get("provider"),
            "desk": client.post("/api/chat/stream", question | {"assistantType": "general"}).all_events()[-1].value.get("provider"),
        }  # fmt: skip

    def assert_all_ask(self, client: Client, provider: Provider, model: str = "org/chat-7b") -> None:
        self.assertEqual(set(self.who(client).values()), {"local"})
        self.assertIn(model, {call["model"] for call in provider.calls})

    def test_every_dialect_asks_the_first_model_for_conversation_that_the_server_lists(self) -> None:
        for models in (None, [{"name": "*", "chain": [{"provider": "local"}, {"provider": "builtin"}]}]):
            with self.subTest(models=models):
                provider = self.provider(models=LIST)
                place = self.place({"local": self.local(provider)}, **({"models": models} if models else {}))
                self.assertIn("local (org/chat-7b, the first that it lists) answers first", self.check(place).stdout)
                client = starts.behind_nginx(place).guest()
                self.assert_all_ask(client, provider)
                # A name that the server has goes through.
                body = {"model": "org/chat-70b", "messages": [{"role": "user", "content": "Say it."}]}
                client.post("/api/v2/chat/completions", body).json()
                self.assertEqual(provider.calls[-1]["model"], "org/chat-70b")

    def test_several_servers_each_have_a_model_of_their_own(self) -> None:
        first = self.provider(refuses(500, "server_error"), models=["one"])
        second = self.provider(models=["embed", "two"])
        place = self.place({"a": self.local(first), "local": self.local(second)}, retry={"attempts": 1})
        self.assert_all_ask(starts.behind_nginx(place).guest(), second, "two")
        self.assertEqual({call["model"] for call in first.calls} - {"any"}, {"one"})

    def test_a_server_that_is_down_at_the_start_is_asked_when_it_is_needed(self) -> None:
        port = free_port()
        place = self.place({"local": {"kind": "openai", "base_url": f"http://127.0.0.1:{port}/v1"}}, retry={"attempts": 1})
        said = self.check(place)
        self.assertEqual(said.returncode, 0, said.stdout + said.stderr)
        self.assertIn("warning: there is no model named for the provider local", said.stdout)
        self.assertIn('provider: "local", model: "NAME"', said.stdout)
        process = place.serve()
        self.assertIn("there is no model named for the provider local", process.log_text)
        client = start_nginx(place).guest()
        events = client.ask().all_events()
        self.assertEqual(events[-1].value["provider"], "builtin")
        self.assertEqual([e.value["to"] for e in events if e.type == "provider_switch"], ["builtin"])
        provider = self.provider(models=LIST, port=port)
        self.assert_all_ask(client, provider)

    def test_a_server_without_a_model_for_conversation_is_refused_with_what_to_write(self) -> None:
        for models in ([], ["text-embedding-3-small", "bge-m3"]):
            with self.subTest(models=models):
                place = self.place({"local": self.local(self.provider(models=models))})
                for command in (["check"], ["serve"]):
                    said = subprocess.run(
                        [PROGRAM, *command, "--config", place.configuration_file], capture_output=True, text=True,
                        timeout=60, env=place.environment(), cwd=place.path,
                    )  # fmt: skip
                    self.assertEqual(said.returncode, 78, said.stdout + said.stderr)
                    self.assertIn("lists no model for conversation", said.stderr)
                    self.assertIn('provider: "local", model: "NAME"', said.stderr)

    def test_a_server_that_gives_no_list_is_told_with_its_cause(self) -> None:
        for status, body, remedy in (
            (401, b'{"error":{"message":"no","code":"invalid_api_key"}}', "set its key"),
            (404, b'{"detail":"Not Found"}', "mostly with /v1"), (200, b"<html>", "mostly with /v1"),
            (200, b'{"object":"model"}', "mostly with /v1"), (503, b"", "see whether it is up"),
        ):  # fmt: skip
            with self.subTest(status, body=body):
                server = self.listing(status, body)
                # An address without the interface's folder, too.
                place = self.place({"local": {"kind": "openai", "base_url": server}})
                told = self.check(place)
                self.assertEqual(told.returncode, 0, told.stderr)
                self.assertIn(f'has no path; most servers of this kind want "{server}/v1"', told.stdout)
                doctor = self.doctor(place)
                process = place.serve()
                for said in (told.stdout, doctor, process.log_text):
                    [warning] = [line for line in said.splitlines() if "there is no model named for the provider local" in line]
                    self.assertIn(remedy, warning)
                    self.assertIn('provider: "local", model: "NAME"', said)
                process.end()

    def test_what_is_told_of_an_address_is_for_the_providers_kind(self) -> None:
        server = self.listing(404, b'{"error":"not found"}')
        for kind, end in (("anthropic", "before /messages"), ("gemini", "before /models"), ("ollama", "before /api/chat")):
            with self.subTest(kind):
                place = self.place({"local": {"kind": kind, "base_url": server + "/elsewhere"}})
                for told in (self.check(place).stdout, self.doctor(place)):
                    self.assertIn(end, told)

    def listing(self, status: int, body: bytes) -> str:
        """The address of a server that answers everything so."""

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_) -> None:
                pass

            def do_GET(self) -> None:
                self.send_response(status)
                self.send_header("Content-Type", "text/html" if body.startswith(b"<") else "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return f"http://127.0.0.1:{server.server_address[1]}"

    def test_a_kind_that_lists_nothing_must_have_a_model_named(self) -> None:
        place = self.place({
            "local": {
                "kind": "azure", "base_url": "https://x.openai.azure.com", "api_version": "2024-10-21", "api_key_env": "HOME",
            }
        })  # fmt: skip
        said = self.check(place)
        self.assertEqual(said.returncode, 78, said.stdout)
        self.assertIn('provider: "local", model: "DEPLOYMENT"', said.stderr)

    def test_an_address_that_ends_in_the_interfaces_path_is_warned_about_and_the_doctor_names_the_cause(self) -> None:
        provider = self.provider(models=LIST)
        place = self.place({"local": {"kind": "openai", "base_url": provider.url + "/chat/completions"}})
        said = self.check(place).stdout
        self.assertIn(f'ends in /chat/completions, but has to end before that: write "{provider.url}"', said)
        told = self.doctor(place)
        self.assertIn("local does not answer from here: provider_not_found", told)
        self.assertIn("it ends before /chat/completions", told)

    def test_a_name_that_is_given_is_not_asked_for(self) -> None:
        provider = self.provider(models=LIST)
        place = self.place(
            {"local": self.local(provider)},
            models=[{"name": "*", "chain": [{"provider": "local", "model": "org/chat-70b"}, {"provider": "builtin"}]}])
        self.assert_all_ask(starts.behind_nginx(place).guest(), provider, "org/chat-70b")
        self.assertEqual({call["model"] for call in provider.calls}, {"org/chat-70b"})


if __name__ == "__main__":
    unittest.main()
