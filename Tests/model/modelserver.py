"""llama.cpp's server with a small model, as a process of the tests, and a tap that reads along what it says."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import sys
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "servers"))

import exchange  # noqa: E402

# A model on a machine with other things to do takes its time; a test that waits this long has found a hang.
exchange.PATIENCE_S = 300.0

import install  # noqa: E402
from harness import Process, Sandbox, free_port, wait_until  # noqa: E402

# What the server calls its model.
NAME = "gemma-3-270m"
THREADS = max(1, min(4, len(os.sched_getaffinity(0)) - 1))


class ModelServer:
    """Answers on `port` when this returns.

    - slots: how many answers it writes at a time; the others wait in its queue.
    - context: tokens that an answer may have, its prompt included.
    - predict: tokens after which it ends an answer whose request has no limit of its own.
    - alias: what it calls its model; without one, the path of the file.
    - template: how a conversation becomes a prompt, a file of `templates`; without one, by llama.cpp's own.
    - endless: whether the model's own wish to end is passed over, so that each answer has as many tokens as it may have.
    """

    def __init__(
        self, slots: int = 2, context: int = 8192, predict: int = 48, template: str | None = None, endless: bool = False,
        alias: str | None = NAME, port: int | None = None,
    ) -> None:  # fmt: skip
        self.port = port or free_port()
        self.predict = predict
        self.folder = Sandbox(with_program=False)
        command = [
            install.server(), "--model", install.MODEL, "--offline",
            "--host", "127.0.0.1", "--port", self.port, "--slots", "--metrics", "--threads", THREADS,
            "--ctx-size", slots * context, "--parallel", slots, "--no-kv-unified", "--predict", predict,
        ]  # fmt: skip
        if alias:
            command += ["--alias", alias]
        if endless:
            command.append("--ignore-eos")
        if template:
            command += ["--chat-template-file", Path(__file__).parent / "templates" / template]
        self.process: Process = self.folder.start("llama-server", command)
        self.process.wait_for("the model is loaded", self.is_ready)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def get(self, path: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=exchange.PATIENCE_S)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def is_ready(self) -> bool:
        try:
            return self.get("/health")[0] == 200
        except (OSError, http.client.HTTPException):
            return False

    # What it is doing

    @property
    def busy(self) -> int:
        """Slots that are writing an answer."""
        return sum(slot["is_processing"] for slot in json.loads(self.get("/slots")[1]))

    @property
    def waiting(self) -> int:
        """Requests in its queue."""
        return self.metric("requests_deferred")

    @property
    def predicted(self) -> int:
        """Tokens of all answers that have ended."""
        return self.metric("tokens_predicted_total")

    def metric(self, name: str) -> int:
        text = self.get("/metrics")[1].decode()
        return int(float(re.search(rf"^llamacpp:{name} (\S+)$", text, re.MULTILINE).group(1)))

    def wait_busy(self, slots: int) -> None:
        wait_until(f"{slots} slots are writing", lambda: self.busy == slots)

    # What is done to it

    def kill(self) -> None:
        self.process.signal(signal.SIGKILL)
        self.process.popen.wait()

    def freeze(self) -> None:
        self.process.signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.signal(signal.SIGCONT)

    def again(self) -> ModelServer:
        """Another one at the same address, after this one was killed."""
        return ModelServer(predict=self.predict, port=self.port)

    def close(self) -> None:
        self.thaw()
        self.folder.close()


class Tap:
    """Passes every byte between the program and a server on, and knows the usage that the server told in each answer."""

    def __init__(self, server: ModelServer) -> None:
        self.server = server
        self.lock = threading.Lock()
        self.said: list[bytearray] = []
        self.listening = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self.accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.listening.getsockname()[1]}/v1"

    def usages(self) -> list[tuple[int, int]]:
        """(prompt, completion) of each answer so far, in the order of their ends only where they came one by one."""
        found = []
        with self.lock:
            texts = [bytes(said).decode(errors="replace") for said in self.said]
        for text in texts:
            for place in re.finditer(r'"usage":(?=\{)', text):
                usage, _ = json.JSONDecoder().raw_decode(text, place.end())
                found.append((usage["prompt_tokens"], usage["completion_tokens"]))
        return found

    def forget(self) -> None:
        """Counts from now on. To be called when no answer is under way."""
        with self.lock:
            for said in self.said:
                said.clear()

    def accept(self) -> None:
        while True:
            try:
                near, _ = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self.join, args=(near,), daemon=True).start()

    def join(self, near: socket.socket) -> None:
        said = bytearray()
        with self.lock:
            self.said.append(said)
        with near, socket.create_connection(("127.0.0.1", self.server.port)) as far:
            back = threading.Thread(target=self.pump, args=(far, near, said), daemon=True)
            back.start()
            self.pump(near, far)
            back.join()

    def pump(self, source: socket.socket, target: socket.socket, said: bytearray | None = None) -> None:
        try:
            while data := source.recv(65_536):
                if said is not None:
                    with self.lock:
                        said += data
                target.sendall(data)
        except OSError:
            pass
        # Whoever closes closes both sides.
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def close(self) -> None:
        self.listening.close()
