"""The commands in the documents: each is run here, or it is said why not and where it is tried instead."""

from __future__ import annotations

import re
import shutil
import subprocess
import unittest

from harness import PROGRAM, ROOT, SEARCH_PATH, STARTER_CATALOGUE, Sandbox, ServerCase, start_nginx

DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "shared-host/README.md", "examples/README.md", "catalog/README.md")),
    # The tutorial's lines build upon each other: test_make_run.py runs them in their order.
    *(path for path in sorted((ROOT / "docs").rglob("*.md")) if path.name != "tutorial.md"),
]  # fmt: skip
# What a line of a shell begins with.
COMMAND = re.compile(
    r"(?:[A-Z_]+=\S+ )*(?:\.build/release/|\./)?(?:chat-fcgi|make|apt|apt-get|systemctl|journalctl|install|mv|cp|ln|curl|useradd|adduser|spawn-fcgi"
    r"|llama-server|python3|docker|podman|certbot|nginx|kill|sqlite3|touch|npm|node|pip|git|unzip|openssl|streamlit)(?= |$)")
# By what a command begins with: why it is not run here.
ELSEWHERE = {
    r"apt(-get)? |touch /etc/chat-fcgi": "changes the machine; packaging/test-packages.sh installs, upgrades and purges on a bare Debian",
    r"systemctl |journalctl ": "needs systemd as the first process: packaging/test-packages.sh, and test_service_manager.py for what systemd is told",
    r"ln -sf ../sites-available|(install|cp|useradd|mv) ": "needs root and /etc or /var; packaging/test-packages.sh, test_site.py and test_backup.py do the same elsewhere",
    r"kill ": "signals: test_upgrade.py, test_signals.py, Tests/faults",
    r"spawn-fcgi ": "test_every_start.py",
    r"(CHAT_FCGI_FAULTS=quick )?python3 -m unittest discover --start-directory Tests/faults": "make test runs the short form",
    r"python3 -m unittest discover": "is how this is run",
    r"CHAT_FCGI_URL=\S+ streamlit run ": "does not end by itself; Tests/web/run.sh runs the example",
    r"llama-server ": "needs a model of some hundred MB: make test-model",
    r"curl .*https://example.org/": "a host of yours; test_shared_host.py asks the same",
}  # fmt: skip
# chat-fcgi's own that do not end by themselves, or that are no whole command.
NOT_WHOLE = {
    "chat-fcgi serve": "every test runs it",
    "chat-fcgi backup": "needs its folder; test_backup.py",
    "chat-fcgi key create": "needs its options; test_service_keys.py",
    "chat-fcgi token": "needs its options; test_identity.py",
    "chat-fcgi user": "the name of a group of commands",
}


def commands() -> dict[str, str]:
    """Every command with the document in which it stands: whole lines of code, and spans of code that begin with the program or make."""
    found: dict[str, str] = {}
    for document in DOCUMENTS:
        text = document.read_text()
        name = str(document.relative_to(ROOT))
        for language, block in re.findall(r"^ *```(\w*)\n(.*?)^ *```", text, re.M | re.S):
            if language not in ("", "sh", "bash", "console"):
                continue
            for line in re.sub(r"\\\n\s*", "", block).splitlines():
                # The columns of a drawing are no arguments, and a comment is none of the command.
                line = re.split(r"\s{2,}(?![-&|>'\"])|\s+# ", line.strip())[0].strip()
                if COMMAND.match(line):
                    found.setdefault(line, name)
        for span in re.findall(r"`([^`]+)`", re.sub(r"^ *```.*?^ *```", "", text, flags=re.M | re.S)):
            span = " ".join(span.split())
            if re.match(r"(?:[A-Z_]+=\S+ )*(?:chat-fcgi|make|\.build/release/chat-fcgi|systemctl|journalctl|apt|kill) ", span):
                found.setdefault(span, name)
    return found


