"""`chat-fcgi doctor` before real web servers: what it says of good ones, of ones that spoil streams, and of what is not there."""

from __future__ import annotations

import http.server
import json
import shutil
import sqlite3
import subprocess
import threading
import unittest
from pathlib import Path

from apache import start_apache_as_proxy
from harness import (
    PROGRAM, ROOT, HTTPClient, Sandbox, ServerCase, accepts, copy_nginx_files, free_port, link, run_nginx, start_lighttpd,
    start_nginx, tool,
)  # fmt: skip


def nginx_with(sandbox: Sandbox, *changes: tuple[str, str, str]) -> HTTPClient:
    """nginx as `make run` has it, but for `changes`: in a file, one text for another."""
    nginx = tool("nginx")
    port = free_port()
    for folder in ("var/nginx", "var/log"):
        (sandbox.path / folder).mkdir(parents=True, exist_ok=True)
    files = copy_nginx_files(sandbox, "chat-fcgi.conf", "fastcgi_chat.conf", "security_headers.conf")
    (files / "nginx.conf").write_text((ROOT / "nginx/dev.conf.in").read_text().replace("@PORT@", str(port)))
    for name, old, new in changes:
        text = (files / name).read_text()
        assert old in text, f"{old} is not in {name}"
        (files / name).write_text(text.replace(old, new))
    link(sandbox.path / "var/chat-fcgi.sock", Path(sandbox.socket))
    link(sandbox.path / "web", ROOT / "web")
    return run_nginx(sandbox, nginx, port)


IGNORED = "fastcgi_ignore_headers X-Accel-Buffering;"
# With kept connections nginx passes whole records on even when it buffers; it holds back without, its default.
KEPT = "fastcgi_keep_conn on;"
# Streams come at once, except for clients that take compressed answers.
HELD_BACK_WHEN_COMPRESSED = f"""
location ^~ /api/ {{
    error_page 418 = @held_back;
    if ($http_accept_encoding ~ gzip) {{ return 418; }}
    include fastcgi_chat.conf;
}}
location @held_back {{ include fastcgi_chat.conf; {IGNORED} }}
"""


class Said:
    """What the doctor said: the lines by their first word and subject, and the remedies below them."""

    def __init__(self, process: subprocess.CompletedProcess) -> None:
        self.code = process.returncode
        self.text = process.stdout + process.stderr
        self.lines: list[tuple[str, str, str]] = []
        self.remedies: dict[str, str] = {}
        for line in process.stdout.splitlines():
            word = line[:9].strip()
            if word in ("ok", "warning", "FAILED"):
                subject, _, rest = line[9:].partition(": ")
                self.lines.append((word, subject, rest))
            elif line.strip().startswith("fix: ") and self.lines:
                self.remedies[self.lines[-1][1]] = line.strip().removeprefix("fix: ")

    def about(self, subject: str) -> list[tuple[str, str]]:
        return [(word, rest) for word, name, rest in self.lines if name == subject]

    def words(self, *but: str) -> set[str]:
        return {word for word, subject, _ in self.lines if subject not in but}


class Doctor(ServerCase):
    def sandbox(self, **configuration) -> Sandbox:
        # The doctor waits for a heartbeat.
        return super().sandbox(**{"stream": {"heartbeat_ms": 300}} | configuration)

    def doctor(self, place: Sandbox, *words: str, **environment: str) -> Said:
        return Said(
            subprocess.run(
                [PROGRAM, "doctor", *words], capture_output=True, text=True, cwd=place.path, check=False, timeout=120,
                env=place.environment(**environment),
            )  # fmt: skip
        )

    def url(self, client: HTTPClient) -> str:
        return f"http://127.0.0.1:{client.address[1]}"

    def visit(self, place: Sandbox, client: HTTPClient, *words: str) -> Said:
        return self.doctor(place, "--url", self.url(client), *words)

    def assert_nothing_is_left(self, place: Sandbox) -> None:
        with sqlite3.connect(f"file:{place.path}/data/chat.db?mode=ro", uri=True) as database:
            tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            # The one that is nobody holds what is being removed.
            for table, where in (("sessions", "1"), ("messages", "1"), ("users", "name <> '/removed'")):
                self.assertIn(table, tables)
                (count,) = database.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()
                self.assertEqual(count, 0, table)


