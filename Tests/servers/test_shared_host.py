"""A shared host: the layout that shared-host/README.md draws, as drawn, and what becomes of wrong ones."""

from __future__ import annotations

import os
import shutil
import subprocess
import unittest
from pathlib import Path

from apache import lay_out, start_apache
from harness import PROGRAM, CGIClient, HTTPClient, Sandbox, ServerCase, text_of
from test_doctor import Said, nginx_with

# What nobody may fetch.
PRIVATE = (
    "data/token-secret", "data/chat.db", "data/chat.db-wal", "data/chat.db-shm", "data/catalog.db", "data/knowledge.db",
    "chat-fcgi.json5", "chat-fcgi", "catalog/starter.csv", "agents/visa/persona.md", ".htaccess",
)  # fmt: skip
QUESTION = {"message": "I loved The Time Machine. What next?", "session_id": "s1"}


def as_owner(*words, cwd: Path) -> subprocess.CompletedProcess:
    """A command over SSH: as the user that the scripts run as."""
    user = {"user": 65_534, "group": 65_534, "extra_groups": []} if os.geteuid() == 0 else {}
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(cwd)}
    return subprocess.run(words, cwd=cwd, env=environment, capture_output=True, text=True, check=False, **user)


class SharedHostCase(ServerCase):
    def assert_nothing_private_is_shown(self, client: HTTPClient, private: Path) -> None:
        for name in PRIVATE:
            for before in ("", "/chat-fcgi", "/cgi-bin/chat-fcgi", "/../chat-fcgi", "/%2e%2e/chat-fcgi", "/CHAT-FCGI", "/cgi-bin"):
                with self.subTest(before + "/" + name):
                    answer = client.get(f"{before}/{name}", headers={"Authorization": None})
                    self.assertIn(answer.status, (400, 403, 404))
                    if (private / name).is_file():
                        self.assertNotIn((private / name).read_bytes()[:32], answer.body)


class AsDrawn(SharedHostCase):
    def visit(self, home: Path, client: HTTPClient) -> None:
        private = home / "chat-fcgi"
        imported = as_owner("./chat-fcgi", "catalog", "import", "catalog/starter.csv", "--format", "csv", cwd=private)
        self.assertEqual(imported.returncode, 0, imported.stderr)
        checked = as_owner("./chat-fcgi", "check", cwd=private)
        self.assertEqual(checked.returncode, 0, checked.stderr)
        self.assertNotIn("warning: catalogue", checked.stdout)
        self.assertNotIn("warning: personas", checked.stdout)

        guest = client.guest()
        events = self.assert_complete_reply(guest.ask(**QUESTION))
        self.assertTrue(any(event.value["type"] == "recommendations" for event in events), "there are no books")
        visa = guest.post("/api/agent/chat", {"message": "Which visa lets me study in Germany?", "mode": "visa_expert"})
        self.assertEqual(visa.status, 200, visa.body)
        self.assertTrue(visa.json()["sources"])
        self.assertEqual(client.get("/").status, 200)

        self.assertEqual((private / "data").stat().st_mode & 0o777, 0o700)
        self.assertTrue((private / "data/token-secret").is_file())
        self.assert_nothing_private_is_shown(client, private)

    def test_with_cgi_bin_in_the_shown_folder(self) -> None:
        sandbox = self.sandbox()
        home = lay_out(sandbox)
        self.visit(home, start_apache(sandbox, home))

    def test_with_the_hosts_own_cgi_bin_beside_it(self) -> None:
        sandbox = self.sandbox()
        home = lay_out(sandbox)
        (home / "public_html/cgi-bin").rename(home / "cgi-bin")
        self.visit(home, start_apache(sandbox, home, cgi_bin="cgi-bin"))