class Documents(ServerCase):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.commands = commands()
        assert len(cls.commands) > 60, len(cls.commands)

    def test_the_dialect_that_is_shown_is_the_one_that_is_tested(self) -> None:
        tested = (ROOT / "Tests/RoutesTests/HelpdeskDialect.swift").read_text()
        shown = re.findall(r"^```swift\n(?:import \w+\n)+\n(.*?)^```", (ROOT / "docs/dialects.md").read_text(), re.M | re.S)
        self.assertEqual(len(shown), 2)
        for code in shown:
            self.assertIn(code, tested)

    def test_every_target_of_make_is_there(self) -> None:
        targets = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.M))
        for command, document in self.commands.items():
            words = re.match(r"(?:\S+=\S+ )*make\b(.*)", command)
            for word in words[1].split() if words else []:
                if "=" not in word:
                    self.assertIn(word, targets, f"{document}: {command}")

    def test_what_is_not_run_has_a_reason(self) -> None:
        unknown = [
            f"{document}: {command}" for command, document in self.commands.items()
            if not re.search(r"(^|/| )(chat-fcgi|make)\b", command) and not re.match(r"curl .*localhost:8080", command)
            and not any(re.match(pattern, command) for pattern in ELSEWHERE)
        ]  # fmt: skip
        self.assertEqual(unknown, [])

    def test_the_program_s_own_commands_run(self) -> None:
        place, client, user = self.installation()
        done: set[str] = set()
        for command, document in self.commands.items():
            if not re.match(r"(\.build/release/|\./)?chat-fcgi ", command) or command in NOT_WHOLE:
                continue
            with self.subTest(command, document=document):
                here = self.as_here(command, place, client, user, len(done))
                if here not in done:
                    done.add(here)
                    self.run_command(place, here)
        self.assertGreater(len(done), 20)

    def test_what_is_asked_by_curl_is_answered(self) -> None:
        curl = shutil.which("curl", path=SEARCH_PATH)
        if not curl:
            self.skipTest("curl is not installed; apt-get install curl")
        place, client, _ = self.installation()
        guest = client.guest()
        events = guest.ask(session_id="s1").all_events()
        self.assertGreater(len(events), 12)
        for command, document in self.commands.items():
            if not re.match(r"curl .*localhost:8080", command):
                continue
            with self.subTest(command, document=document):
                here = command.replace("localhost:8080", f"127.0.0.1:{client.address[1]}")
                done = self.run_command(place, "set -f; " + here, TOKEN=guest.token, REPLY=events[0].value["reply_id"])
                self.assertNotIn('"status":4', done)
                self.assertIn('"', done)

    def installation(self):
        place = self.sandbox(agents_dir=str(ROOT / "agents"), stream={"heartbeat_ms": 300})
        place.serve()
        client = start_nginx(place)
        guest = client.guest()
        self.assert_complete_reply(guest.ask("Thanks!"))
        folder = place.path / "bin"
        folder.mkdir()
        (folder / "chat-fcgi").symlink_to(PROGRAM)
        return place, client, guest.user_id

    def as_here(self, command: str, place: Sandbox, client, user: str, number: int) -> str:
        """The documents' names replaced by those of this test."""
        configuration = str(place.configuration_file)
        url = f"http://127.0.0.1:{client.address[1]}"
        here = re.sub(r"^(\.build/release/|\./)", "", command)
        here = re.sub(r" \[[^\]]*\]", "", here)
        for old, new in (
            ("/etc/chat-fcgi/chat-fcgi.json5", configuration), ("local-model.json5", str(ROOT / "local-model.json5")),
            ("https://chat.example.org", url), ("http://localhost", url), ("http://127.0.0.1 ", url + " "),
            (" NAME", " anna"), (" KEY", " limits.streams"), (" FILE", f" {STARTER_CATALOGUE}"), (" catalog/starter.csv", f" {STARTER_CATALOGUE}"),
            (" pg_catalog.csv.gz", f" {STARTER_CATALOGUE}"), (" ID", f" {user}"), (" DIR", f" {place.path}/backup-{number}"),
            ("/var/backups/chat-fcgi/2026-11-29", f"{place.path}/kept"), ("/var/backups/chat-fcgi/", f"{place.path}/backups-{number}-"),
        ):  # fmt: skip
            here = (here + " ").replace(old, new).strip()
        if re.match("chat-fcgi (doctor|top)", here) and "--url" not in here:
            here += f" --url {url}"
        if here.startswith("chat-fcgi restore"):
            # Into an empty place, from a backup of this one.
            empty = place.path / f"empty-{number}.json5"
            empty.write_text('{ data_dir: "./empty-%d" }' % number)
            here = f"chat-fcgi backup '{place.path}/from-{number}' && chat-fcgi restore '{place.path}/from-{number}' --config {empty}"
        if here.startswith("chat-fcgi salvage"):
            here = f"chat-fcgi salvage {place.path}/salvaged-{number}"
        if re.match(r"chat-fcgi user (delete|export|logout) ", here):
            # The one of before may be removed by now.
            guest = client.guest()
            self.assert_complete_reply(guest.ask("Thanks!"))
            here = here.replace(user, guest.user_id)
        return here

    def run_command(self, place: Sandbox, command: str, **variables: str) -> str:
        environment = place.environment(**variables)
        environment["PATH"] = f"{place.path}/bin:{environment['PATH']}"
        done = subprocess.run(
            ["/bin/sh", "-c", command], cwd=place.path, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL,
            timeout=120, check=False,
        )  # fmt: skip
        self.assertEqual(done.returncode, 0, f"{command}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout


if __name__ == "__main__":
    unittest.main()