class GoodServers(Doctor):
    def test_all_is_well_behind_nginx_and_nothing_is_left(self) -> None:
        place = self.sandbox(providers={"builtin": {"kind": "builtin", "pace_ms": 10}})
        place.serve()
        said = self.visit(place, start_nginx(place))
        self.assertEqual(said.code, 0, said.text)
        self.assertEqual(said.words("page"), {"ok"}, said.text)
        subjects = [subject for _, subject, _ in said.lines]
        for subject in (
            "program", "store", "page", "provider", "routes", "bodies", "proxy header", "identity", "answer", "stream", "resume",
            "stop", "compression", "errors", "silence", "leaving",
        ):  # fmt: skip
            self.assertIn(subject, subjects)
        self.assertIn("as they were written", said.about("stream")[0][1])
        self.assertIn("builtin (librarian) is available", said.about("provider")[0][1])
        self.assertIn("builtin (librarian) answered", said.about("answer")[0][1])
        self.assert_nothing_is_left(place)

    def test_all_is_well_behind_apache(self) -> None:
        place = self.sandbox()
        place.serve("--socket-mode", "0666")
        web = place.path / "web"
        web.mkdir()
        shutil.copy(ROOT / "web/index.html", web)
        said = self.visit(place, start_apache_as_proxy(place, web))
        self.assertEqual((said.code, said.words()), (0, {"ok"}), said.text)

    def test_apache_which_sees_only_when_it_writes_that_a_client_has_left_is_given_the_time(self) -> None:
        place = self.sandbox(limits={"streams_per_user": 3}, stream={"heartbeat_ms": 4_000})
        place.serve("--socket-mode", "0666")
        web = place.path / "web"
        web.mkdir()
        shutil.copy(ROOT / "web/index.html", web)
        said = self.visit(place, start_apache_as_proxy(place, web), "--config", str(place.configuration_file))
        self.assertEqual([word for word, _ in said.about("leaving clients")], ["ok"], said.text)

    def test_all_is_well_behind_lighttpd(self) -> None:
        place = self.sandbox(providers={"builtin": {"kind": "builtin", "pace_ms": 10}})
        place.serve()
        said = self.visit(place, start_lighttpd(place))
        self.assertEqual(said.code, 0, said.text)
        self.assertEqual(said.about("stream")[0][0], "ok", said.text)
        self.assertEqual(said.about("stop")[0][0], "ok", said.text)
        self.assert_nothing_is_left(place)

    def test_streams_that_nginx_compresses_event_by_event_are_well(self) -> None:
        place = self.sandbox()
        place.serve()
        client = nginx_with(
            place, ("nginx.conf", "gzip off;", "gzip on; gzip_min_length 0; gzip_types text/event-stream;"))  # fmt: skip
        said = self.visit(place, client)
        self.assertEqual(said.code, 0, said.text)
        self.assertIn("compressed (gzip)", said.about("compression")[0][1])

    def test_the_configuration_and_the_folder_are_looked_at_with_their_place(self) -> None:
        place = self.sandbox(
            providers={"claude": {"kind": "anthropic"}},
            models=[{"name": "*", "chain": [{"provider": "claude"}, {"provider": "builtin"}]}],
        )
        place.serve()
        said = self.visit(place, start_nginx(place), "--config", str(place.configuration_file))
        self.assertEqual(said.code, 0, said.text)
        passed_over = [rest for word, rest in said.about("provider") if word == "warning"]
        self.assertIn("no ANTHROPIC_API_KEY in the environment", passed_over[0])
        # Those who only know the address are not told the variable's name.
        self.assertEqual(passed_over[1], "claude (claude-haiku-4-5) is passed over: not configured")
        for subject in ("configuration", "data folder", "disk", "sqlite", "socket"):
            self.assertEqual([word for word, _ in said.about(subject)], ["ok"], subject)

    def test_a_token_is_taken_instead_of_a_guest(self) -> None:
        place = self.sandbox()
        place.serve()
        client = start_nginx(place)
        anna = client.guest()
        self.assert_complete_reply(anna.ask("What next?", session_id="mine"))
        said = self.visit(place, client, "--token", anna.token)
        self.assertEqual(said.code, 0, said.text)
        self.assertEqual(said.about("identity"), [])
        sessions = [session["session_id"] for session in anna.get("/api/v1/chat/sessions").json()["sessions"]]
        self.assertEqual(sessions, ["mine"])
        said = self.visit(place, client, "--token", anna.token + "x")
        self.assertEqual(said.code, 69, said.text)
        self.assertIn("401", said.about("stream")[0][1])
        self.assertNotIn(anna.token, said.text)


