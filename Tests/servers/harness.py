"""Starts the program and the real web servers in a temporary folder, and ends them by their process ids.

    CHAT_FCGI_PROGRAM   the program to test (default: .build/release/chat-fcgi of this checkout)
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path
from urllib.parse import unquote

import fastcgi
from exchange import PATIENCE_S, Event, Exchange, FastCGIDecoder, HTTPDecoder, connect, over_process, over_socket

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("CHAT_FCGI_PROGRAM", ROOT / ".build/release/chat-fcgi")).absolute()
STARTER_CATALOGUE = ROOT / "catalog/starter.csv"
SEARCH_PATH = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
QUESTION = "I loved The Time Machine. What next?"

# Ignored in what a shell runs in the background, and then in all that is started from here: a program that is told to end would not, and a
# script cannot trap what it was started ignoring.
for _number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
    if signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, signal.SIG_DFL)


def tool(name: str) -> str:
    """The path of a web server, or a skip that says which package brings it."""
    found = shutil.which(name, path=SEARCH_PATH)
    if not found:
        raise unittest.SkipTest(f"{name} is not installed; make setup installs it")
    return found


def need_program() -> None:
    if not os.access(PROGRAM, os.X_OK):
        raise AssertionError(f"no program at {PROGRAM}; make build makes it (or set CHAT_FCGI_PROGRAM)")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(what: str, is_so, seconds: float = PATIENCE_S) -> None:
    """Waits for a state of another process, which only looking can tell."""
    until = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > until:
            raise AssertionError(f"after {seconds} s still not so: {what}")
        time.sleep(0.01)


def accepts(address) -> bool:
    try:
        connect(address).close()
        return True
    except OSError:
        return False


class Sandbox:
    """A temporary folder with a configuration and a data folder, and the processes that were started in it."""

    _template: tempfile.TemporaryDirectory | None = None

    def __init__(self, with_program: bool = True, **configuration) -> None:
        if with_program:
            need_program()
        # Short: the path of a socket has 107 bytes at most.
        self.path = Path(tempfile.mkdtemp(prefix="cf-", dir="/tmp"))
        self.processes: list[Process] = []
        self.log_tails = ""
        self.configuration = {
            "listen": f"unix:{self.path}/app.sock",
            "data_dir": str(self.path / "data"),
            "limits": {"requests_per_minute": 1_000_000, "streams_per_user": 1_000, "tokens_per_day": 1_000_000_000, "failed_sign_ins_per_address": 0},
            "providers": {"builtin": {"kind": "builtin", "pace_ms": 2}},
            "models": [{"name": "*", "chain": [{"provider": "builtin"}]}],
        }
        for key, value in configuration.items():
            if isinstance(value, dict) and isinstance(self.configuration.get(key), dict):
                self.configuration[key] = self.configuration[key] | value
            else:
                self.configuration[key] = value
        self.configuration_file = self.path / "chat-fcgi.json5"
        self.configuration_file.write_text(json.dumps(self.configuration, indent=2))
        if with_program:
            self._copy_data()

    @property
    def socket(self) -> str:
        return f"{self.path}/app.sock"

    def environment(self, **more: str) -> dict[str, str]:
        """No vendor's key and no proxy of the person who runs the tests."""
        return {
            "PATH": SEARCH_PATH,
            "LANG": "C.UTF-8",
            "HOME": str(self.path),
            "CHAT_FCGI_CONFIG": str(self.configuration_file),
        } | more

    def _copy_data(self) -> None:
        """A data folder with the starter catalogue, read in once and then copied."""
        if not STARTER_CATALOGUE.exists():
            return
        if Sandbox._template is None:
            Sandbox._template = tempfile.TemporaryDirectory(prefix="cf-template-")
            folder = Path(Sandbox._template.name)
            file = folder / "chat-fcgi.json5"
            file.write_text(json.dumps(self.configuration | {"data_dir": str(folder / "data")}))
            subprocess.run(
                [PROGRAM, "catalog", "import", STARTER_CATALOGUE, "--format", "csv", "--config", file],
                check=True, capture_output=True, env=self.environment(), cwd=folder,
            )  # fmt: skip
        data = Path(Sandbox._template.name) / "data"
        if data.is_dir():
            # The token secret stays behind: each installation makes its own.
            shutil.copytree(data, self.path / "data", ignore=shutil.ignore_patterns("*secret*", "*.sock"))
            (self.path / "data").chmod(0o700)

    # Processes

    def start(self, name: str, command: list, **options) -> Process:
        process = Process(self, name, [str(word) for word in command], **options)
        self.processes.append(process)
        return process

    def serve(self, *arguments: str, listen: str | None = None, **options) -> Process:
        """`chat-fcgi serve`, answering on its socket when this returns."""
        listen = listen or f"unix:{self.socket}"
        command = [PROGRAM, "serve", "--config", self.configuration_file, "--listen", listen, *arguments]
        process = self.start("chat-fcgi", command, **options)
        address = listen.removeprefix("unix:")
        if listen.startswith("tcp:"):
            host, _, port = listen.removeprefix("tcp:").rpartition(":")
            address = (host, int(port))
        process.wait_for(f"{listen} accepts connections", lambda: accepts(address))
        return process

    def close(self) -> None:
        for process in reversed(self.processes):
            process.end()
        self.log_tails = self.tails_of_logs()
        shutil.rmtree(self.path, ignore_errors=True)

    def tails_of_logs(self) -> str:
        tails = ""
        for log in sorted(self.path.rglob("*.log")):
            text = log.read_text(errors="replace")
            if text:
                tails += f"--- {log.relative_to(self.path)}\n{text[-3000:]}\n"
        return tails


