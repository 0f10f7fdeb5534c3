"""nginx is told to read its configuration again, and is started anew, in the midst of streams."""

from __future__ import annotations

import asyncio
import signal
import threading
import unittest
from pathlib import Path

from model import Model
from reader import Told, follow, tell
from stage import LONG_QUESTION, FaultCase, builtin, count, until
from tally import count_now


class WebServer(FaultCase):
    def begin(self, configuration: dict) -> None:
        streams = count("CHAT_FCGI_NGINX_STREAMS", 200, 60)
        self.place = self.stage(**configuration)
        self.place.start_workers()
        guest = self.place.start_nginx().guest()
        self.messages = [Told(guest, f"s{n}", f"{LONG_QUESTION} ({n})", f"key-{n}") for n in range(streams)]

    async def all_answer(self, more: int = 2) -> None:
        """Returns when every stream has brought so many more events, or its end."""
        seen = [len(told.events) for told in self.messages]
        await until(
            "all answer",
            lambda: all(told.end or len(told.events) >= n + more for told, n in zip(self.messages, seen, strict=True)), 60,
        )  # fmt: skip

    def check(self, what: str) -> None:
        tally = count_now(self.messages)
        self.tell(f"{what}: {tally}")
        self.assertEqual(tally.faults, [])
        self.assertEqual(set(tally.ends), {"complete"})

    def test_a_reload_cuts_no_stream(self) -> None:
        reloads = count("CHAT_FCGI_RELOADS", 5, 2)
        self.begin(builtin(count("CHAT_FCGI_NGINX_PACE", 100, 40)))

        async def run() -> None:
            streams = [asyncio.create_task(follow(told)) for told in self.messages]
            await self.all_answer()
            for _ in range(reloads):
                before = self.children()
                self.place.nginx.signal(signal.SIGHUP)
                await until("new workers of nginx", lambda before=before: self.children() - before)
            await asyncio.gather(*streams)

        asyncio.run(run())
        self.assertEqual(sum(told.cuts for told in self.messages), 0)
        self.check(f"{reloads} reloads")

    def test_streams_go_on_after_a_restart(self) -> None:
        restarts = count("CHAT_FCGI_RESTARTS", 3, 1)
        # No reply ends before the last restart, however long a busy machine takes for one.
        ends = threading.Event()
        model = Model(piece="w{} ", pause_s=count("CHAT_FCGI_NGINX_PACE", 100, 40) / 1000, ends=ends)
        self.addCleanup(model.close)
        self.begin(model.configuration())

        async def run() -> None:
            streams = [asyncio.create_task(tell(told)) for told in self.messages]
            for _ in range(restarts):
                await self.all_answer()
                self.place.nginx.signal(signal.SIGTERM)
                await until("nginx has ended", lambda: not self.place.nginx.is_running())
                self.place.run_nginx()
            ends.set()
            await asyncio.gather(*streams)

        asyncio.run(run())
        self.assertTrue(all(told.cuts + told.empty_ends >= restarts for told in self.messages))
        self.check(f"{restarts} restarts")

    def children(self) -> set[str]:
        pid = self.place.nginx.pid
        return set(Path(f"/proc/{pid}/task/{pid}/children").read_text().split())


if __name__ == "__main__":
    unittest.main()
