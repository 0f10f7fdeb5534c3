"""The disk is full, a file may not grow, or a sync fails. Nothing is acknowledged that is not kept, and all heals by itself."""

from __future__ import annotations

import asyncio
import resource
import shutil
import signal
import time
import unittest
from contextlib import asynccontextmanager

from reader import Told, follow, tell
from stage import LONG_QUESTION, SEARCH_PATH, FaultCase, Stage, builtin, count, until, wait_until
from tally import count_now

# What is refused comes at once; a client that waits this long is not told, it is left waiting.
AT_ONCE_S = 5.0


class Disk(FaultCase):
    """Streams under way, the fault, new messages meanwhile, and the same messages again when it has passed."""

    def run_fault(self, stage: Stage, fault, rounds: int = 1, has_room: bool = False) -> None:
        """With `has_room`, a message may find room that the store has from before; what it acknowledges counts."""
        streams = count("CHAT_FCGI_DISK_STREAMS", 50, 10)
        guest = stage.start_nginx().guest()
        messages: list[Told] = []
        slowest = 0.0

        def make(name: str, number: int) -> list[Told]:
            made = [Told(guest, f"{name}-{n}", f"{LONG_QUESTION} ({name}-{n})", f"{name}-{n}") for n in range(number)]
            messages.extend(made)
            return made

        async def turn(round_: int) -> None:
            nonlocal slowest
            before = make(f"before{round_}", 5)
            await asyncio.gather(*(tell(told) for told in before))
            running = make(f"running{round_}", streams)
            tasks = [asyncio.create_task(follow(told)) for told in running]
            await until("all answer", lambda: all(len(told.events) > 2 for told in running))
            refused: list[Told] = []
            asked: list[Told] = []
            async with fault():
                while len(refused) < 20:
                    (told,) = make(f"during{round_}.{len(asked)}", 1)
                    asked.append(told)
                    began = time.monotonic()
                    await follow(told, leave_after=1)
                    slowest = max(slowest, time.monotonic() - began)
                    if told.is_acknowledged and has_room and len(asked) < 500:
                        continue
                    self.assertFalse(told.is_acknowledged, told.events)
                    ((status, code, retry),) = told.refusals
                    self.assertEqual((status, code.partition("_")[0], retry), (503, "store", "Retry-After"))
                    refused.append(told)
                # Those under way have an end on the connection they have, while the fault lasts.
                await asyncio.gather(*tasks)
                self.assertEqual([told.events[-1] for told in running if told.end is None], [])
            # What was refused is asked again, with the same keys.
            await asyncio.gather(*(tell(told) for told in asked))
            self.assertEqual({told.status for told in [*before, *refused]}, {"complete"})

        for round_ in range(rounds):
            asyncio.run(turn(round_))
        self.assertTrue(all(worker.is_running() for worker in stage.workers))

        def settled() -> bool:
            # An end that could not be stored is stored later, by itself.
            states = [guest.history(told.session)["messages"][-1]["status"] for told in messages]
            return "streaming" not in states

        wait_until("every reply has its end in the store", settled, 90)
        tally = count_now(messages, replay_every=1)
        self.tell(f"{rounds} times; slowest refusal {slowest * 1000:.0f} ms; {tally}")
        self.assertEqual(tally.faults, [])
        self.assertLess(slowest, AT_ONCE_S)
        # What was acknowledged is there after a kill as well.
        for number in range(2):
            stage.kill(number)
        stage.start_workers()
        self.assertEqual(count_now(messages, replay_every=1).faults, [])

    def test_a_full_disk_refuses_and_heals(self) -> None:
        stage = self.stage(**builtin(count("CHAT_FCGI_DISK_PACE", 100, 30)))
        if not stage.mount_small(count("CHAT_FCGI_DISK_MIB", 24, 24)):
            self.skipTest("a small file system cannot be mounted here (that takes root)")
        stage.start_workers()
        filler = stage.path / "data/filler"

        @asynccontextmanager
        async def full():
            with open(filler, "wb", buffering=0) as file:
                try:
                    while True:
                        file.write(b"\0" * 4096)
                except OSError:
                    pass
            try:
                yield
            finally:
                filler.unlink()

        self.run_fault(stage, full, count("CHAT_FCGI_DISK_FILLS", 5, 1), has_room=True)

    def test_files_that_may_not_grow_neither_kill_nor_lose(self) -> None:
        stage = self.stage(**builtin(count("CHAT_FCGI_DISK_PACE", 100, 30)))
        stage.start_workers()

        @asynccontextmanager
        async def limited():
            for worker in stage.workers:
                resource.prlimit(worker.pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
            try:
                yield
            finally:
                for worker in stage.workers:
                    resource.prlimit(
                        worker.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
                    )

        self.run_fault(stage, limited, count("CHAT_FCGI_FILE_LIMITS", 5, 1))

    def test_a_sync_that_fails_is_no_acknowledgement(self) -> None:
        strace = shutil.which("strace", path=SEARCH_PATH)
        if not strace:
            self.skipTest("strace is not installed; apt-get install strace")
        stage = self.stage(**builtin(count("CHAT_FCGI_DISK_PACE", 100, 30)))
        stage.start_workers()

        @asynccontextmanager
        async def failing():
            tracers = []
            for worker in stage.workers:
                tracer = stage.start("strace", [
                    strace, "-f", "-p", str(worker.pid), "-e", "trace=fdatasync,fsync",
                    "-e", "inject=fdatasync,fsync:error=EIO",
                ])  # fmt: skip
                tracers.append(tracer)
            for tracer in tracers:
                await until("strace is attached", lambda tracer=tracer: "attached" in tracer.log_text or not tracer.is_running())
                if not tracer.is_running():
                    self.skipTest(f"processes cannot be traced here: {tracer.log_text[:200]}")
            try:
                yield
            finally:
                for tracer in tracers:
                    tracer.signal(signal.SIGINT)
                    await until("strace has let go", lambda tracer=tracer: not tracer.is_running())
            injected = sum(tracer.log_text.count("(INJECTED)") for tracer in tracers)
            self.assertGreater(injected, 0)

        self.run_fault(stage, failing, count("CHAT_FCGI_SYNC_FAULTS", 5, 1))


if __name__ == "__main__":
    unittest.main()
