"""A TCP proxy on loopback that counts what passes, and cuts the line where it is told to."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import Final

_PIECE: Final = 65_536


class Wire:
    """Stands before a server; counts the bytes of all connections, HTTP and all, each way."""

    def __init__(self, port: int, scheme: str = "http") -> None:
        self.up = self.down = self.connections = 0
        self.cut_after: int | None = None
        """Bytes up after which every connection breaks and none is taken, until this is None again."""
        self._target = port
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url: Final = f"{scheme}://127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def reset(self) -> None:
        with self._lock:
            self.up = self.down = self.connections = 0

    def close(self) -> None:
        self._listening.close()
        self._break()

    @property
    def is_cut(self) -> bool:
        return self.cut_after is not None and self.up >= self.cut_after

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            if self.is_cut:
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self._target))
            for end in (near, far):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self.connections += 1
                self._open |= {near, far}
            for source, target, way in ((near, far, "up"), (far, near, "down")):
                threading.Thread(target=self._carry, args=(source, target, way), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, way: str) -> None:
        try:
            while data := source.recv(_PIECE):
                with self._lock:
                    if way == "up" and self.cut_after is not None:
                        data = data[: max(0, self.cut_after - self.up)]
                    setattr(self, way, getattr(self, way) + len(data))
                target.sendall(data)
                if self.is_cut:
                    break
        except OSError:
            pass
        if self.is_cut:
            self._break()
        for end in (source, target):
            end.close()
            with self._lock:
                self._open.discard(end)

    def _break(self) -> None:
        with self._lock:
            ends, self._open = self._open, set()
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
