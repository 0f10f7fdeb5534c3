"""`scripts/run.sh`, which `make run` ends in: one foreground process that starts both, ends both, and says what it does."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import unittest
from pathlib import Path

from harness import PROGRAM, ROOT, HTTPClient, Process, ServerCase, accepts, free_port, tool, wait_until


class MakeRun(ServerCase):
    def setUp(self) -> None:
        tool("nginx")
        # A checkout of its own, so that nobody's ./var is touched; its name has a space in it.
        self.place = self.sandbox()
        self.checkout = self.place.path / "a checkout"
        self.checkout.mkdir()
        for name in ("nginx", "scripts"):
            shutil.copytree(ROOT / name, self.checkout / name)
        for name in ("web", "catalog", "agents"):
            if (ROOT / name).exists():
                shutil.copytree(ROOT / name, self.checkout / name)
        (self.checkout / "web").mkdir(exist_ok=True)
        if not (self.checkout / "web/index.html").exists():
            (self.checkout / "web/index.html").write_text("<!doctype html><title>page</title>")
        self.port = free_port()

    def start(self, **more: str) -> Process:
        environment = self.place.environment(PORT=str(self.port), CHAT_FCGI_PROGRAM=str(PROGRAM), **more)
        # As from a fresh checkout: no configuration file.
        del environment["CHAT_FCGI_CONFIG"]
        return self.place.start("run", [self.checkout / "scripts/run.sh"], env=environment, cwd=self.checkout, new_session=True)

    def started(self, **more: str) -> Process:
        process = self.start(**more)
        process.wait_for("prints that it runs", lambda: "Ctrl-C ends it" in process.log_text)
        return process

    def children(self, process: Process) -> dict[str, int]:
        found = {}
        for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split():
            try:
                found[Path(f"/proc/{pid}/comm").read_text().strip()] = int(pid)
            except (FileNotFoundError, ProcessLookupError):
                pass  # ended in the meantime
        return found

    def assert_nothing_left(self, children: dict[str, int]) -> None:
        for name, pid in children.items():
            with self.subTest(name):
                wait_until("it has ended", lambda pid=pid: not is_alive(pid))
        self.assertFalse(accepts(("127.0.0.1", self.port)))

    def test_the_printed_lines_work_as_pasted(self) -> None:
        process = self.started()
        self.assertIn(f"http://127.0.0.1:{self.port}/", process.log_text)
        self.assertIn(str(self.checkout / "var"), process.log_text)
        self.assertIn("builtin", process.log_text)
        lines = [line.strip() for line in process.log_text.splitlines() if re.match(r"^  (TOKEN=|curl )", line)]
        self.assertEqual(len(lines), 7, process.log_text)
        pasted = subprocess.run(
            ["/bin/bash", "-c", "\n".join(lines)], capture_output=True, text=True, timeout=60, check=True,
            env=self.place.environment(),
        )  # fmt: skip
        self.assertIn('"user_message_received"', pasted.stdout)
        self.assertIn('"complete"', pasted.stdout)
        for told in ('"type":"focus"', '"type":"done"', "[DONE]", '"mode":"visa_expert"', '"type":"chat_completed"'):
            self.assertIn(told, pasted.stdout)
        self.assertNotRegex(pasted.stdout, '"status":[45]')
        self.assertEqual(HTTPClient(self.port).get("/").status, 200)
        self.assertEqual((self.checkout / "var").stat().st_mode & 0o777, 0o700)

    def test_the_tutorial_works_line_by_line(self) -> None:
        text = (ROOT / "docs/tutorial.md").read_text().replace("127.0.0.1:8080", f"127.0.0.1:{self.port}")
        begin, *blocks, put_away = re.findall(r"^```\n(.*?)^```$", text, re.M | re.S)
        self.assertEqual(begin, "make run\n")
        (self.checkout / ".build/release").mkdir(parents=True)
        (self.checkout / ".build/release/chat-fcgi").symlink_to(PROGRAM)
        process = self.started()
        # doctor and top ask port 8080 by themselves.
        script = re.sub(r"(chat-fcgi (?:doctor|top))", rf"\1 --url http://127.0.0.1:{self.port}", "".join(blocks))
        environment = self.place.environment()
        del environment["CHAT_FCGI_CONFIG"]

        def paste(lines: str) -> str:
            done = subprocess.run(
                ["/bin/bash", "-euo", "pipefail", "-c", lines], cwd=self.checkout, env=environment, capture_output=True, text=True, timeout=120,
                stdin=subprocess.DEVNULL, check=False,
            )  # fmt: skip
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            return done.stdout

        said = paste(script)
        for told in (
            "The Time Machine", '"complete"', "Bram Stoker", "forsythia", "30", "limits.requests_per_minute", "all is well", "streams", "token-secret"
        ):  # fmt: skip
            self.assertIn(told, said)
        process.signal(signal.SIGTERM)
        self.assertEqual(process.wait(), 0, process.log_text)
        paste(put_away)
        self.assertFalse((self.checkout / "var").exists())

    def test_ctrl_c_and_sigterm_end_everything(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(number.name):
                process = self.started()
                # (It prints by way of a short-lived child.)
                wait_until("the program and nginx alone are left", lambda p=process: len(self.children(p)) == 2)
                children = self.children(process)
                # A terminal sends SIGINT to the whole foreground group.
                os.killpg(process.pid, number)
                self.assertEqual(process.wait(), 0, process.log_text)
                self.assert_nothing_left(children)

    def test_a_stream_may_finish_after_ctrl_c(self) -> None:
        process = self.started()
        exchange = HTTPClient(self.port).guest().ask()
        next(exchange.events())
        os.killpg(process.pid, signal.SIGINT)
        self.assert_complete_reply(exchange)
        self.assertEqual(process.wait(), 0, process.log_text)

    def test_a_second_ctrl_c_ends_a_stream_as_interrupted(self) -> None:
        configuration = {
            "providers": {"builtin": {"kind": "builtin", "pace_ms": 1_000}}, "stream": {"drain_timeout_ms": 600_000},
        }  # fmt: skip
        (self.checkout / "chat-fcgi.json5").write_text(json.dumps(configuration))
        process = self.started()
        exchange = HTTPClient(self.port).guest().ask()
        next(exchange.events())
        os.killpg(process.pid, signal.SIGINT)
        log = self.checkout / "var/log/chat-fcgi.log"
        process.wait_for("the program drains", lambda: "ending: no new requests" in log.read_text())
        # Two within 50 ms of the first are one.
        time.sleep(0.1)
        os.killpg(process.pid, signal.SIGINT)
        events = exchange.all_events()
        self.assertEqual((events[-1].type, events[-1].value.get("code")), ("error", "interrupted"))
        self.assertEqual(process.wait(), 0, process.log_text)

    def program_of(self, children: dict[str, int]) -> int:
        return next(pid for name, pid in children.items() if name != "nginx")

    def test_a_program_that_is_killed_is_started_again_and_not_for_ever(self) -> None:
        process = self.started()
        guest = HTTPClient(self.port).guest()
        seen = set()

        def another() -> bool:
            found = self.children(process)
            return len(found) == 2 and self.program_of(found) not in seen

        for count in range(12):
            wait_until("another program and nginx alone are left", lambda: not process.is_running() or another())
            if not process.is_running():
                break
            if count == 1:
                # The conversation goes on.
                wait_until("it answers", lambda: guest.get("/readyz").status == 200)
                self.assert_complete_reply(guest.ask(session_id="s1"))
            children = self.children(process)
            seen.add(self.program_of(children))
            os.kill(self.program_of(children), signal.SIGKILL)
        self.assertEqual(process.wait(), 128 + signal.SIGKILL, process.log_text)
        # The fourth in a row is the end; a machine so busy that ten seconds lay between two of them begins anew to count.
        self.assertGreaterEqual(process.log_text.count("it is started again"), 3)
        self.assertIn("chat-fcgi ended by itself", process.log_text)
        self.assert_nothing_left(children)

    def test_when_one_of_both_ends_the_other_is_ended_and_the_log_shown(self) -> None:
        for name, number in (("chat-fcgi", signal.SIGTERM), ("nginx", signal.SIGKILL)):
            with self.subTest(name):
                process = self.started()
                wait_until("the program and nginx alone are left", lambda p=process: len(self.children(p)) == 2)
                children = self.children(process)
                os.kill(children["nginx"] if name == "nginx" else self.program_of(children), number)
                self.assertNotEqual(process.wait(), 0)
                self.assertIn(f"{name} ended by itself", process.log_text)
                wait_until("nginx is gone", lambda: not accepts(("127.0.0.1", self.port)))
                self.assert_nothing_left(children)

    def test_the_address_comes_first_and_the_browser_where_asked_for(self) -> None:
        opened = self.place.path / "opened"
        browser = self.place.path / "browser"
        browser.write_text(f'#!/bin/sh\necho "$@" >"{opened}"\n')
        browser.chmod(0o755)
        process = self.started(OPEN="1", BROWSER=str(browser))
        self.assertIn(f"http://127.0.0.1:{self.port}/", process.log_text.splitlines()[0])
        wait_until("the page was opened", lambda: opened.exists() and opened.read_text().endswith("\n"))
        self.assertEqual(opened.read_text(), f"http://127.0.0.1:{self.port}/\n")

    def test_a_taken_port_is_named_with_a_way_out(self) -> None:
        with socket.create_server(("127.0.0.1", self.port)):
            process = self.start()
            self.assertEqual(process.wait(), 69)
        self.assertIn(f"port {self.port} is taken", process.log_text)
        self.assertIn("PORT=9080 make run", process.log_text)

    def test_a_second_one_in_the_same_folder_is_refused(self) -> None:
        first = self.started()
        self.port = free_port()
        second = self.start()
        self.assertEqual(second.wait(), 69)
        self.assertIn(str(first.pid), second.log_text)
        self.assertTrue(first.is_running())

    def test_a_port_that_is_none_is_refused(self) -> None:
        for port in ("x", "0", "65536", "-1", "80 81"):
            with self.subTest(port):
                self.port = port
                process = self.start()
                self.assertEqual(process.wait(), 64)
                self.assertIn("PORT=9080 make run", process.log_text)

    def test_the_mistakes_of_a_configuration_are_shown_before_anything_starts(self) -> None:
        (self.checkout / "chat-fcgi.json5").write_text('{ lisen: "unix:./var/x.sock" }')
        process = self.start()
        self.assertEqual(process.wait(), 78)
        self.assertIn("lisen", process.log_text)
        self.assertFalse(accepts(("127.0.0.1", self.port)))

    def test_a_second_start_finds_what_the_first_stored(self) -> None:
        process = self.started()
        guest = HTTPClient(self.port).guest()
        self.assert_complete_reply(guest.ask("Remember me", session_id="s1"))
        process.signal(signal.SIGTERM)
        self.assertEqual(process.wait(), 0)
        self.started()
        self.assertEqual(guest.history("s1")["messages"][0]["content"], "Remember me")


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


if __name__ == "__main__":
    unittest.main()