class SpoiledStreams(Doctor):
    def test_events_that_nginx_holds_back_are_told_with_the_directive(self) -> None:
        place = self.sandbox(providers={"builtin": {"kind": "builtin", "pace_ms": 10}})
        place.serve()
        client = nginx_with(place, ("fastcgi_chat.conf", KEPT, IGNORED))
        said = self.visit(place, client)
        self.assertEqual(said.code, 69, said.text)
        self.assertEqual(said.about("stream")[0][0], "FAILED", said.text)
        self.assertIn("held back", said.about("stream")[0][1])
        self.assertIn("fastcgi_ignore_headers X-Accel-Buffering", said.remedies["stream"])
        self.assertEqual(said.about("stop")[0][0], "warning")
        self.assert_nothing_is_left(place)

    def test_they_are_also_when_replies_are_written_too_quickly_to_tell(self) -> None:
        place = self.sandbox(providers={"builtin": {"kind": "builtin", "pace_ms": 0}})
        place.serve()
        said = self.visit(place, nginx_with(place, ("fastcgi_chat.conf", KEPT, IGNORED)))
        self.assertEqual(said.code, 69, said.text)
        # On a busy machine the reply may take long enough to tell from it alone.
        word, rest = said.about("stream")[-1]
        self.assertEqual(word, "FAILED", said.text)
        self.assertIn("events are held back", rest)

    def test_compression_that_holds_events_back_is_told_apart(self) -> None:
        place = self.sandbox()
        place.serve()
        old = "location ^~ /api/ {\n    client_max_body_size 2m;\n    include fastcgi_chat.conf;\n    include chat_cluster*.conf;\n}\n"
        said = self.visit(place, nginx_with(place, ("chat-fcgi.conf", old, HELD_BACK_WHEN_COMPRESSED), ("fastcgi_chat.conf", KEPT, "")))
        self.assertEqual(said.code, 69, said.text)
        self.assertEqual(said.about("stream")[0][0], "ok", said.text)
        self.assertEqual(said.about("compression")[0][0], "FAILED", said.text)
        self.assertIn("gzip_types", said.remedies["compression"])

    def test_a_lighttpd_that_waits_for_the_end_is_told_with_the_directive(self) -> None:
        place = self.sandbox(providers={"builtin": {"kind": "builtin", "pace_ms": 10}})
        place.serve()
        folder = place.path / "lighttpd-recipes"
        shutil.copytree(ROOT / "lighttpd", folder)
        for file in folder.iterdir():
            file.write_text(file.read_text().replace("server.stream-response-body = 2", "server.stream-response-body = 0"))
        port = free_port()
        environment = place.environment(
            PORT=str(port), CHAT_FCGI_LIGHTTPD=str(folder), CHAT_FCGI_WEB=str(ROOT / "web"),
            CHAT_FCGI_SOCKET=place.socket, CHAT_FCGI_CGI=f"{place.path}/", CHAT_FCGI_RUN=str(place.path),
        )  # fmt: skip
        process = place.start("lighttpd", [tool("lighttpd"), "-D", "-f", folder / "dev.conf"], env=environment)
        process.wait_for("it listens", lambda: accepts(("127.0.0.1", port)))
        said = self.doctor(place, "--url", f"http://127.0.0.1:{port}")
        self.assertEqual(said.code, 69, said.text)
        self.assertIn("held back", said.about("stream")[0][1])
        self.assertIn("server.stream-response-body = 2", said.remedies["stream"])

    def test_a_lost_last_event_id_is_told_with_the_directive(self) -> None:
        place = self.sandbox()
        place.serve()
        old = "fastcgi_param HTTP_LAST_EVENT_ID   $http_last_event_id   if_not_empty;"
        said = self.visit(place, nginx_with(place, ("fastcgi_chat.conf", old, 'fastcgi_param HTTP_LAST_EVENT_ID "";')))
        self.assertEqual(said.code, 69, said.text)
        self.assertEqual(said.about("resume"), [("FAILED", "a stream that is taken up begins anew")])
        self.assertIn("HTTP_LAST_EVENT_ID", said.remedies["resume"])