def freeze(process: subprocess.Popen) -> None:
    """Stops all its threads: on a busy machine some go on for a while after the signal was sent."""
    process.send_signal(signal.SIGSTOP)
    os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)


class Process:
    """A child with its log. `end` is harmless when it has ended already."""

    def __init__(
        self, sandbox: Sandbox, name: str, command: list[str], cwd: Path | None = None,
        env: dict[str, str] | None = None, descriptor_limit: int | None = None, pass_fds: tuple[int, ...] = (),
        stdin=subprocess.DEVNULL, new_session: bool = False,
    ) -> None:  # fmt: skip
        self.name = name
        self.log = sandbox.path / f"{name}-{len(sandbox.processes)}.log"

        def prepare() -> None:
            if descriptor_limit:
                resource.setrlimit(resource.RLIMIT_NOFILE, (descriptor_limit, descriptor_limit))

        # Tests that are killed leave nothing running: the kernel ends what they started.
        setpriv = shutil.which("setpriv", path=SEARCH_PATH)
        if setpriv:
            command = [setpriv, "--pdeathsig", "TERM", *command]
        with open(self.log, "wb") as log:
            self.popen = subprocess.Popen(
                command, cwd=cwd or sandbox.path, env=env or sandbox.environment(), stdin=stdin, stdout=log, stderr=log,
                pass_fds=pass_fds, preexec_fn=prepare, start_new_session=new_session,
            )  # fmt: skip

    @property
    def pid(self) -> int:
        return self.popen.pid

    @property
    def log_text(self) -> str:
        return self.log.read_text(errors="replace")

    def is_running(self) -> bool:
        return self.popen.poll() is None

    def wait_for(self, what: str, is_so) -> None:
        def so_or_ended() -> bool:
            if not self.is_running():
                raise AssertionError(f"{self.name} ended with {self.popen.returncode}:\n{self.log_text[-3000:]}")
            return is_so()

        wait_until(f"{self.name}: {what}", so_or_ended)

    def signal(self, number: int) -> None:
        if self.is_running():
            self.popen.send_signal(number)

    def freeze(self) -> None:
        freeze(self.popen)

    def wait(self) -> int:
        try:
            return self.popen.wait(PATIENCE_S * 2)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"{self.name} does not end:\n{self.log_text[-3000:]}") from None

    def end(self) -> None:
        self.signal(signal.SIGTERM)
        try:
            self.popen.wait(10)
        except subprocess.TimeoutExpired:
            self.popen.kill()
            self.popen.wait()

    def cpu_seconds(self) -> float:
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def cgi_environment(method: str, target: str, headers: dict[str, str], body: bytes, script: str = "") -> dict[str, str]:
    """A request as CGI (RFC 3875) writes it. Without `script`, as nginx does: the whole path in SCRIPT_NAME."""
    path, _, query = target.partition("?")
    path = unquote(path)
    environment = {
        "GATEWAY_INTERFACE": "CGI/1.1",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_SOFTWARE": "tests",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "REMOTE_ADDR": "127.0.0.1",
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": script or path,
        "QUERY_STRING": query,
        "REQUEST_URI": script + target,
    }
    if script:
        environment["PATH_INFO"] = path
    for name, value in headers.items():
        key = name.upper().replace("-", "_")
        environment[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = value
    if body:
        environment.setdefault("CONTENT_LENGTH", str(len(body)))
    return environment


class Client:
    """One way to reach the program. `request` gives the answer under way; a body that is not bytes is sent as JSON."""

    token: str | None = None

    def request(self, method: str, target: str, body=None, headers: dict[str, str] | None = None) -> Exchange:
        headers = dict(headers or {})
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        if body is not None:
            headers.setdefault("Content-Type", "application/json")
        if self.token and "Authorization" not in headers:
            headers["Authorization"] = f"Bearer {self.token}"
        # A header with the value None is not sent.
        headers = {name: value for name, value in headers.items() if value is not None}
        return self.send(method, target, body or b"", headers)

    def send(self, method: str, target: str, body: bytes, headers: dict[str, str]) -> Exchange:
        raise NotImplementedError

    def with_token(self, token: str | None) -> Client:
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__, token=token)
        return other

    # What most tests do

    def get(self, target: str, **options) -> Exchange:
        return self.request("GET", target, **options).finish()

    def post(self, target: str, body=None, **options) -> Exchange:
        return self.request("POST", target, body if body is not None else {}, **options).finish()

    def guest(self) -> Client:
        """The same way in, as a new guest, whose id is `user_id`."""
        answer = self.with_token(None).post("/api/v1/auth/guest")
        if answer.status not in (200, 201):
            raise AssertionError(f"no guest token: {answer.status} {answer.body[:500]!r}")
        value = answer.json()
        client = self.with_token(value["token"])
        client.user_id = value["user_id"]
        return client

    def ask(self, message: str = QUESTION, **more) -> Exchange:
        """A question of the book companion, answered as a stream."""
        headers = more.pop("headers", None)
        return self.request("POST", "/api/v1/chat/stream", {"message": message} | more, headers)

    def history(self, session_id: str, **more) -> dict:
        answer = self.post("/api/v1/chat/history", {"session_id": session_id} | more)
        if answer.status != 200:
            raise AssertionError(f"history: {answer.status} {answer.body[:500]!r}")
        return answer.json()


