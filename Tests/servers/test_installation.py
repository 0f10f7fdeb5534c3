"""An installation by docs/deployment.md, every line of it run, in a folder of the test's own in the place of /; and what `check` and
`doctor` say of one that has nothing to answer from."""

from __future__ import annotations

import re
import shutil
import subprocess
import unittest
from pathlib import Path

from harness import PROGRAM, ROOT, FastCGIClient, Sandbox, ServerCase, accepts
from test_doctor import Said


def guide() -> str:
    """The commands of the guide."""
    text = (ROOT / "docs/deployment.md").read_text().split("## By hand", 1)[1]
    return text.split("```\n", 2)[1]


class Guide(ServerCase):
    def installed(self, sandbox: Sandbox) -> Path:
        """Runs the guide below a folder of its own, as this user: what needs the whole machine is left out."""
        root = sandbox.path / "root"
        script = guide().replace(".build/release/chat-fcgi", str(PROGRAM))
        script = re.sub(r"(?<![\w./])(/(?:usr|etc|var|run)/)", rf"{root}\1", script)
        script = re.sub(r"^useradd .*\n", "", script, flags=re.M).replace("-o chat-fcgi -g chat-fcgi ", "-D ")
        script = script.replace("runuser -u chat-fcgi -- chat-fcgi", f"{root}/usr/bin/chat-fcgi")
        script = script.replace("install -d -D", "install -d")
        # Where the program looks by itself on a machine; here it is told.
        environment = sandbox.environment(CHAT_FCGI_CONFIG=f"{root}/etc/chat-fcgi/chat-fcgi.json5")
        done = subprocess.run(
            ["bash", "-euc", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300
        )
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertNotIn("warning", done.stdout)
        return root

    def test_its_agents_have_something_to_answer_from(self) -> None:
        sandbox = self.sandbox()
        root = self.installed(sandbox)
        socket = root / "run/chat-fcgi/chat-fcgi.sock"
        socket.parent.mkdir(parents=True)
        process = sandbox.start(
            "chat-fcgi", [root / "usr/bin/chat-fcgi", "serve", "--config", root / "etc/chat-fcgi/chat-fcgi.json5"],
            env=sandbox.environment(),
        )  # fmt: skip
        # Accepted, not just there: a socket file is made a moment before anybody listens on it.
        process.wait_for("the socket accepts connections", lambda: accepts(str(socket)))
        guest = FastCGIClient(str(socket)).guest()
        events = self.assert_complete_reply(guest.ask())
        self.assertTrue(any(event.value["type"] == "recommendations" for event in events), "there are no books")
        visa = guest.post("/api/agent/chat", {"message": "Which visa lets me study in Germany?", "mode": "visa_expert"})
        self.assertTrue(visa.json()["sources"], visa.body)
        tutor = guest.post("/stream-chat", {"message": "Explain photosynthesis"}, headers={"Accept": "application/json"})
        self.assertEqual(tutor.status, 200, tutor.body)
        self.assertNotIn("WARN", process.log_text.upper())


class Pages(ServerCase):
    """The pages for who comes from elsewhere: their configurations are read, their commands run."""

    def test_their_configurations_are_good_and_their_commands_run(self) -> None:
        place = self.sandbox()
        seen = 0
        for name in ("from-litellm", "from-fastapi", "open-webui"):
            text = (ROOT / f"docs/{name}.md").read_text()
            for language, block in re.findall(r"^ *```(\w*)\n(.*?)^ *```$", text, re.M | re.S):
                block = block.strip()
                file = place.path / f"{name}.json5"
                if block.startswith(("{", "limits:")):
                    file.write_text(block if block.startswith("{") else "{ " + block + " }")
                    words = ["check", "--config", str(file)]
                elif block.startswith("chat-fcgi ") and not language:
                    words = block.replace("/etc/chat-fcgi/chat-fcgi.json5", str(place.configuration_file)).split()[1:]
                else:
                    continue
                done = subprocess.run([PROGRAM, *words], capture_output=True, text=True, check=False, env=place.environment(), cwd=place.path)
                self.assertEqual(done.returncode, 0, (name, block, done.stderr))
                seen += 1
        self.assertEqual(seen, 3)


class Missing(ServerCase):
    """What is missing is named, with what to do."""

    def said_by(self, sandbox: Sandbox, command: str) -> str:
        done = subprocess.run(
            [PROGRAM, command, "--config", sandbox.configuration_file], capture_output=True, text=True, check=False,
            env=sandbox.environment(), cwd=sandbox.path, timeout=60,
        )  # fmt: skip
        return done.stdout + done.stderr

    def assert_named(self, sandbox: Sandbox, subject: str, *words: str) -> None:
        self.assertRegex(self.said_by(sandbox, "check"), rf"warning: {subject}: .*" + ".*".join(map(re.escape, words)))
        done = subprocess.run(
            [PROGRAM, "doctor", "--url", "http://127.0.0.1:9", "--config", sandbox.configuration_file], capture_output=True,
            text=True, check=False, env=sandbox.environment(), cwd=sandbox.path, timeout=60,
        )  # fmt: skip
        said = Said(done)
        [(word, text)] = said.about(subject)
        self.assertEqual(word, "warning", said.text)
        self.assertIn(words[0], text)
        self.assertTrue(said.remedies[subject])
        process = sandbox.serve()
        self.assertIn(f"{subject}: ", process.log_text)
        process.end()

    def box(self, agents: Path | str = ROOT / "agents") -> Sandbox:
        return self.sandbox(agents_dir=str(agents))

    def test_a_catalogue_that_is_not_there(self) -> None:
        sandbox = self.box()
        for file in (sandbox.path / "data").glob("catalog.db*"):
            file.unlink()
        self.assert_named(sandbox, "catalogue", "there is none at", "catalog import")
        # It was made by the start.
        self.assert_named(sandbox, "catalogue", "is empty", "catalog import")

    def test_a_catalogue_that_is_damaged(self) -> None:
        sandbox = self.box()
        (sandbox.path / "data/catalog.db").write_bytes(b"no database at all, but long enough" * 100)
        self.assertRegex(self.said_by(sandbox, "check"), "warning: catalogue: .* cannot be read")

    def test_an_agents_folder_that_is_not_there_or_has_nothing_in_it(self) -> None:
        sandbox = self.box(agents="nowhere")
        self.assert_named(sandbox, "personas", "there are none in", "agents_dir")
        self.assert_named(sandbox, "prices", "there are none in", "SYMBOL.csv")
        empty = self.box(agents="empty")
        (empty.path / "empty/visa").mkdir(parents=True)
        self.assert_named(empty, "personas", "there are none in", "agents_dir")

    def test_a_folder_with_all_of_it_is_not_warned_of(self) -> None:
        said = self.said_by(self.box(), "check")
        self.assertNotIn("warning", said)
        self.assertRegex(said, r"catalogue +[\d,]+ works")
        self.assertRegex(said, r"personas +.*tutor")
        self.assertRegex(said, r"prices +.*samples")

    def test_a_persona_with_mistakes_is_told_as_one(self) -> None:
        sandbox = self.box(agents="mine")
        shutil.copytree(ROOT / "agents", sandbox.path / "mine")
        (sandbox.path / "mine/visa/persona.md").write_text("---\nname: visa_expert\nunknown_key: 1\n---\n")
        self.assertIn("the personas have mistakes", self.said_by(sandbox, "check"))
        self.assertIn("personas: ", sandbox.serve().log_text)


if __name__ == "__main__":
    unittest.main()