class SpoiledRequests(Doctor):
    def test_each_is_told_with_the_directive(self) -> None:
        place = self.sandbox(stream={"heartbeat_ms": 8_000})
        place.serve()
        client = nginx_with(
            place,
            ("fastcgi_chat.conf", "fastcgi_read_timeout 620s;", "fastcgi_read_timeout 3s;"),
            ("fastcgi_chat.conf", 'fastcgi_param HTTP_PROXY "";', ""),
            ("chat-fcgi.conf", "client_max_body_size 2m;", "client_max_body_size 512k;"),
            ("chat-fcgi.conf", "location ^~ /stream-chat {", "location ^~ /elsewhere {"),
        )  # fmt: skip
        said = self.visit(place, client)
        self.assertEqual(said.code, 69, said.text)
        for subject, word, text, directive in (
            ("silence", "FAILED", "is cut after", "fastcgi_read_timeout 620s"),
            ("proxy header", "warning", "HTTP_PROXY", 'fastcgi_param HTTP_PROXY ""'),
            ("bodies", "FAILED", "refuses a body of", "client_max_body_size"),
            ("routes", "FAILED", "/stream-chat/msg_doctor", "include chat-fcgi.conf"),
        ):
            with self.subTest(subject):
                ((found, rest),) = said.about(subject)
                self.assertEqual(found, word, said.text)
                self.assertIn(text, rest)
                self.assertIn(directive, said.remedies[subject])
        # On a busy machine the reply's first event takes longer than these 3 s.
        ((found, rest),) = said.about("stream")[:1]
        if found != "ok":
            self.assertIn("504", rest, said.text)
            self.assertIn("fastcgi_read_timeout 620s", said.remedies["stream"])
        self.assert_nothing_is_left(place)

    def test_clients_that_have_left_bodies_that_are_too_large_and_those_of_completions(self) -> None:
        # A heartbeat would tell nginx as well.
        place = self.sandbox(limits={"streams_per_user": 3}, stream={"heartbeat_ms": 6_000})
        place.serve()
        client = nginx_with(
            place, ("chat-fcgi.conf", "client_max_body_size 2m;", "client_max_body_size 0;"),
            ("fastcgi_chat.conf", "fastcgi_ignore_client_abort off;", "fastcgi_ignore_client_abort on;"),
        )  # fmt: skip
        said = self.visit(place, client)
        self.assertEqual(said.code, 69, said.text)
        self.assertEqual(said.about("bodies")[0][0], "warning", said.text)
        self.assertEqual(said.about("leaving clients")[0][0], "FAILED", said.text)
        self.assertIn("fastcgi_ignore_client_abort off", said.remedies["leaving clients"])
        self.assertEqual(said.about("routes")[0][0], "ok", said.text)
        client = nginx_with(place, ("chat-fcgi.conf", "client_max_body_size 21m;", "client_max_body_size 2m;"))
        said = self.visit(place, client, "--config", str(place.configuration_file))
        self.assertEqual(said.about("bodies")[0][0], "FAILED", said.text)
        self.assertIn("/v1/chat/completions", said.about("bodies")[0][1])
        self.assertEqual(said.about("leaving clients"), [("ok", "the program is told when a client has left")], said.text)

    def test_errors_that_are_replaced_methods_that_are_refused_and_a_host_that_is_lost(self) -> None:
        place = self.sandbox()
        place.serve()
        client = nginx_with(
            place, ("fastcgi_chat.conf", "fastcgi_intercept_errors off;", "fastcgi_intercept_errors on;"),
            ("chat-fcgi.conf", "location ^~ /api/ {", "location ^~ /api/ { limit_except GET POST { deny all; }"),
        )  # fmt: skip
        said = self.visit(place, client)
        self.assertEqual(said.code, 69, said.text)
        self.assert_told(said, "methods", "refuses PUT, PATCH, DELETE", "limit_except")
        self.assert_told(said, "refusals", "pages of its own", "fastcgi_intercept_errors off")
        # Nothing wrong is said of the rest.
        self.assertEqual(said.about("bodies"), [], said.text)
        for subject in ("routes", "stream", "resume", "stop"):
            self.assertEqual(said.about(subject)[0][0], "ok", said.text)
        client = nginx_with(place, ("fastcgi_chat.conf", "fastcgi_intercept_errors off;", "fastcgi_param HTTP_HOST backend;"))
        said = self.visit(place, client)
        self.assert_told(said, "origin", f"http://127.0.0.1:{client.address[1]} are refused", "Host")
        self.assertEqual(said.about("stream")[0][0], "ok", said.text)

    def test_a_web_server_that_cannot_put_bodies_down_is_not_told_to_take_larger_ones(self) -> None:
        place = self.sandbox()
        place.serve()
        folder = place.path / "bodies"
        client = nginx_with(place, ("chat-fcgi.conf", "client_max_body_size 2m;", f"client_max_body_size 2m; client_body_temp_path {folder};"))
        folder.rmdir()
        said = self.visit(place, client)
        self.assert_told(said, "bodies", "gives 500", "client_body_temp_path")
        self.assertNotIn("client_max_body_size", said.remedies["bodies"])

    def assert_told(self, said: Said, subject: str, text: str, directive: str) -> None:
        ((word, rest),) = said.about(subject)
        self.assertEqual(word, "FAILED", said.text)
        self.assertIn(text, rest)
        self.assertIn(directive, said.remedies[subject])


