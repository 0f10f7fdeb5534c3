"""Every way the program is reached: how it is started, and what stands before it. Each gives a client."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import unittest
from pathlib import Path

from apache import MODULE_FOLDER, lay_out, start_apache, start_apache_as_proxy
from exchange import PATIENCE_S
from harness import (
    PROGRAM, CGIClient, Client, FastCGIClient, Sandbox, accepts, free_port, lay_out_cgi, start_lighttpd, start_nginx, tool,
    wait_until,
)  # fmt: skip


def own_socket(sandbox: Sandbox) -> Client:
    """`chat-fcgi serve` on a unix socket, asked in FastCGI without a web server between."""
    sandbox.serve()
    return FastCGIClient(sandbox.socket)


def own_port(sandbox: Sandbox) -> Client:
    port = free_port()
    sandbox.serve(listen=f"tcp:127.0.0.1:{port}")
    return FastCGIClient(("127.0.0.1", port))


def behind_nginx(sandbox: Sandbox) -> Client:
    sandbox.serve()
    return start_nginx(sandbox)


def behind_lighttpd(sandbox: Sandbox) -> Client:
    sandbox.serve()
    return start_lighttpd(sandbox)


def lighttpd_cgi(sandbox: Sandbox) -> Client:
    """lighttpd starts shared-host/chat.cgi for each request; no program runs beside."""
    return start_lighttpd(sandbox, prefix="/cgi-bin/chat.cgi")


def plain_cgi(sandbox: Sandbox) -> Client:
    return CGIClient(sandbox, [PROGRAM])


def cgi_wrapper(sandbox: Sandbox) -> Client:
    """shared-host/chat.cgi as the README of that folder lays it out: the program beside, nothing in variables."""
    script = lay_out_cgi(sandbox)
    client = CGIClient(sandbox, [script])
    environment = sandbox.environment

    def without_configuration(**more: str) -> dict[str, str]:
        return {name: value for name, value in environment(**more).items() if name != "CHAT_FCGI_CONFIG"}

    sandbox.environment = without_configuration
    return client


def behind_apache(sandbox: Sandbox) -> Client:
    sandbox.serve("--socket-mode", "0666")
    return start_apache_as_proxy(sandbox)


def apache_cgi(sandbox: Sandbox, fcgid: bool = False) -> Client:
    """A shared host with Apache: .htaccess leads /api/ to chat.cgi."""
    home = lay_out(sandbox, configuration=json.dumps(sandbox.configuration | {"data_dir": "./data"}), fcgid=fcgid)
    data = sandbox.path / "data"
    if data.is_dir():
        shutil.copytree(data, home / "chat-fcgi/data")
    return start_apache(sandbox, home, fcgid=fcgid)


def apache_fcgid(sandbox: Sandbox) -> Client:
    """The same with mod_fcgid: the program stays between requests."""
    if not (MODULE_FOLDER / "mod_fcgid.so").exists():
        raise unittest.SkipTest("mod_fcgid is not installed; apt-get install libapache2-mod-fcgid")
    return apache_cgi(sandbox, fcgid=True)


def spawn_fcgi(sandbox: Sandbox) -> Client:
    """The listening socket is descriptor 0, and there is no argument."""
    spawn = tool("spawn-fcgi")
    process = sandbox.start("spawn-fcgi", [spawn, "-n", "-s", sandbox.socket, "-M", "0600", "--", PROGRAM])
    process.wait_for("the socket accepts connections", lambda: accepts(sandbox.socket))
    return FastCGIClient(sandbox.socket)


def cgi_fcgi_start(sandbox: Sandbox) -> Client:
    """`cgi-fcgi -start`: the socket on descriptor 0; 1 and 2 are closed. It forks and goes, so a script notes the id."""
    bridge = tool("cgi-fcgi")
    noted = sandbox.path / "pid"
    script = sandbox.path / "program"
    script.write_text(f'#!/bin/sh\necho $$ >"{noted}"\nexec "{PROGRAM}"\n')
    script.chmod(0o755)
    sandbox.start("cgi-fcgi", [bridge, "-start", "-connect", sandbox.socket, script, "1"]).wait()
    wait_until("the program was started", lambda: noted.exists() and noted.read_text().endswith("\n"))
    sandbox.processes.append(Stranger(int(noted.read_text())))
    wait_until("the socket accepts connections", lambda: accepts(sandbox.socket))
    return FastCGIClient(sandbox.socket)


def cgi_fcgi_bridge(sandbox: Sandbox) -> Client:
    """`cgi-fcgi -bind`: a CGI program that passes each request on to the running one."""
    bridge = tool("cgi-fcgi")
    sandbox.serve()
    return CGIClient(sandbox, [bridge, "-bind", "-connect", sandbox.socket])


def systemd_socket(sandbox: Sandbox) -> Client:
    """systemd's socket activation: descriptor 3, LISTEN_FDS, and LISTEN_PID naming the program itself."""
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(sandbox.socket)
        listening.listen(128)
        descriptor = listening.fileno()
        # `exec` keeps the shell's process id, as systemd's own child does.
        shell = f'exec 3<&{descriptor}; LISTEN_PID=$$ LISTEN_FDS=1 exec "$0"'
        sandbox.start("systemd", ["/bin/bash", "-c", shell, PROGRAM], pass_fds=(descriptor,))
    client = FastCGIClient(sandbox.socket)
    # The socket accepts from the start; what counts is an answer.
    client.get("/healthz")
    return client


class Stranger:
    """A process that is not a child of ours, ended by its id."""

    name = "program started by cgi-fcgi"
    log_text = ""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def is_running(self) -> bool:
        try:
            # Where nobody reaps orphans (a container's first process may not) an ended one stays as a zombie.
            return Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        except (FileNotFoundError, ProcessLookupError):
            return False

    def end(self) -> None:
        if self.is_running():
            os.kill(self.pid, signal.SIGTERM)
            try:
                wait_until("ended after SIGTERM", lambda: not self.is_running(), PATIENCE_S)
            except AssertionError:
                os.kill(self.pid, signal.SIGKILL)
                raise