class WrongLayouts(SharedHostCase):
    def assert_refused(self, client: HTTPClient, told: str, sandbox: Sandbox) -> None:
        answer = client.get("/cgi-bin/chat.cgi/healthz")
        self.assertEqual((answer.status, answer.json()["code"]), (500, "internal_error"))
        self.assertNotIn(str(sandbox.path), answer.body.decode())
        self.assertIn(told, (sandbox.path / "apache-error.log").read_text())

    def test_a_private_folder_that_is_shown_is_refused_before_anything_is_made(self) -> None:
        for place in ("chat-fcgi", "cgi-bin/chat-fcgi"):
            with self.subTest(place):
                sandbox = self.sandbox()
                home = lay_out(sandbox)
                shown = home / "public_html" / place
                (home / "chat-fcgi").rename(shown)
                client = start_apache(sandbox, home)
                self.assert_refused(client, "lies where the web server shows it", sandbox)
                self.assertFalse((shown / "data").exists())
                self.assert_nothing_private_is_shown(client, shown)

    def test_what_an_earlier_version_left_in_the_shown_folder_is_not_given_out(self) -> None:
        sandbox = self.sandbox()
        home = lay_out(sandbox)
        shown = home / "public_html/chat-fcgi"
        (home / "chat-fcgi").rename(shown)
        # As it was unpacked then: without the folder's own .htaccess.
        (shown / ".htaccess").unlink()
        (shown / "data").mkdir(mode=0o700)
        for name in ("token-secret", "chat.db", "chat.db-wal"):
            (shown / "data" / name).write_bytes(b"0123456789abcdef0123456789abcdef")
        client = start_apache(sandbox, home)
        self.assert_nothing_private_is_shown(client, shown)

    def test_a_link_into_the_shown_folder_is_refused(self) -> None:
        sandbox = self.sandbox()
        home = lay_out(sandbox)
        (home / "chat-fcgi").rename(home / "public_html/hidden")
        (home / "chat-fcgi").symlink_to(home / "public_html/hidden")
        self.assert_refused(start_apache(sandbox, home), "lies where the web server shows it", sandbox)

    def test_a_data_folder_that_is_shown_is_refused_by_the_program(self) -> None:
        sandbox = self.sandbox()
        home = lay_out(sandbox, configuration='{ data_dir: "../public_html/data", agents_dir: "./agents" }')
        self.assert_refused(start_apache(sandbox, home), "the data folder", sandbox)
        self.assertFalse((home / "public_html/data").exists())

    def test_a_missing_private_folder_is_told_to_the_log(self) -> None:
        sandbox = self.sandbox()
        home = lay_out(sandbox)
        shutil.rmtree(home / "chat-fcgi")
        self.assert_refused(start_apache(sandbox, home), "there is no folder chat-fcgi", sandbox)

    def test_any_web_server_that_says_what_it_shows_is_believed(self) -> None:
        sandbox = self.sandbox()
        for variable in ("DOCUMENT_ROOT", "CONTEXT_DOCUMENT_ROOT"):
            with self.subTest(variable):
                environment = sandbox.environment
                sandbox.environment = lambda **more: environment(**more, **{variable: str(sandbox.path)})  # noqa: B023
                answer = CGIClient(sandbox, [PROGRAM]).get("/healthz")
                sandbox.environment = environment
                self.assertEqual((answer.status, answer.json()["code"]), (500, "internal_error"))
                self.assertIn("lies where the web server shows it", (sandbox.path / "cgi.log").read_text())

    def test_the_doctor_fetches_the_secret_where_anybody_could(self) -> None:
        sandbox = self.sandbox()
        sandbox.serve()
        web = str(sandbox.path)
        client = nginx_with(sandbox, ("nginx.conf", "root web;", f"root {web};"))
        words = ["doctor", "--url", f"http://127.0.0.1:{client.address[1]}", "--config", sandbox.configuration_file]
        said = Said(subprocess.run(
            [PROGRAM, *words], capture_output=True, text=True, cwd=sandbox.path, check=False, env=sandbox.environment(),
        ))  # fmt: skip
        [(word, text)] = said.about("secret")
        self.assertEqual(word, "FAILED", said.text)
        self.assertIn("/data/token-secret", text)


if __name__ == "__main__":
    unittest.main()
