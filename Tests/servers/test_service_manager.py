"""What systemd is told (sd_notify(3)), and the units of packaging/systemd."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import unittest

from exchange import PATIENCE_S
from harness import ROOT, SEARCH_PATH, FastCGIClient, ServerCase

UNITS = ROOT / "packaging/systemd"


class Notices(ServerCase):
    def listen(self, address: str) -> socket.socket:
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(listening.close)
        listening.bind(address)
        listening.settimeout(PATIENCE_S)
        return listening

    def test_it_says_that_it_serves_that_it_lives_and_that_it_ends(self) -> None:
        place = self.sandbox()
        for address in (f"{place.path}/notify", f"\0chat-fcgi-test-{os.getpid()}"):
            with self.subTest(address):
                manager = self.listen(address)
                process = place.serve(env=place.environment(
                    NOTIFY_SOCKET=address.replace("\0", "@"), WATCHDOG_USEC="100000",
                ))  # fmt: skip
                heard = [manager.recv(512).decode()]
                while "READY=1" not in heard:
                    heard.append(manager.recv(512).decode())
                # Who is told that it serves may ask.
                self.assertEqual(FastCGIClient(place.socket).get("/healthz").status, 200)
                while heard.count("WATCHDOG=1") < 3:
                    heard.append(manager.recv(512).decode())
                process.signal(signal.SIGTERM)
                self.assertEqual(process.wait(), 0)
                manager.setblocking(False)
                while True:
                    try:
                        heard.append(manager.recv(512).decode())
                    except BlockingIOError:
                        break
                self.assertEqual(heard.count("STOPPING=1"), 1)
                self.assertEqual(set(heard), {"READY=1", "WATCHDOG=1", "STOPPING=1"})

    def test_without_a_watchdog_or_with_another_process_s_it_says_no_more_than_that(self) -> None:
        place = self.sandbox()
        for more in ({}, {"WATCHDOG_USEC": "1000", "WATCHDOG_PID": "1"}, {"WATCHDOG_USEC": "nonsense"}, {"WATCHDOG_USEC": "0"}):
            with self.subTest(more):
                manager = self.listen(f"{place.path}/notify-{len(place.processes)}")
                process = place.serve(env=place.environment(NOTIFY_SOCKET=manager.getsockname(), **more))
                FastCGIClient(place.socket).guest().ask().finish()
                process.signal(signal.SIGTERM)
                self.assertEqual(process.wait(), 0)
                self.assertEqual([manager.recv(512) for _ in range(2)], [b"READY=1", b"STOPPING=1"])

    def test_a_manager_that_is_not_there_is_no_trouble(self) -> None:
        place = self.sandbox()
        for address in (f"{place.path}/nowhere", "", "relative", "/" + "x" * 300, "@"):
            with self.subTest(address):
                process = place.serve(env=place.environment(NOTIFY_SOCKET=address, WATCHDOG_USEC="50000"))
                self.assertEqual(FastCGIClient(place.socket).get("/healthz").status, 200)
                process.signal(signal.SIGTERM)
                self.assertEqual(process.wait(), 0)


class Units(unittest.TestCase):
    def setUp(self) -> None:
        self.analyze = shutil.which("systemd-analyze", path=SEARCH_PATH)
        if not self.analyze:
            self.skipTest("systemd-analyze is not installed; apt-get install systemd")

    def test_the_service_is_exposed_to_little(self) -> None:
        done = subprocess.run(
            [self.analyze, "security", "--offline=yes", UNITS / "chat-fcgi.service"], capture_output=True, text=True, check=False)
        found = re.search(r"exposure level for chat-fcgi.service: ([0-9.]+)", done.stdout)
        if not found:
            self.skipTest(f"this systemd-analyze has no --offline: {done.stderr.strip()[:200]}")
        self.assertLess(float(found[1]), 2.0)

    def test_no_key_of_the_units_is_unknown(self) -> None:
        done = subprocess.run(
            [self.analyze, "verify", UNITS / "chat-fcgi.socket", UNITS / "chat-fcgi.service"], capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        # It tells of mistakes and succeeds all the same. The program and its manual are not installed here.
        told = [line for line in done.stderr.splitlines() if "/usr/bin/chat-fcgi" not in line and "Command 'man " not in line]
        self.assertEqual([line for line in told if "chat-fcgi" in line], [])

    def test_the_files_look_for_one_socket(self) -> None:
        path = "/run/chat-fcgi/chat-fcgi.sock"
        for name in ("packaging/systemd/chat-fcgi.socket", "nginx/upstream.conf", "nginx/cluster.conf", "lighttpd/chat-fcgi.conf",
                     "apache/chat-fcgi.conf", "docs/deployment.md", "chat-fcgi.json5.example"):  # fmt: skip
            self.assertIn(path, (ROOT / name).read_text(), name)


if __name__ == "__main__":
    unittest.main()
