"""Apache with CGI as a shared host has it: only .htaccess and chat.cgi are ours, laid out as shared-host/README.md says."""

from __future__ import annotations

import os
from pathlib import Path

from harness import ROOT, HTTPClient, Sandbox, accepts, free_port, tool

MODULES = ("mpm_prefork", "alias", "authz_core", "cgi", "dir", "env", "headers", "mime", "rewrite", "setenvif")


def start_apache(sandbox: Sandbox, public: Path, home: Path) -> HTTPClient:
    """`public` is the folder that the host shows, `home` the private one with the program and its configuration."""
    # CHAT_FCGI_APACHE: the root of an unpacked apache2-bin, where it is not installed.
    root = os.environ.get("CHAT_FCGI_APACHE", "")
    apache = f"{root}/usr/sbin/apache2" if root else tool("apache2")
    modules = f"{root}/usr/lib/apache2/modules"
    (public / "cgi-bin").mkdir()
    script = public / "cgi-bin/chat.cgi"
    script.write_bytes((ROOT / "shared-host/chat.cgi").read_bytes())
    script.chmod(0o755)
    (public / ".htaccess").write_bytes((ROOT / "shared-host/.htaccess").read_bytes())
    port = free_port()
    configuration = sandbox.path / "apache.conf"
    configuration.write_text(
        "".join(f"LoadModule {name}_module {modules}/mod_{name}.so\n" for name in MODULES)
        # Started by root, Apache's children leave root; the folders have to be theirs (see below).
        + ("User nobody\nGroup nogroup\n" if os.geteuid() == 0 else "")
        + f"""
ServerRoot {sandbox.path}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {sandbox.path}/apache.pid
DefaultRuntimeDir {sandbox.path}
ErrorLog {sandbox.path}/apache-error.log
TypesConfig /dev/null
AddType text/html .html
AddType text/javascript .js .mjs
DocumentRoot {public}
DirectoryIndex index.html
SetEnv CHAT_FCGI_HOME {home}
ScriptAlias /cgi-bin/ {public}/cgi-bin/
<Directory {public}>
    AllowOverride All
    Options +ExecCGI +FollowSymLinks
    Require all granted
</Directory>
"""
    )
    sandbox.path.chmod(0o755)
    if os.geteuid() == 0:
        # On a shared host scripts run as the owner of the folder.
        for path in (home, *home.rglob("*")):
            os.chown(path, 65_534, 65_534, follow_symlinks=False)
    environment = sandbox.environment()
    del environment["CHAT_FCGI_CONFIG"]
    if root:
        environment["LD_LIBRARY_PATH"] = f"{root}/usr/lib/x86_64-linux-gnu"
    # When it ends, Apache sends SIGTERM to its whole process group, which must not be that of the tests.
    command = [apache, "-DFOREGROUND", "-f", configuration]
    process = sandbox.start("apache", command, env=environment, new_session=True)
    process.wait_for("the port accepts connections", lambda: accepts(("127.0.0.1", port)))
    client = HTTPClient(port)
    client.process = process
    return client
