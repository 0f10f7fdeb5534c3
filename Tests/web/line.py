"""A line between the browser and the server that a test cuts or freezes: TCP, bytes passed on both ways."""

import contextlib
import socket
import struct
import threading


class Line:
    """Browsers reach `target` (host, port) by `port` of the loopback. It may go away and come back at the same port."""

    def __init__(self, target):
        self.target = target
        self.server = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self.server.getsockname()[1]
        self.sockets: set[socket.socket] = set()
        self.frozen: set[socket.socket] = set()
        self.freezes_new = self.is_cut = False
        # The line freezes behind the first piece that has these bytes.
        self.freezes_at = b""
        self.changed = threading.Condition()
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                near = self.server.accept()[0]
                far = None if self.is_cut else socket.create_connection(self.target)
            except ConnectionError:
                far = None
            except OSError:
                return
            if far is None:
                self.reset(near)
                continue
            with self.changed:
                self.sockets |= {near, far}
                if self.freezes_new:
                    self.frozen |= {near, far}
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self.carry, args=(source, sink), daemon=True).start()

    def carry(self, source, sink):
        with contextlib.suppress(OSError):
            while True:
                data = source.recv(65536)
                with self.changed:
                    self.changed.wait_for(lambda: source not in self.frozen)
                if not data:
                    sink.shutdown(socket.SHUT_WR)
                    return
                sink.sendall(data)
                if self.freezes_at and self.freezes_at in data:
                    self.freezes_at = b""
                    self.freeze()
        # A connection that was reset at one end is reset at the other.
        for each in (source, sink):
            self.reset(each)

    @staticmethod
    def reset(connection):
        with contextlib.suppress(OSError):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.shutdown(socket.SHUT_RDWR)
        connection.close()

    def freeze(self, new=False):
        """The connections there are carry nothing until `thaw`, and nobody is told; `new` ones neither."""
        with self.changed:
            self.frozen = set(self.sockets)
            self.freezes_new = new

    def thaw(self):
        with self.changed:
            self.frozen, self.freezes_new = set(), False
            self.changed.notify_all()

    def cut(self):
        """Every connection is reset, and so is each new one until `restore`."""
        self.is_cut = True
        with self.changed:
            self.frozen = set()
            sockets, self.sockets = self.sockets, set()
            self.changed.notify_all()
        for each in sockets:
            self.reset(each)

    def restore(self):
        self.is_cut = False

    def close(self):
        self.cut()
        self.server.close()
