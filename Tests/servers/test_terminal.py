"""The commands for the terminal: `chat`, `sessions`, `top`, `config`, and what others say as JSON."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import socket
import subprocess
import threading
import time
import unittest

from harness import PROGRAM, ROOT, FastCGIClient, Sandbox, ServerCase, free_port, start_nginx, wait_until

LONG_QUESTION = "I loved The Time Machine. What next? Please tell me about every book you recommend, and why."


class Commands(ServerCase):
    def run_command(self, place: Sandbox, *words: str, check: bool = True, **options) -> subprocess.CompletedProcess:
        done = subprocess.run(
            [PROGRAM, *map(str, words)], cwd=place.path, env=place.environment(**options.pop("variables", {})),
            capture_output=True, text=True, timeout=60, check=False, **{"stdin": subprocess.DEVNULL} | options,
        )  # fmt: skip
        if check:
            self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def lines(self, text: str) -> list[dict]:
        return [json.loads(line) for line in text.splitlines()]


class Chat(Commands):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.place = cls.shared_sandbox(agents_dir=str(ROOT / "agents"), providers={"builtin": {"kind": "builtin", "pace_ms": 1}})
        cls.place.serve()
        cls.client = start_nginx(cls.place)
        cls.url = f"http://127.0.0.1:{cls.client.address[1]}"

    def test_behind_two_hyphens_nothing_is_an_option(self) -> None:
        words = ("--ur", self.url, "--", "-5 degrees outside. What shall I read?")
        self.assertTrue(self.run_command(self.place, "chat", *words).stdout)
        for wrong in (("-5 degrees",), ("-é",), ("--no", "x"), ("--json=1",), ("--u", self.url)):
            done = self.run_command(self.place, "chat", *wrong, check=False)
            self.assertEqual(done.returncode, 64, done.stderr)
            self.assertIn(f"{wrong[0][:2] if wrong[0][1] == '5' else wrong[0]} is not an option here", done.stderr)
        done = self.run_command(self.place, "chat", "Hello", "--url", check=False)
        self.assertIn("--url needs a value", done.stderr)

    def test_every_agent_answers_and_its_conversation_is_listed(self) -> None:
        token = self.client.guest().token
        for agent in ("noah", "tutor", "visa_expert", "desk", "desk.analyst"):
            done = self.run_command(
                self.place, "chat", "Hello, what can you do?", "--agent", agent, "--session", f"s-{agent}", "--url", self.url,
                "--token", token)  # fmt: skip
            history = self.client.with_token(token).history(f"s-{agent}")["messages"]
            self.assertEqual([message["status"] for message in history], ["complete", "complete"])
            self.assertTrue(done.stdout.startswith(history[-1]["content"] + "\n"), done.stdout)
        listed = self.lines(self.run_command(
            self.place, "sessions", "--url", self.url, "--json", variables={"CHAT_FCGI_TOKEN": token}).stdout)  # fmt: skip
        self.assertEqual({row["session_id"] for row in listed}, {f"s-{name}" for name in ("noah", "tutor", "visa_expert", "desk", "desk.analyst")})
        shown = self.run_command(self.place, "sessions", "--url", self.url, "--token", token).stdout
        self.assertRegex(shown, r"(?m)^s-tutor +tutor +\d{4}-\d\d-\d\dT\d\d:\d\d +2  ")
        shown = self.run_command(self.place, "sessions", "s-noah", "--url", self.url, "--token", token).stdout
        self.assertIn("Hello, what can you do?", shown)

    def test_with_json_each_event_is_a_line(self) -> None:
        events = self.lines(self.run_command(self.place, "chat", "Thanks!", "--json", "--url", self.url).stdout)
        self.assertEqual((events[0]["type"], events[-1]["type"]), ("user_message_received", "complete"))

    def test_each_line_of_a_script_is_a_message_of_one_conversation(self) -> None:
        token = self.client.guest().token
        self.run_command(
            self.place, "chat", "--session", "script", "--url", self.url, "--token", token, stdin=None,
            input="Hello!\n\nThanks!\n")  # fmt: skip
        contents = [message["content"] for message in self.client.with_token(token).history("script")["messages"]]
        self.assertEqual(contents[0::2], ["Hello!", "Thanks!"])

    def test_what_is_refused_is_told(self) -> None:
        for words, says, code in (
            (("chat", "Hello", "--agent", "nobody", "--url", self.url), "no agent is named nobody; there are noah, tutor, desk, general, visa_expert\n", 69),
            (("chat", "Hello", "--agent", "desk.clerk", "--url", self.url), "there are desk.general, analyst", 69),
            (("chat", "Hello", "--token", "nonsense", "--url", self.url), "token", 69),
            (("chat", "Hello", "--url", self.url + "/elsewhere"), "not chat-fcgi's", 69),
            (("chat", "Hello", "--url", f"http://127.0.0.1:{free_port()}"), "cannot be asked", 69),
            (("chat", "Hello", "--url", "ftp://x"), "--url", 64),
            (("chat", "Hello", "--token", "x"), "--url", 64),
            (("chat", "Hello", "--session", "a b"), "--session", 64),
            (("sessions", "unknown", "--url", self.url), "no such session", 69),
        ):
            with self.subTest(words):
                done = self.run_command(self.place, *words, check=False)
                self.assertEqual(done.returncode, code, done.stderr)
                self.assertIn(says, done.stderr)

    def test_what_nobody_can_have_said_yet_is_told(self) -> None:
        said = self.run_command(self.place, "sessions", "--url", self.url).stdout
        self.assertEqual(said, "no conversations: without --token T a new guest asks\n")
        empty = self.place.path / "empty.json5"
        empty.write_text('{ data_dir: "./nothing" }')
        for words in (("sessions",), ("usage",), ("key", "list"), ("user", "export", "anna")):
            done = self.run_command(self.place, *words, "--config", empty, check=False)
            self.assertEqual((done.returncode, "there is no store at" in done.stderr), (74, True), done.stderr)
        self.run_command(self.place, "catalog", "frob", "--config", empty, check=False)
        self.assertFalse((self.place.path / "nothing").exists())
        done = self.run_command(self.place, "catalog", "import", "nowhere.csv", "--config", self.place.configuration_file, check=False)
        self.assertEqual((done.returncode, done.stderr), (69, "chat-fcgi: nowhere.csv: No such file or directory\n"))

    def test_without_a_server_this_machine_s_own_data_answer(self) -> None:
        place = self.sandbox()
        first = self.run_command(place, "chat", "I loved Dune. What next?", "--session", "s1")
        self.assertEqual(first.stderr, "")
        self.run_command(place, "chat", "Thanks!", "--session", "s1", "--user", "anna")
        listed = self.lines(self.run_command(place, "sessions", "--json").stdout)
        self.assertEqual([(row["session_id"], row["message_count"]) for row in listed], [("s1", 2)])
        # The same conversation as a server's: the name is what a web server would say.
        place.configuration["auth"] = {"mode": "proxy"}
        place.configuration_file.write_text(json.dumps(place.configuration))
        place.serve()
        self.assertEqual(len(self.lines(self.run_command(place, "sessions", "s1", "--user", "anna", "--json").stdout)), 2)

    def test_a_line_that_breaks_is_taken_up_where_it_broke(self) -> None:
        place = self.sandbox(providers={"builtin": {"kind": "builtin", "pace_ms": 10}})
        place.serve()
        client = start_nginx(place)
        relay = Breaking(client.address)
        self.addCleanup(relay.close)
        token = client.guest().token
        done = self.run_command(
            place, "chat", LONG_QUESTION, "--session", "s1", "--token", token, "--url", f"http://127.0.0.1:{relay.port}")
        reply = client.with_token(token).history("s1")["messages"]
        self.assertEqual(len(reply), 2)
        self.assertTrue(done.stdout.startswith(reply[-1]["content"] + "\n"), done.stdout)
        self.assertGreater(relay.broken, 0)

    def test_ctrl_c_stops_the_answer_and_then_ends(self) -> None:
        place = self.sandbox(providers={"builtin": {"kind": "builtin", "pace_ms": 300}})
        place.serve()
        client = start_nginx(place)
        token = client.guest().token
        leader, follower = pty.openpty()
        self.addCleanup(os.close, leader)
        process = subprocess.Popen(
            [PROGRAM, "chat", "--session", "s1", "--token", token, "--url", f"http://127.0.0.1:{client.address[1]}"],
            stdin=follower, stdout=follower, stderr=follower, env=place.environment(), start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )  # fmt: skip
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        os.close(follower)
        screen = Screen(leader)
        screen.wait_for("> ")
        os.write(leader, LONG_QUESTION.encode() + b"\n")
        wait_until("it is being written", lambda: any(
            message["content"] for message in client.with_token(token).history("s1")["messages"][1:]
        ) if client.with_token(token).get("/api/v1/chat/sessions").json()["sessions"] else False)  # fmt: skip
        process.send_signal(signal.SIGINT)
        screen.wait_for("[stopped]")
        self.assertEqual(client.with_token(token).history("s1")["messages"][-1]["status"], "stopped")
        screen.wait_for("> ")
        # Two within 50 ms of the first are one.
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(30), -signal.SIGINT)


class Screen:
    """What a program wrote to its terminal, read as it is waited for."""

    def __init__(self, leader: int) -> None:
        self.leader = leader
        self.text = ""

    def wait_for(self, wanted: str) -> None:
        def is_there() -> bool:
            while select.select([self.leader], [], [], 0)[0]:
                try:
                    self.text += os.read(self.leader, 4096).decode(errors="replace")
                except OSError:
                    break
            before, found, after = self.text.partition(wanted)
            if found:
                self.text = after
            return bool(found)

        wait_until(f"{wanted!r} is on the screen", is_there)


class Breaking:
    """A relay before a web server that cuts each connection after some bytes of its answer, as often as there is more."""

    def __init__(self, address) -> None:
        self.address = address
        self.broken = 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._run, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def _run(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._relay, args=(connection,), daemon=True).start()

    def _relay(self, connection: socket.socket) -> None:
        with connection, socket.create_connection(self.address) as server:
            passed = 0
            while passed < 5_000:
                for ready in select.select([connection, server], [], [])[0]:
                    data = ready.recv(400)
                    if not data:
                        return
                    (server if ready is connection else connection).sendall(data)
                    passed += len(data) if ready is server else 0
            self.broken += 1


class Top(Commands):
    def test_it_tells_streams_rates_and_providers(self) -> None:
        place = self.sandbox()
        place.serve()
        client = start_nginx(place)
        url = f"http://127.0.0.1:{client.address[1]}"
        guest = client.guest()
        self.assert_complete_reply(guest.ask())
        follower = guest.request("GET", "/api/v1/live?session_id=s1")
        wait_until("it is open", lambda: b'chat_fcgi_streams_open{worker="' in client.get("/metrics").body)
        with subprocess.Popen(
            [PROGRAM, "top", "--url", url, "--every", "0.5", "--count", "3", "--json"], env=place.environment(),
            stdout=subprocess.PIPE, text=True,
        ) as process:  # fmt: skip
            self.assert_complete_reply(guest.ask())
            pictures = self.lines(process.communicate(timeout=60)[0])
        self.assertEqual(len(pictures), 3)
        self.assertEqual({picture["workers"] for picture in pictures}, {1})
        self.assertTrue(all(picture["store_sound"] for picture in pictures))
        self.assertEqual({picture["streams"].get("/api/v1/live") for picture in pictures}, {1})
        self.assertTrue(any(picture["requests_per_second"] > 0 for picture in pictures))
        self.assertIn(("builtin", "closed"), {(row["provider"], row["circuit"]) for picture in pictures for row in picture["providers"]})
        text = self.run_command(place, "top", "--url", url, "--every", "0.1").stdout
        self.assertIn(f"at {url}, 1 process\n", text)
        self.assertRegex(text, r"(?m)^streams open +\d")
        self.assertRegex(text, r"(?m)^builtin +\S+ +closed")

    def test_an_address_without_figures_is_told(self) -> None:
        place = self.sandbox()
        place.serve()
        client = start_nginx(place)
        for url in (f"http://127.0.0.1:{client.address[1]}/elsewhere", f"http://127.0.0.1:{free_port()}"):
            done = self.run_command(place, "top", "--url", url, check=False)
            self.assertEqual(done.returncode, 69)
            self.assertIn(f"{url}/metrics", done.stderr)
            self.assertIn("--url", done.stderr)


class Configuration(Commands):
    def test_what_holds_is_a_configuration_that_means_the_same(self) -> None:
        place = self.sandbox(
            with_program=True, auth={"mode": ["jwt", "guest"], "allowed_origins": ["https://app.example.org"]},
            jwt={"issuer": "https://id.example.org", "audience": "chat"}, limits={"streams_per_address": 7, "retention_days": 30},
            providers={
                "builtin": {"kind": "builtin", "pace_ms": 2},
                "local": {"kind": "ollama", "base_url": "http://127.0.0.1:9", "retry": {"attempts": 1, "hedge_after_ms": 7}},
                "other": {"kind": "openai", "base_url": "http://127.0.0.1:9/v1", "api_key_env": "X", "think_tags": "keep"},
            },
            models=[
                {"name": "fast", "chain": [{"provider": "other", "model": "a\"b"}], "cache": {"ttl_s": 9, "similarity": 0.8}},
                {"name": "*", "chain": [{"provider": "local"}, {"provider": "builtin"}], "prompt_tokens": 5},
            ],
        )  # fmt: skip
        shown = self.run_command(place, "config", "show", "--effective").stdout
        value = json.loads(shown)
        self.assertEqual(value["limits"]["streams_per_address"], 7)
        self.assertEqual(value["limits"]["streams"], 10_000)
        self.assertEqual(value["providers"]["local"]["retry"]["attempts"], 1)
        self.assertEqual(value["models"][0]["cache"]["similarity"], 0.8)
        again = place.path / "again.json5"
        again.write_text(shown)
        self.assertEqual(self.run_command(place, "config", "show", "--effective", "--config", again).stdout, shown)
        self.assertEqual(self.run_command(place, "config", "show").stdout, place.configuration_file.read_text())

    def test_every_key_of_the_example_is_explained(self) -> None:
        place = self.sandbox()
        keys = self.run_command(place, "config", "explain").stdout.split()
        example = (ROOT / "chat-fcgi.json5.example").read_text()
        for key in ("listen", "limits.streams_per_address", "jwt.leeway_s", "retry.hedge_after_ms", "log.slow_ms", "providers", "models"):
            self.assertIn(key, keys)
        # Every word of the file that stands where a key does, but for those inside providers and models.
        for line in example.splitlines():
            found = re.match(r"    (?:// )?([a-z_]+): (?:[0-9\[]|true|false)", line)
            if found:
                self.assertTrue(any(key.endswith("." + found[1]) for key in keys), line)
        for key in keys:
            with self.subTest(key):
                told = self.run_command(place, "config", "explain", key).stdout.splitlines()
                self.assertEqual(told[0], key)
                # What it means, and what holds.
                self.assertGreater(len(told), 1)
        told = self.run_command(place, "config", "explain", "limits.streams_per_user").stdout
        self.assertIn("open at once; 1 to 10,000", told)
        self.assertIn("now: 1000", told)
        self.assertIn("this long", self.run_command(place, "config", "explain", "stream.heartbeat_ms").stdout)
        done = self.run_command(place, "config", "explain", "streams_per_user", check=False)
        self.assertEqual((done.returncode, "limits.streams_per_user" in done.stderr), (64, True))


class Scripts(Commands):
    def test_what_a_script_reads_is_json(self) -> None:
        place = self.sandbox()
        place.serve()
        self.assert_complete_reply(FastCGIClient(place.socket).guest().ask())
        self.run_command(place, "key", "create", "--name", "site")
        rows = self.lines(self.run_command(place, "key", "list", "--json").stdout)
        self.assertEqual([(row["name"], row["acts_for_users"], row["revoked_at"]) for row in rows], [("site", False, None)])
        rows = self.lines(self.run_command(place, "usage", "--json").stdout)
        self.assertEqual({row["kind"] for row in rows}, {"provider", "user"})
        self.assertEqual([row["completions"] for row in rows], [1, 1])
        self.assertIn("(UTC), 1 user\n", self.run_command(place, "usage").stdout)
        statistics = json.loads(self.run_command(place, "catalog", "stats", "--json").stdout)
        self.assertGreater(statistics["works"], 100)


if __name__ == "__main__":
    unittest.main()
