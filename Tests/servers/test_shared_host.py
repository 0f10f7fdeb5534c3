"""A shared host: the layout that shared-host/README.md draws, as drawn, and what becomes of wrong ones."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import unittest
from pathlib import Path

from apache import drawn, lay_out, start_apache
from harness import PROGRAM, ROOT, CGIClient, HTTPClient, Sandbox, ServerCase, accepts, free_port, tool
from test_doctor import Said, nginx_with

# What nobody may fetch.
PRIVATE = (
    "data/token-secret", "data/chat.db", "data/chat.db-wal", "data/chat.db-shm", "data/catalog.db", "data/knowledge.db",
    "chat-fcgi.json5", "chat-fcgi", "catalog/starter.csv", "agents/visa/persona.md", ".htaccess",
)  # fmt: skip
FRIEND = "https://app.example.org"
QUESTION = {"message": "I loved The Time Machine. What next?", "session_id": "s1"}


def as_owner(*words, cwd: Path) -> subprocess.CompletedProcess:
    """A command over SSH: as the user that the scripts run as."""
    user = {"user": 65_534, "group": 65_534, "extra_groups": []} if os.geteuid() == 0 else {}
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(cwd)}
    return subprocess.run(words, cwd=cwd, env=environment, capture_output=True, text=True, check=False, **user)


def start_lighttpd(sandbox: Sandbox, home: Path, cgi_bin: str) -> HTTPClient:
    """lighttpd as the host of `home`; scripts run as the owner. No rules lead to chat.cgi."""
    port = free_port()
    sandbox.path.chmod(0o755)
    if os.geteuid() == 0:
        for path in (home, *home.rglob("*")):
            os.chown(path, 65_534, 65_534, follow_symlinks=False)
    configuration = sandbox.path / "lighttpd.conf"
    configuration.write_text(
        f"""