class Addresses(Doctor):
    def test_a_certificate_of_one_s_own_a_redirect_to_it_and_a_name_of_the_loopback(self) -> None:
        openssl = tool("openssl")
        place = self.sandbox()
        place.serve()
        subprocess.run(
            [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=localhost",
             "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", place.path / "key.pem", "-out", place.path / "own.pem"],
            check=True, capture_output=True,
        )  # fmt: skip
        secure = free_port()
        listen = (
            f"listen 127.0.0.1:{secure} ssl; ssl_certificate {place.path}/own.pem; ssl_certificate_key {place.path}/key.pem;\n"
            f"        if ($scheme = http) {{ return 301 https://127.0.0.1:{secure}$request_uri; }}\n        "
        )
        client = nginx_with(place, ("nginx.conf", "include chat-fcgi.conf;", listen + "include chat-fcgi.conf;"))
        said = self.doctor(place, "--url", f"https://127.0.0.1:{secure}")
        self.assertEqual(said.code, 69, said.text)
        self.assertIn("is not trusted", said.about("web server")[0][1])
        self.assertIn("--cacert", said.remedies["web server"])
        # From http, which leads on to https, with the certificate.
        said = self.visit(place, client, "--cacert", str(place.path / "own.pem"))
        self.assertEqual(said.code, 0, said.text)
        self.assertEqual(said.about("redirect")[0][0], "ok", said.text)
        self.assertIn(f"https://127.0.0.1:{secure}", said.about("program")[0][1])
        self.assertEqual(said.about("silence")[0][0], "ok", said.text)
        # A port for TLS that leads nowhere when it is asked without.
        alone = free_port()
        only = listen.split("\n")[0].replace(str(secure), str(alone)) + "\n        "
        other = self.served()
        nginx_with(other, ("nginx.conf", "include chat-fcgi.conf;", only + "include chat-fcgi.conf;"))
        said = self.doctor(other, "--url", f"http://127.0.0.1:{alone}")
        self.assertEqual(said.about("web server"), [("FAILED", f"http://127.0.0.1:{alone} gives 400, as a port for TLS does")], said.text)
        self.assertIn("https", said.remedies["web server"])
        said = self.visit(place, client, "--cacert", "/nowhere.pem")
        self.assertEqual(said.code, 64, said.text)
        # A token goes to the host it was given for, and to no other.
        said = self.doctor(place, "--url", f"http://0x7f000001:{client.address[1]}", "--token", "secret")
        self.assertEqual(said.code, 69, said.text)
        self.assertIn("leads on to", said.about("web server")[0][1])
        port = start_nginx(self.served()).address[1]
        # Names of the loopback that /etc/hosts need not have (RFC 6761).
        for host in ("0x7f000001", "chat.localhost"):
            said = self.doctor(place, "--url", f"http://{host}:{port}")
            self.assertEqual(said.about("store"), [("ok", "it is whole and can be written (/readyz)")], said.text)

    def served(self) -> Sandbox:
        place = self.sandbox()
        place.serve()
        return place


