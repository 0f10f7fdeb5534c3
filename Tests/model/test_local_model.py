"""The configuration that is shipped for a model file of one's own, as `make run` starts it."""

from __future__ import annotations

import subprocess
import unittest

from case import ModelCase, text_of
from harness import PROGRAM, ROOT, FastCGIClient

ADDRESS = "http://127.0.0.1:8081/v1"


class LocalModel(ModelCase):
    def test_it_answers_with_the_model_and_without_it_when_the_server_has_gone(self) -> None:
        server = self.own_server()
        place = self.sandbox()
        text = (ROOT / "local-model.json5").read_text()
        self.assertIn(ADDRESS, text)
        # With the starter catalogue, which lies in the sandbox.
        text = text.replace("{\n", '{\n  data_dir: "data",\n', 1)
        place.configuration_file.write_text(text.replace(ADDRESS, server.url))
        told = subprocess.run(
            [PROGRAM, "check", "--config", place.configuration_file], cwd=place.path, env=place.environment(), check=True,
            capture_output=True, text=True,
        ).stdout  # fmt: skip
        self.assertIn("local (local) answers first", told)
        place.serve()
        guest = FastCGIClient(place.socket).guest()
        for provider in ("local", "builtin"):
            events = self.assert_complete_reply(self.companion(guest, "Recommend me something short"))
            self.assertEqual(events[-1].value["provider"], provider)
            self.assertTrue(text_of(events))
            if provider == "local":
                server.kill()


if __name__ == "__main__":
    unittest.main()