server.bind = "127.0.0.1"
server.port = {port}
server.document-root = "{home}/public_html"
server.errorlog = "{home}/lighttpd-error.log"
server.upload-dirs = ( "{home}" )
index-file.names = ( "index.html" )
mimetype.assign = ( ".html" => "text/html", "" => "application/octet-stream" )
server.modules += ( "mod_cgi", "mod_alias" )
$HTTP["url"] =~ "^/cgi-bin/" {{
    cgi.assign = ( ".cgi" => "" )
    server.stream-response-body = 2
}}
"""
        + ('server.username = "nobody"\nserver.groupname = "nogroup"\n' if os.geteuid() == 0 else "")
        + ("" if cgi_bin.startswith("public_html/") else f'alias.url += ( "/cgi-bin/" => "{home}/{cgi_bin}/" )\n')
    )
    environment = sandbox.environment()
    del environment["CHAT_FCGI_CONFIG"]
    process = sandbox.start("lighttpd", [tool("lighttpd"), "-D", "-f", configuration], env=environment)
    process.wait_for("the port accepts connections", lambda: accepts(("127.0.0.1", port)))
    return HTTPClient(port, "/cgi-bin/chat.cgi")


class SharedHostCase(ServerCase):
    def assert_nothing_private_is_shown(self, client: HTTPClient, private: Path, but: tuple[str, ...] = ()) -> None:
        for name in PRIVATE:
            if name in but:
                continue
            for before in ("", "/chat-fcgi", "/cgi-bin/chat-fcgi", "/../chat-fcgi", "/%2e%2e/chat-fcgi", "/CHAT-FCGI", "/cgi-bin"):
                with self.subTest(before + "/" + name):
                    answer = client.get(f"{before}/{name}", headers={"Authorization": None})
                    self.assertIn(answer.status, (400, 403, 404))
                    if (private / name).is_file():
                        self.assertNotIn((private / name).read_bytes()[:32], answer.body)


class AsDrawn(SharedHostCase):
    def visit(self, home: Path, client: HTTPClient, but: tuple[str, ...] = ()) -> None:
        private = home / "chat-fcgi"
        # Where the page and other files are asked for.
        site = HTTPClient(client.address[1])
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
        self.assertEqual(site.get("/").status, 200)

        self.assertEqual((private / "data").stat().st_mode & 0o777, 0o700)
        self.assertTrue((private / "data/token-secret").is_file())
        self.assert_nothing_private_is_shown(site, private, but)

    def test_with_cgi_bin_in_the_shown_folder(self) -> None:
        sandbox = self.sandbox()
        home = lay_out(sandbox)
        self.visit(home, start_apache(sandbox, home))

    def test_with_the_hosts_own_cgi_bin_beside_it(self) -> None:
        sandbox = self.sandbox()
        home = lay_out(sandbox)
        (home / "public_html/cgi-bin").rename(home / "cgi-bin")
        self.visit(home, start_apache(sandbox, home, cgi_bin="cgi-bin"))

    def test_in_a_folder_below_the_shown_one(self) -> None:
        sandbox = self.sandbox()
        home = lay_out(sandbox, configuration='{ data_dir: "./data", agents_dir: "./agents", cors: { origins: ["%s"] } }' % FRIEND)
        (home / "public_html").rename(home / "chat")
        (home / "public_html").mkdir()
        (home / "chat").rename(home / "public_html/chat")
        rules = home / "public_html/chat/.htaccess"
        line, there = "ErrorDocument 405 /cgi-bin/chat.cgi/options", "/chat/cgi-bin/chat.cgi/options"
        self.assertIn(there, rules.read_text())
        rules.write_text(rules.read_text().replace(line, f"ErrorDocument 405 {there}"))
        client = start_apache(sandbox, home)
        client.prefix = "/chat"
        self.assertEqual(client.get("/").status, 200)
        self.assert_complete_reply(client.guest().ask(**QUESTION))
        for path in ("/v1/models", "/openai/v1/models", "/healthz"):
            self.assertTrue(client.get(path).head.get("X-Request-Id"), path)
        asked = {"Origin": FRIEND, "Access-Control-Request-Method": "POST"}
        before = client.request("OPTIONS", "/api/v1/chat/stream", headers=asked).finish()
        self.assertEqual((before.status, before.head.get("Access-Control-Allow-Origin")), (204, FRIEND))
        self.assert_nothing_private_is_shown(client, home / "chat-fcgi")
        self.assert_nothing_private_is_shown(HTTPClient(client.address[1]), home / "chat-fcgi")

    def test_behind_lighttpd(self) -> None:
        sandbox = self.sandbox()
        home = lay_out(sandbox)
        # It reads no .htaccess, and shows them: they are no secret.
        self.visit(home, start_lighttpd(sandbox, home, "public_html/cgi-bin"), but=(".htaccess",))

    def test_where_apache_heeds_no_htaccess(self) -> None:
        sandbox = self.sandbox()
        home = lay_out(sandbox)
        client = start_apache(sandbox, home, heeds_htaccess=False)
        client.prefix = "/cgi-bin/chat.cgi"
        self.assertEqual(client.get("/healthz").status, 200)
        self.assertTrue((home / "chat-fcgi/data/token-secret").is_file())
        # The rules themselves are no secret.
        self.assert_nothing_private_is_shown(HTTPClient(client.address[1]), home / "chat-fcgi", but=(".htaccess",))


class OneFile(SharedHostCase):
    """What `make shared-host` gives: unpacked, opened, it works."""

    def test_it_is_what_the_readme_draws_and_works_as_unpacked(self) -> None:
        for name in ("zip", "unzip", "strip"):
            tool(name)
        place = self.sandbox()
        environment = place.environment(CHAT_FCGI_PROGRAM=str(PROGRAM), SOURCE_DATE_EPOCH="1700000000")
        archives = []
        for folder in ("one", "two"):
            done = subprocess.run(
                [ROOT / "packaging/shared-host.sh", place.path / folder], env=environment, capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 0, done.stderr)
            archives.append(next((place.path / folder).glob("*.zip")))
        self.assertEqual(archives[0].read_bytes(), archives[1].read_bytes(), "two builds of one program differ")
        parts = json.loads(next((place.path / "one").glob("*.spdx.json")).read_text())
        self.assertEqual(parts["spdxVersion"], "SPDX-2.3")
        digest = hashlib.sha256(archives[0].read_bytes()).hexdigest()
        self.assertIn(digest, [checksum["checksumValue"] for checksum in parts["packages"][0]["checksums"]])
        home, other = place.path / "home", place.path / "other"
        for folder in (home, other):
            folder.mkdir()
            subprocess.run(["unzip", "-q", archives[0], "-d", folder], check=True)
        for path, text in drawn():
            if "made by the program" in text:
                self.assertFalse((home / path).exists(), path)
                continue
            self.assertTrue((home / path).exists(), path)
            if "mode 0755" in text:
                self.assertEqual((home / path).stat().st_mode & 0o777, 0o755, path)
        self.assertEqual((home / "chat-fcgi").stat().st_mode & 0o777, 0o700)
        # Nobody comes by SSH: the first request reads the books in.
        apache = start_apache(place, home)
        for client in (apache, start_lighttpd(place, other, "public_html/cgi-bin")):
            self.assertEqual(client.get("/healthz").status, 200)
            events = self.assert_complete_reply(client.guest().ask(**QUESTION))
            self.assertTrue(any(event.value["type"] == "recommendations" for event in events), "there are no books")
            self.assertIn(b"<title>", HTTPClient(client.address[1]).get("/").body)
        self.assert_nothing_private_is_shown(apache, home / "chat-fcgi")


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