class WhatIsNotThere(Doctor):
    def test_a_program_that_is_stopped(self) -> None:
        place = self.sandbox()
        said = self.visit(place, start_nginx(place))
        self.assertEqual(said.code, 69, said.text)
        self.assertEqual([(word, subject) for word, subject, _ in said.lines], [("FAILED", "program")])
        self.assertIn("(502)", said.lines[0][2])
        self.assertIn("start the program", said.remedies["program"])

    def test_no_web_server(self) -> None:
        place = self.sandbox()
        said = self.doctor(place, "--url", f"http://127.0.0.1:{free_port()}")
        self.assertEqual(said.code, 69, said.text)
        self.assertEqual([(word, subject) for word, subject, _ in said.lines], [("FAILED", "web server")])

    def test_a_web_server_that_does_not_know_of_the_program(self) -> None:
        place = self.sandbox()
        place.serve()
        said = self.visit(place, nginx_with(place, ("nginx.conf", "include chat-fcgi.conf;", "")))
        self.assertEqual(said.code, 69, said.text)
        self.assertIn("404", said.about("program")[0][1])
        self.assertIn("include chat-fcgi.conf", said.remedies["program"])

    def test_error_pages_and_a_page_that_are_not_there_are_warnings(self) -> None:
        place = self.sandbox()
        place.serve()
        client = nginx_with(
            place, ("fastcgi_chat.conf", "error_page 413 @chat_413;", ""), ("nginx.conf", "root web;", "root var;"))  # fmt: skip
        said = self.visit(place, client)
        self.assertEqual(said.code, 0, said.text)
        self.assertEqual(said.about("errors")[0][0], "warning", said.text)
        self.assertIn("413 with text/html", said.about("errors")[0][1])
        self.assertIn("error pages", said.remedies["errors"])
        self.assertEqual(said.about("page")[0][0], "warning")

    def test_a_provider_that_does_not_answer_is_told_with_who_stepped_in(self) -> None:
        place = self.sandbox(
            providers={"lan": {"kind": "openai", "base_url": f"http://127.0.0.1:{free_port()}/v1"}},
            models=[{"name": "*", "chain": [{"provider": "lan", "model": "m"}, {"provider": "builtin"}]}],
            retry={"attempts": 1},
        )
        place.serve()
        said = self.visit(place, start_nginx(place))
        self.assertEqual(said.code, 0, said.text)
        word, rest = said.about("answer")[0]
        self.assertEqual(word, "warning", said.text)
        self.assertIn("builtin (librarian) answered", rest)
        self.assertIn("after lan failed (provider_unavailable)", rest)

    def test_a_web_server_that_passes_on_unchecked_names_is_found(self) -> None:
        place = self.sandbox(auth={"mode": "proxy"})
        place.serve()
        line = "fastcgi_param REMOTE_USER "
        for value, header in (
            ("$remote_user", "Authorization"), ("$http_x_remote_user", "its X-Remote-User"), ("$http_x_auth_request_user", "its X-Auth-Request-User"),
        ):  # fmt: skip
            with self.subTest(value):
                said = self.visit(place, nginx_with(place, ("fastcgi_chat.conf", "# REMOTE_USER is not sent.", f"{line}{value};\n#")))
                self.assertEqual(said.code, 69, said.text)
                word, rest = said.about("names")[0]
                self.assertEqual(word, "FAILED")
                self.assertIn(header, rest)
        with self.subTest("everybody is one"):
            said = self.visit(place, nginx_with(place, ("fastcgi_chat.conf", "# REMOTE_USER is not sent.", f"{line}operator;\n#")))
            self.assertEqual(said.about("names")[0][0], "warning")
            self.assertIn("operator", said.about("names")[0][1])
        with self.subTest("as it is shipped"):
            self.assertEqual(self.visit(place, start_nginx(place)).about("names")[0][0], "ok")

    def test_an_installation_without_guests_says_what_it_needs(self) -> None:
        place = self.sandbox(auth={"mode": "proxy"})
        place.serve()
        said = self.visit(place, start_nginx(place))
        self.assertEqual(said.code, 0, said.text)
        self.assertEqual(said.about("identity")[0][0], "warning")
        self.assertIn("--token", said.remedies["identity"])