class HTTPClient(Client):
    def __init__(self, port: int, prefix: str = "") -> None:
        self.address = ("127.0.0.1", port)
        self.prefix = prefix

    def send(self, method: str, target: str, body: bytes, headers: dict[str, str]) -> Exchange:
        lines = [f"{method} {self.prefix}{target} HTTP/1.1", f"Host: localhost:{self.address[1]}"]
        if body or method in ("POST", "PUT", "PATCH"):
            headers.setdefault("Content-Length", str(len(body)))
        headers.setdefault("Connection", "close")
        lines += [f"{name}: {value}" for name, value in headers.items()]
        return self.raw("\r\n".join(lines).encode() + b"\r\n\r\n" + body, method)

    def raw(self, request: bytes, method: str = "GET") -> Exchange:
        return over_socket(connect(self.address), HTTPDecoder(method), request)


class FastCGIClient(Client):
    """Straight to the program's socket, in the place of the web server."""

    def __init__(self, address) -> None:
        self.address = address

    def send(self, method: str, target: str, body: bytes, headers: dict[str, str]) -> Exchange:
        return self.raw(fastcgi.request(cgi_environment(method, target, headers, body), body))

    def raw(self, request: bytes) -> Exchange:
        return over_socket(connect(self.address), FastCGIDecoder(), request)


