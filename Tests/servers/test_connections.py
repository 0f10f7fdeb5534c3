"""Broken, silent and numerous connections harm nobody but themselves."""

from __future__ import annotations

import os
import random
import select
import socket
import struct
import time
import unittest

import fastcgi
import starts
from exchange import FastCGIDecoder, connect
from harness import FastCGIClient, ServerCase, cgi_environment, wait_until

HEALTH = cgi_environment("GET", "/healthz", {}, b"")


def begun(**parameters: str) -> bytes:
    return fastcgi.begin() + fastcgi.stream(fastcgi.PARAMS, fastcgi.pairs(HEALTH | parameters))


# What a client, or a confused web server, might send. Each is left open afterwards.
BROKEN = {
    "nothing": b"",
    "one byte": b"\x01",
    "half a record's header": b"\x01\x01\x00\x01",
    "a header without its content": fastcgi.begin()[:8],
    "a request without parameters": fastcgi.begin(),
    "parameters that do not end": fastcgi.begin() + fastcgi.record(fastcgi.PARAMS, fastcgi.pairs(HEALTH)),
    "a body that does not come": begun(REQUEST_METHOD="POST", CONTENT_LENGTH="100"),
    "HTTP": b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x5a" * 500,
    "zeros": b"\0" * 4_096,
    "ones": b"\xff" * 4_096,
    "another version": fastcgi.record(fastcgi.BEGIN_REQUEST, b"\0\1\0\0\0\0\0\0", version=9),
    "an unknown role": fastcgi.begin(role=77) + fastcgi.stream(fastcgi.PARAMS, fastcgi.pairs(HEALTH)),
    "an authorizer": fastcgi.begin(role=fastcgi.AUTHORIZER) + fastcgi.stream(fastcgi.PARAMS, fastcgi.pairs(HEALTH)),
    "a short begin": fastcgi.record(fastcgi.BEGIN_REQUEST, b"\0"),
    "an unknown record": fastcgi.begin() + fastcgi.record(99, b"what"),
    "a name longer than its record": fastcgi.begin() + fastcgi.stream(fastcgi.PARAMS, b"\x7f\x01A"),
    "a name of two gigabytes": fastcgi.begin() + fastcgi.stream(fastcgi.PARAMS, b"\xff\xff\xff\xff\x01A"),
    "a value of two gigabytes": fastcgi.begin() + fastcgi.stream(fastcgi.PARAMS, b"\x01\xff\xff\xff\xffA"),
    "a body before the parameters": fastcgi.begin() + fastcgi.record(fastcgi.STDIN, b"x" * 100),
    "two requests on one connection at once": fastcgi.begin() + fastcgi.begin(request_id=2),
    "an abort": fastcgi.begin() + fastcgi.record(fastcgi.ABORT_REQUEST),
    "the answer of a server": fastcgi.record(fastcgi.END_REQUEST, b"\0" * 8),
}


