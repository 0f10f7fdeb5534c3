"""What the packages are made of: the manual and the completion, and the web servers' files at their places. The Debian package as a whole is
tried by `make test-packages`."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from harness import PROGRAM, ROOT, SEARCH_PATH, tool

sys.path.insert(0, str(ROOT / "packaging"))
import manual  # noqa: E402
import packages  # noqa: E402


class FromHelp(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        folder = tempfile.TemporaryDirectory(prefix="cf-manual-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        subprocess.run([sys.executable, ROOT / "packaging/manual.py", PROGRAM, cls.folder], check=True)
        cls.help = subprocess.run([PROGRAM, "--help"], capture_output=True, text=True, check=True).stdout
        cls.commands = manual.read_help(cls.help)[2]

    def test_help_is_there_behind_every_command(self) -> None:
        for words in (["serve"], ["token"], ["key", "create"], ["catalog", "import"], ["user"], ["top"], ["chat"], ["migrate"]):
            done = subprocess.run([PROGRAM, *words, "--help"], capture_output=True, text=True, check=False)
            self.assertEqual((done.returncode, done.stderr), (0, ""), words)
            # Its own part, word for word.
            usage, *more = done.stdout.split("\n\n")
            self.assertTrue(usage.startswith(f"usage: chat-fcgi {words[0]} "), done.stdout)
            self.assertIn(usage.removeprefix("usage:"), self.help)
            self.assertEqual("--config F" in usage, "./chat-fcgi.json5" in more[0])
            for other in (["-h"], ["more", "--help"]):
                self.assertEqual(subprocess.run([PROGRAM, *words, *other], capture_output=True, text=True, check=False).stdout, done.stdout)
            self.assertEqual(subprocess.run([PROGRAM, "help", words[0]], capture_output=True, text=True, check=False).stdout, done.stdout)

    def test_every_command_and_option_of_the_help_is_in_the_manual_and_the_completion(self) -> None:
        named = set(re.findall(r"^(?:usage:)? +chat-fcgi ([a-z]+)", self.help, re.M))
        self.assertGreater(len(named), 8)
        self.assertEqual({command.names[0] for command in self.commands if command.names}, named)
        options = set(re.findall(r"\[(--[a-z-]+)", self.help))
        page = (self.folder / "chat-fcgi.1").read_text().replace("\\-", "-")
        for name in ("chat-fcgi.bash", "_chat-fcgi", "chat-fcgi.fish"):
            text = (self.folder / name).read_text()
            for word in named:
                self.assertIn(word, text, name)
            for option in options:
                self.assertIn(option.removeprefix("--"), text, name)
        for word in [*named, *options]:
            self.assertIn(word, page)
        # What it does stands below the command's own name.
        self.assertRegex(page, r"\.B chat-fcgi restore DIR\n\[--config F\]\n\.br\nput such a copy")

    def test_every_key_of_the_configuration_is_in_its_manual(self) -> None:
        page = (self.folder / "chat-fcgi.json5.5").read_text().replace("\\-", "-")
        for key in re.findall(r"^ *([a-z_]+): ", (ROOT / "chat-fcgi.json5.example").read_text(), re.M):
            self.assertIn(key, page)

    def test_the_manuals_are_well_formed(self) -> None:
        man = tool("man")
        for name in ("chat-fcgi.1", "chat-fcgi.json5.5"):
            done = subprocess.run(
                [man, "--warnings", "-l", self.folder / name], capture_output=True, text=True, check=False,
                env={"PATH": SEARCH_PATH, "LANG": "C.UTF-8", "MANWIDTH": "120", "MANROFFSEQ": ""},
            )  # fmt: skip
            if "can't find the nroff" in done.stderr or "minimized" in done.stdout:
                self.skipTest("man shows no pages on this system")
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertIn("chat-fcgi", done.stdout)

    def test_bash_completes(self) -> None:
        def completed(*words: str) -> set[str]:
            script = f"""source {self.folder}/chat-fcgi.bash; compopt() {{ :; }}
            COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _chat_fcgi; printf '%s\\n' "${{COMPREPLY[@]}}" """
            done = subprocess.run(["bash", "-c", script, "bash", "chat-fcgi", *words], capture_output=True, text=True, check=True)
            return set(done.stdout.split())

        self.assertLessEqual({"serve", "check", "catalog", "--help"}, completed(""))
        self.assertEqual(completed("cat"), {"catalog"})
        self.assertEqual(completed("catalog", ""), {"import", "stats"})
        self.assertEqual(completed("serve", "--l"), {"--listen"})
        self.assertEqual(completed("catalog", "import", "x", "--format", "go"), {"goodbooks", "goodreads"})

    def test_the_package_has_the_program_s_version(self) -> None:
        version = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]
        self.assertTrue((ROOT / "debian/changelog").read_text().startswith(f"chat-fcgi ({version})"))


class Places(unittest.TestCase):
    def test_what_the_web_servers_files_include_is_where_they_look(self) -> None:
        with tempfile.TemporaryDirectory(prefix="cf-etc-") as folder:
            subprocess.run([ROOT / "packaging/web-servers.sh", folder], check=True)
            nginx = Path(folder) / "nginx"
            included = set()
            for path in nginx.rglob("*"):
                if path.is_file():
                    included |= set(re.findall(r"^ *include (\S+);", path.read_text(), re.M))
            self.assertGreater(len(included), 4)
            for name in included:
                # Those with a star are there where somebody has copied them.
                self.assertTrue("*" in name or list(nginx.glob(name)), name)
            if lighttpd := shutil.which("lighttpd", path=SEARCH_PATH):
                (Path(folder) / "main.conf").write_text(
                    f'server.document-root = "{folder}"\nserver.port = 1\ninclude "{folder}/lighttpd/50-chat-fcgi.conf"\n'
                )
                done = subprocess.run([lighttpd, "-t", "-f", f"{folder}/main.conf"], capture_output=True, text=True, check=False)
                self.assertEqual(done.returncode, 0, done.stderr)

    def test_an_installed_site_is_taken_by_nginx(self) -> None:
        nginx = tool("nginx")
        with tempfile.TemporaryDirectory(prefix="cf-etc-") as folder:
            subprocess.run([ROOT / "packaging/web-servers.sh", folder], check=True)
            main = Path(folder) / "nginx/nginx.conf"
            main.write_text(
                "events {} http { include conf.d/*.conf; include sites-available/chat-fcgi; }\n"
            )
            for path in (Path(folder) / "nginx").rglob("*"):
                if path.is_file():
                    text = path.read_text().replace("/var/log/nginx/", f"{folder}/")
                    path.write_text(re.sub(r"listen (\[::\]:)?80;", f"listen unix:{folder}/listen;", text, count=1).replace("listen [::]:80;", ""))
            done = subprocess.run(
                [nginx, "-t", "-p", folder, "-e", f"{folder}/error.log", "-c", main, "-g", f"pid {folder}/pid;"],
                capture_output=True, text=True, check=False,
            )  # fmt: skip
            self.assertEqual(done.returncode, 0, done.stderr)


class Container(unittest.TestCase):
    def test_the_linter_finds_nothing_in_its_file(self) -> None:
        packages.install("containers")
        linter = packages.environment("containers") / "bin/hadolint"
        done = subprocess.run([linter, ROOT / "packaging/Containerfile"], capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))

    def test_what_it_copies_is_not_kept_from_the_build(self) -> None:
        let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
        copied = re.findall(r"^COPY (\S+) ", (ROOT / "packaging/Containerfile").read_text(), re.M)
        self.assertEqual(let_in, set(copied))


if __name__ == "__main__":
    unittest.main()
