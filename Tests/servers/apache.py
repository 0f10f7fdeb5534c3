"""Apache with CGI as a shared host has it, with the files laid out as shared-host/README.md draws them."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from harness import PROGRAM, ROOT, HTTPClient, Sandbox, accepts, free_port, tool

MODULE_FOLDER = Path("/usr/lib/apache2/modules")
PROXY_MODULES = (
    "mpm_event", "alias", "authz_core", "authz_host", "dir", "env", "headers", "mime", "setenvif", "proxy", "proxy_fcgi",
)  # fmt: skip
MODULES = ("mpm_prefork", "alias", "authz_core", "cgi", "dir", "env", "headers", "mime", "rewrite", "setenvif")
# What the README says that the host must have set.
FCGID = """
FcgidOutputBufferSize 0
FcgidMaxRequestLen 22020096
FcgidIOTimeout 620
FcgidIPCDir {folder}/fcgid
FcgidProcessTableFile {folder}/fcgid_shm
"""
CONFIGURATION = '{ data_dir: "./data", agents_dir: "./agents" }'


def drawn() -> list[tuple[str, str]]:
    """The files of the README's drawing by their paths, each with what is said of it."""
    drawing = (ROOT / "shared-host/README.md").read_text().split("```\n   chat-fcgi/", 1)[1].split("```", 1)[0]
    folder, files = "", []
    for line in ("   chat-fcgi/" + drawing).splitlines():
        found = re.fullmatch(r"   (    )?(\S+?)(?:, …)?(?: {2,}(.*))?", line.rstrip())
        if not found:
            continue
        inner, name, text = found.groups()
        if inner:
            files.append((folder + name, text or ""))
        else:
            folder = name
    return files


def lay_out(
    sandbox: Sandbox, program: Path = PROGRAM, web: Path = ROOT / "web", configuration: str = CONFIGURATION,
    fcgid: bool = False,
) -> Path:
    """The drawing, carried out in a home folder that belongs to the user that scripts run as; nothing but `program`, the page and the
    configuration is another's choice. Gives the home folder."""
    home = sandbox.path / "home"
    sources = {
        "chat-fcgi/.htaccess": ROOT / "shared-host/chat-fcgi/.htaccess",
        "chat-fcgi/chat-fcgi": program,
        "chat-fcgi/agents/": ROOT / "agents",
        "chat-fcgi/catalog/starter.csv": ROOT / "catalog/starter.csv",
        "public_html/.htaccess": ROOT / "shared-host/.htaccess",
        "public_html/index.html": web,
        "public_html/cgi-bin/chat.cgi": ROOT / "shared-host/chat.cgi",
    }
    for path, text in drawn():
        place = home / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if path == "chat-fcgi/chat-fcgi.json5":
            assert CONFIGURATION in text, text
            place.write_text(configuration)
        elif path == "chat-fcgi/data/":
            assert "made by the program" in text, text
        elif path.endswith(("/", "index.html")):
            shutil.copytree(sources[path], place if path.endswith("/") else place.parent, dirs_exist_ok=True)
        else:
            shutil.copy(sources[path], place)
            place.chmod(0o755 if "mode 0755" in text else 0o644)
    if fcgid:
        rules = home / "public_html/.htaccess"
        text = rules.read_text()
        for line in ('<Files "chat.cgi">', "    SetHandler fcgid-script", "</Files>"):
            assert f"# {line}\n" in text, line
            text = text.replace(f"# {line}\n", f"{line}\n")
        rules.write_text(text)
    (home / "chat-fcgi").chmod(0o700)
    return home


def start_apache(
    sandbox: Sandbox, home: Path, cgi_bin: str = "public_html/cgi-bin", fcgid: bool = False, heeds_htaccess: bool = True
) -> HTTPClient:
    """Apache as the host of `home`; scripts run as the owner, as everything of one user does on a shared host."""
    # CHAT_FCGI_APACHE: the root of an unpacked apache2-bin, where it is not installed.
    root = os.environ.get("CHAT_FCGI_APACHE", "")
    apache = f"{root}/usr/sbin/apache2" if root else tool("apache2")
    modules = f"{root}/usr/lib/apache2/modules"
    port = free_port()
    configuration = sandbox.path / "apache.conf"
    configuration.write_text(
        "".join(f"LoadModule {name}_module {modules}/mod_{name}.so\n" for name in (*MODULES, *(["fcgid"] if fcgid else [])))
        + (FCGID.format(folder=sandbox.path) if fcgid else "")
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
DocumentRoot {home}/public_html
DirectoryIndex index.html
ScriptAlias /cgi-bin/ {home}/{cgi_bin}/
<Directory {home}>
    AllowOverride {"All" if heeds_htaccess else "None"}
    Options +ExecCGI +FollowSymLinks
    Require all granted
</Directory>
"""
    )
    sandbox.path.chmod(0o755)
    if os.geteuid() == 0:
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


def start_apache_as_proxy(sandbox: Sandbox, web: Path | None = None) -> HTTPClient:
    """Apache with apache/chat-fcgi.conf before the sandbox's socket."""
    apache = tool("apache2")
    port = free_port()
    web = web or sandbox.path / "web"
    web.mkdir(exist_ok=True)
    headers = (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    )
    modules = (*PROXY_MODULES, "unixd") if (MODULE_FOLDER / "mod_unixd.so").exists() else PROXY_MODULES
    configuration = sandbox.path / "apache-proxy.conf"
    configuration.write_text(
        "".join(f"LoadModule {name}_module {MODULE_FOLDER}/mod_{name}.so\n" for name in modules)
        + ("User nobody\nGroup nogroup\n" if os.geteuid() == 0 else "")
        + f"""
ServerRoot {sandbox.path}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {sandbox.path}/apache-proxy.pid
DefaultRuntimeDir {sandbox.path}
ErrorLog {sandbox.path}/apache-error.log
TypesConfig /dev/null
AddType text/html .html
AddType text/javascript .js .mjs
DocumentRoot {web}
DirectoryIndex index.html
<Directory {web}>
    Require all granted
    Header always set Content-Security-Policy "{headers}"
    Header always set X-Content-Type-Options nosniff
    Header always set Referrer-Policy no-referrer
</Directory>
Define CHAT_FCGI_SOCKET {sandbox.socket}
Define CHAT_FCGI_ERRORS {ROOT}/errors
Define CHAT_FCGI_ONLY
Include {ROOT}/apache/chat-fcgi.conf
"""
    )
    sandbox.path.chmod(0o755)
    process = sandbox.start("apache", [apache, "-DFOREGROUND", "-f", configuration], new_session=True)
    process.wait_for("the port accepts connections", lambda: accepts(("127.0.0.1", port)))
    client = HTTPClient(port)
    client.process = process
    return client
