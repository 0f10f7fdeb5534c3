"""Requests made from docs/openapi.yaml, most of them wrong in some way: no answer is the program's fault, and each status is one
that the description has.

    CHAT_FCGI_OPENAPI_SECONDS   how long it goes on (default: 25)
"""

from __future__ import annotations

import os
import subprocess
import unittest

import packages
import starts
from harness import ROOT, ServerCase

SECONDS = int(os.environ.get("CHAT_FCGI_OPENAPI_SECONDS", "25"))


class Described(ServerCase):
    def test_what_is_described_is_what_is_answered(self) -> None:
        packages.install("schemathesis")
        place = self.sandbox(
            providers={"builtin": {"kind": "builtin", "pace_ms": 0}}, agents_dir=str(ROOT / "agents"),
            log={"level": "warning"},
        )
        client = starts.behind_nginx(place)
        guest = client.guest()
        command = [
            packages.environment("schemathesis") / "bin/schemathesis", "run", ROOT / "docs/openapi.yaml",
            "--url", f"http://127.0.0.1:{client.address[1]}", "--header", f"Authorization: Bearer {guest.token}",
            "--checks", "not_a_server_error,status_code_conformance",
            # Other ones each time: what is found is repeated by the seed that is told.
            "--phases", "fuzzing,coverage", "--max-examples", "400", "--max-time", str(SECONDS), "--workers", "4",
            # A stream of live objects has no end.
            "--request-timeout", "20", "--exclude-operation-id", "followLive",
            "--generation-database", "none", "--no-color",
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, cwd=place.path, env=place.environment())
        self.assertEqual(done.returncode, 0, done.stdout[-6000:] + done.stderr[-2000:])
        self.assertRegex(done.stdout, r"[1-9][0-9]* generated")
        # An error that a client was told of would be in the log as well.
        self.assertNotIn(" error ", place.processes[0].log_text)


if __name__ == "__main__":
    unittest.main()