class WhatIsWrongHere(Doctor):
    def test_mistakes_of_the_configuration_and_rights_that_are_too_wide(self) -> None:
        place = self.sandbox()
        place.serve().end()
        (place.path / "data").chmod(0o755)
        secret = place.path / "data/token-secret"
        secret.chmod(0o644)
        url = f"http://127.0.0.1:{free_port()}"
        said = self.doctor(place, "--url", url, "--config", str(place.configuration_file))
        self.assertEqual(said.code, 69, said.text)
        self.assertEqual(said.about("data folder")[0][0], "warning")
        self.assertIn("chmod 700", said.remedies["data folder"])
        self.assertEqual(said.about("token secret")[0][0], "FAILED")
        self.assertIn(f"chmod 600 {secret}", said.remedies["token secret"])
        place.configuration_file.write_text("{ limts: {}, models: [] }")
        said = self.doctor(place, "--url", url, "--config", str(place.configuration_file))
        self.assertEqual(said.code, 69, said.text)
        self.assertEqual(said.about("configuration")[0][0], "FAILED")
        self.assertIn("Perhaps limits is meant", said.text)

    def test_each_provider_is_asked_for_what_costs_nothing(self) -> None:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Ollama)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        place = self.sandbox(
            providers={
                "near": {"kind": "ollama", "base_url": f"http://127.0.0.1:{server.server_port}"},
                "gone": {"kind": "ollama", "base_url": f"http://127.0.0.1:{free_port()}"},
            },
            models=[{"name": "*", "chain": [{"provider": "near"}, {"provider": "gone"}, {"provider": "builtin"}]}],
        )
        said = self.doctor(
            place, "--url", f"http://127.0.0.1:{free_port()}", "--config", str(place.configuration_file))  # fmt: skip
        self.assertIn(("ok", "near: asked without a key; it answers"), said.about("provider"), said.text)
        (gone,) = [rest for word, rest in said.about("provider") if word == "warning"]
        self.assertIn("gone does not answer from here: provider_unavailable", gone)

    def test_an_address_that_is_none_is_a_mistake_of_the_command_line(self) -> None:
        place = self.sandbox()
        for url in ("ftp://localhost", "localhost:8080", "http://", "http://a:b@localhost", "http://localhost/?q"):
            self.assertEqual(self.doctor(place, "--url", url).code, 64, url)


class Ollama(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        models = [
            {"name": "nomic-embed-text:latest", "details": {"family": "nomic-bert"}},
            {"name": "llama3.2:latest", "details": {"family": "llama"}},
            {"name": "qwen2.5:7b", "details": {"family": "qwen2"}},
        ]
        body = json.dumps({"models": models}).encode() if self.path == "/api/tags" else b"{}"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words) -> None:
        pass


class WithoutAFile(ServerCase):
    """No configuration file anywhere; needs the port that Ollama uses."""

    def check(self, place: Sandbox, **more: str) -> str:
        environment = place.environment(**more)
        del environment["CHAT_FCGI_CONFIG"]
        folder = place.path / "empty"
        folder.mkdir(exist_ok=True)
        done = subprocess.run(
            [PROGRAM, "check"], capture_output=True, text=True, cwd=folder, env=environment, check=True, timeout=30)  # fmt: skip
        return done.stdout

    def test_an_ollama_on_its_usual_port_comes_first(self) -> None:
        if Path("/etc/chat-fcgi/chat-fcgi.json5").exists():
            raise unittest.SkipTest("this machine has a configuration of its own")
        place = self.sandbox()
        try:
            server = http.server.ThreadingHTTPServer(("127.0.0.1", 11434), Ollama)
        except OSError:
            raise unittest.SkipTest("port 11434 is in use here") from None
        self.addCleanup(server.server_close)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        text = self.check(place, OPENAI_API_KEY="k")
        server.shutdown()
        server.server_close()
        self.assertIn("ollama (llama3.2:latest), then openai (gpt-4o-mini), then builtin", text)
        self.assertIn("ollama (llama3.2:latest) answers first", text)
        self.assertNotIn("ollama", self.check(place))


if __name__ == "__main__":
    unittest.main()