class CGIClient(Client):
    """A process for each request, as a web server with CGI starts it."""

    def __init__(self, sandbox: Sandbox, command: list, script: str = "/cgi-bin/chat.cgi") -> None:
        self.sandbox = sandbox
        self.command = [str(word) for word in command]
        self.script = script

    def send(self, method: str, target: str, body: bytes, headers: dict[str, str]) -> Exchange:
        environment = self.sandbox.environment() | cgi_environment(method, target, headers, body, self.script)
        with open(self.sandbox.path / "cgi.log", "ab") as log:
            return over_process(self.command, environment, body, log, cwd=str(self.sandbox.path))


# The web servers of this folder's recipes


def start_nginx(sandbox: Sandbox, web: Path | None = None) -> HTTPClient:
    """nginx with the configuration of `make run`, before the sandbox's socket."""
    nginx = tool("nginx")
    port = free_port()
    for folder in ("var/nginx", "var/log"):
        (sandbox.path / folder).mkdir(parents=True, exist_ok=True)
    copy_nginx_files(sandbox, "chat-fcgi.conf", "fastcgi_chat.conf", "security_headers.conf")
    template = (ROOT / "nginx/dev.conf.in").read_text()
    (sandbox.path / "var/nginx/nginx.conf").write_text(template.replace("@PORT@", str(port)))
    link(sandbox.path / "var/chat-fcgi.sock", Path(sandbox.socket))
    link(sandbox.path / "web", web or ROOT / "web")
    return run_nginx(sandbox, nginx, port)


def run_nginx(sandbox: Sandbox, nginx: str, port: int) -> HTTPClient:
    command = [nginx, "-p", sandbox.path, "-e", "var/log/nginx-error.log", "-c", "var/nginx/nginx.conf"]
    if os.geteuid() == 0:
        command += ["-g", "user root;"]
    process = sandbox.start("nginx", command)
    process.wait_for(f"port {port} accepts connections", lambda: accepts(("127.0.0.1", port)))
    client = HTTPClient(port)
    client.process = process
    return client


def copy_nginx_files(sandbox: Sandbox, *names: str) -> Path:
    folder = sandbox.path / "var/nginx"
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        shutil.copy(ROOT / "nginx" / name, folder)
    return folder


def lay_out_cgi(sandbox: Sandbox) -> Path:
    """chat.cgi as shared-host/README.md says, the program and its configuration in `../chat-fcgi`. Gives the script."""
    private, public = sandbox.path / "chat-fcgi", sandbox.path / "cgi-bin"
    if not public.exists():
        private.mkdir()
        public.mkdir()
        link(private / "chat-fcgi", PROGRAM)
        shutil.copy(sandbox.configuration_file, private)
        shutil.copy(ROOT / "shared-host/chat.cgi", public)
    return public / "chat.cgi"