class OnTheSocket(ServerCase):
    client: FastCGIClient

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.place = cls.shared_sandbox()
        cls.client = starts.own_socket(cls.place)
        cls.program = cls.place.processes[0]

    def assert_answers(self) -> None:
        self.assertTrue(self.program.is_running(), self.program.log_text[-2000:])
        self.assertEqual(self.client.get("/healthz").status, 200)

    def open(self) -> socket.socket:
        connection = connect(self.place.socket)
        self.addCleanup(connection.close)
        return connection

    def test_each_kind_of_garbage_harms_only_its_own_connection(self) -> None:
        for what, data in BROKEN.items():
            with self.subTest(what):
                connection = self.open()
                try:
                    connection.sendall(data)
                except (BrokenPipeError, ConnectionResetError):
                    pass  # refused before all of it was read
                self.assert_answers()

    def test_all_kinds_of_garbage_at_once_leave_room_for_others(self) -> None:
        """More silent connections than the program has reading threads, all open at the same time."""
        for _ in range(4):
            for data in BROKEN.values():
                connection = self.open()
                try:
                    connection.sendall(data)
                except (BrokenPipeError, ConnectionResetError):
                    pass
        for _ in range(5):
            self.assert_answers()
        self.assert_complete_reply(self.client.guest().ask())

    def test_random_bytes_after_a_good_beginning(self) -> None:
        seed = random.randrange(1 << 32)
        source = random.Random(seed)
        whole = fastcgi.request(HEALTH | {"CONTENT_LENGTH": "3", "REQUEST_METHOD": "POST"}, b"abc")
        with self.subTest(seed=seed):
            for _ in range(200):
                data = bytearray(whole)
                for _ in range(source.randint(1, 8)):
                    data[source.randrange(len(data))] = source.randrange(256)
                with connect(self.place.socket) as connection:
                    try:
                        connection.sendall(data[: source.randint(1, len(data))])
                    except (BrokenPipeError, ConnectionResetError):
                        pass
            self.assert_answers()

    def answer_on(self, connection: socket.socket) -> FastCGIDecoder:
        decoder = FastCGIDecoder()
        while not decoder.ended:
            data = connection.recv(65_536)
            self.assertTrue(data, "closed before the end of the answer")
            decoder.feed(data)
        return decoder

    def test_a_request_that_comes_in_small_pieces_is_answered(self) -> None:
        connection = self.open()
        data = fastcgi.request(HEALTH)
        for at in range(0, len(data), 5):
            connection.sendall(data[at : at + 5])
        self.assertEqual(self.answer_on(connection).head.status, 200)

    def test_a_body_that_comes_in_many_small_pieces_is_answered(self) -> None:
        """As from a slow client through a web server that does not collect bodies first."""
        connection = self.open()
        connection.sendall(begun(CONTENT_LENGTH="50000"))
        for _ in range(100):
            connection.sendall(fastcgi.record(fastcgi.STDIN, b" " * 500))
        connection.sendall(fastcgi.record(fastcgi.STDIN))
        self.assertEqual(self.answer_on(connection).head.status, 200)

    def test_long_bodies_that_do_not_end_hold_up_nobody(self) -> None:
        """More of them than reading threads. The others are answered while these still wait for their end."""
        unfinished = [self.open() for _ in range(12)]
        for connection in unfinished:
            connection.sendall(begun(REQUEST_METHOD="POST", CONTENT_LENGTH="1000000"))
            connection.sendall(fastcgi.record(fastcgi.STDIN, b" " * 60_000) * 2)
        for _ in range(3):
            self.assert_answers()
        answered, _, _ = select.select(unfinished, [], [], 0)
        self.assertEqual(len(answered), 0, "the unfinished ones were given up before the others were answered")

    def test_one_connection_serves_many_requests(self) -> None:
        connection = self.open()
        for number in range(1, 51):
            connection.sendall(fastcgi.request(HEALTH, keep=True, request_id=1))
            decoder = FastCGIDecoder()
            while not decoder.ended:
                data = connection.recv(65_536)
                self.assertTrue(data, f"closed in request {number}")
                decoder.feed(data)
            self.assertEqual(decoder.head.status, 200)

    def test_idle_kept_connections_pin_nobody(self) -> None:
        for _ in range(300):
            connection = self.open()
            connection.sendall(fastcgi.request(HEALTH, keep=True))
            decoder = FastCGIDecoder()
            while not decoder.ended:
                decoder.feed(connection.recv(65_536))
        for _ in range(300):
            self.open()
        self.assert_answers()
        self.assert_complete_reply(self.client.guest().ask())

    def test_clients_that_leave_at_once_leave_nothing_behind(self) -> None:
        guest = self.client.guest()

        def descriptors() -> int:
            return len(os.listdir(f"/proc/{self.program.pid}/fd"))

        self.assert_answers()
        before = descriptors()
        for _ in range(50):
            connection = connect(self.place.socket)
            # A reset instead of an orderly end.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.sendall(fastcgi.request(HEALTH))
            connection.close()
        for _ in range(20):
            guest.ask("and gone").close()
        wait_until("the descriptors are given back", lambda: descriptors() <= before + 4)
        self.assert_answers()

    def test_a_header_of_a_megabyte_is_refused_or_answered_but_not_believed(self) -> None:
        exchange = self.client.raw(fastcgi.request(HEALTH | {"HTTP_COOKIE": "a" * 1_000_000}))
        try:
            self.assertIn(exchange.finish().status, (200, 400, 413, 431))
        except AssertionError:
            self.assertTrue(exchange.closed_by_peer)
        self.assert_answers()


class FewDescriptors(ServerCase):
    def test_more_connections_than_descriptors_neither_end_nor_spin_the_program(self) -> None:
        place = self.sandbox()
        program = place.serve(descriptor_limit=96)
        client = FastCGIClient(place.socket)
        guest = client.guest()
        waiting = []
        try:
            for _ in range(200):
                connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
                connection.setblocking(False)
                waiting.append(connection)
                try:
                    connection.connect(place.socket)
                except BlockingIOError:
                    pass
            began, used = time.monotonic(), program.cpu_seconds()
            # The span itself is what is measured: a loop that spins uses all of it.
            select.select([], [], [], 1.0)
            share = (program.cpu_seconds() - used) / (time.monotonic() - began)
            self.assertLess(share, 0.5, "the program spins while it has no descriptors left")
            self.assertTrue(program.is_running(), program.log_text[-2000:])
        finally:
            for connection in waiting:
                connection.close()
        self.assert_complete_reply(guest.ask())


class BehindNginx(ServerCase):
    def test_kept_connections_to_the_program_are_used_again_and_after_a_restart_made_anew(self) -> None:
        place = self.sandbox()
        program = place.serve()
        client = starts.start_nginx(place)
        for _ in range(20):
            self.assertEqual(client.get("/healthz").status, 200)
        program.signal(15)
        self.assertEqual(program.wait(), 0)
        self.assert_problem(client.get("/healthz"), 502)
        place.serve()
        for _ in range(20):
            self.assertEqual(client.get("/healthz").status, 200)


if __name__ == "__main__":
    unittest.main()
