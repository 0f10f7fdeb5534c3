"""The page before the real program behind a real nginx, in a folder of the test's own: started once for a class."""

import json
import os
import shutil
import sys
import unittest
from pathlib import Path

from page_case import PageCase

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "servers"))

import harness  # noqa: E402
from test_jwt import Key  # noqa: E402


@unittest.skipUnless(os.access(harness.PROGRAM, os.X_OK) and shutil.which("nginx", path=harness.SEARCH_PATH), "starts a server of its own: needs the program (make build) and nginx (make setup)")
class ProgramCase(PageCase):
    """`complaints` are the browser's, `elsewhere` requests to others, `refused` answers of 400 and more."""

    # Of the program; none: the embedded answers.
    configuration: dict = {}

    @classmethod
    def start_server(cls):
        cls.sandbox = harness.Sandbox(
            agents_dir=str(harness.ROOT / "agents"), auth={"mode": ["jwt", "guest"]}, jwt={"keys_file": "jwks.json"}, **cls.configuration)
        cls.addClassCleanup(cls.sandbox.close)
        cls.key = Key(cls.sandbox.path, "first")
        (cls.sandbox.path / "jwks.json").write_text(json.dumps({"keys": [cls.key.jwk]}))
        cls.sandbox.serve()
        cls.nginx = harness.start_nginx(cls.sandbox)
        return f"http://127.0.0.1:{cls.nginx.address[1]}/"

    def setUp(self):
        self.elsewhere, self.refused = [], []
        super().setUp()
        self.page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    def listen(self, page):
        super().listen(page)
        page.on("request", lambda request: request.url.startswith((self.url, "blob:")) or self.elsewhere.append(request.url))
        page.on("response", lambda response: response.status < 400 or self.refused.append(f"{response.status} {response.url}"))