def start_lighttpd(sandbox: Sandbox, web: Path | None = None, prefix: str = "") -> HTTPClient:
    """lighttpd with the FastCGI and the CGI recipe at once; `prefix` chooses which one the client uses."""
    lighttpd = tool("lighttpd")
    port = free_port()
    cgi = lay_out_cgi(sandbox).parent
    environment = sandbox.environment(
        PORT=str(port),
        CHAT_FCGI_LIGHTTPD=str(ROOT / "lighttpd"),
        CHAT_FCGI_WEB=str(web or (ROOT / "web" if (ROOT / "web").is_dir() else sandbox.path)),
        CHAT_FCGI_SOCKET=sandbox.socket,
        CHAT_FCGI_CGI=f"{cgi}/",
        CHAT_FCGI_RUN=str(sandbox.path),
    )
    process = sandbox.start("lighttpd", [lighttpd, "-D", "-f", ROOT / "lighttpd/dev.conf"], env=environment)
    process.wait_for(f"port {port} accepts connections", lambda: accepts(("127.0.0.1", port)))
    client = HTTPClient(port, prefix)
    client.process = process
    return client


def link(at: Path, to: Path) -> None:
    if not at.is_symlink():
        at.symlink_to(to)


class ServerCase(unittest.TestCase):
    """Closes what a test opened and shows the logs of a test that failed."""

    maxDiff = 4000
    shared: list[Sandbox] = []

    @classmethod
    def setUpClass(cls) -> None:
        cls.shared = []

    @classmethod
    def shared_sandbox(cls, **configuration) -> Sandbox:
        """One for all tests of the class."""
        sandbox = Sandbox(**configuration)
        cls.shared.append(sandbox)
        cls.addClassCleanup(sandbox.close)
        return sandbox

    def sandbox(self, **configuration) -> Sandbox:
        sandbox = Sandbox(**configuration)
        self.own.append(sandbox)
        self.addCleanup(sandbox.close)
        return sandbox

    def run(self, result=None):
        self.own: list[Sandbox] = []
        before = len(result.failures) + len(result.errors) if result else 0
        super().run(result)
        if result and len(result.failures) + len(result.errors) > before:
            for sandbox in self.own:
                print(sandbox.log_tails, file=sys.stderr)
            for sandbox in self.shared:
                print(sandbox.tails_of_logs(), file=sys.stderr)
        return result

    # Checks that many tests share

    def assert_problem(self, answer: Exchange, status: int, field: str | None = None) -> dict:
        """RFC 9457, as the wire contract words it."""
        answer.finish()
        self.assertEqual(answer.status, status, answer.body[:500])
        self.assertEqual((answer.head.get("Content-Type") or "").split(";")[0], "application/problem+json")
        problem = json.loads(answer.body)
        for name in ("type", "title", "detail", "instance", "code"):
            self.assertIsInstance(problem.get(name), str, f"{name} in {problem}")
        self.assertEqual(problem["status"], status)
        self.assertRegex(problem["code"], r"^[a-z][a-z0-9_]*$")
        self.assertEqual(answer.head.get("X-Request-Id"), problem["instance"])
        if field:
            self.assertIn(field, [error["field"] for error in problem.get("errors", [])], problem)
            self.assertTrue(all(error["detail"] for error in problem["errors"]))
        return problem

    def assert_complete_reply(self, exchange: Exchange) -> list:
        """A stream of the book companion from the first event to its only terminal one."""
        self.assertEqual(exchange.status, 200, exchange.finish().body[:500] if exchange.status != 200 else "")
        events = exchange.all_events()
        self.assertTrue(exchange.whole, "the answer was cut off")
        types = [event.type for event in events]
        self.assertTrue(types, "no events")
        self.assertEqual(types[0], "user_message_received", types)
        self.assertEqual(types[-1], "complete", events[-1].data)
        self.assertEqual(sum(kind in ("complete", "error") for kind in types), 1, types)
        self.assert_in_order(events)
        return events

    def assert_in_order(self, events: list[Event], after: int = 0) -> None:
        """Each event follows the one before, the first of them that of number `after`: none is left out, none comes twice."""
        for event in events:
            self.assertTrue(event.follows(after), f"event {event.id} after event {after}: {event.data[:200]}")
            after = int(event.id)


def text_of(events: list) -> str:
    return "".join(event.value["content"] for event in events if event.type == "content_chunk")


