"""A thin link: a port of this machine that passes a server's bytes on slowly, or not at all."""

from __future__ import annotations

import socket
import threading
import time
from typing import Final

_PIECE: Final = 256  # bytes between two looks at the clock


class ThinLink:
    """Carries `rate` bytes a second each way; while it is `cut`, connections end and none begins."""

    def __init__(self, port: int, rate: int) -> None:
        self._port, self.rate = port, rate
        self.cut = False
        self.carried = 0
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._take, daemon=True).start()

    def close(self) -> None:
        self._door.close()

    def _take(self) -> None:
        while True:
            try:
                near, _ = self._door.accept()
            except OSError:
                return
            if self.cut:
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self._port))
            for giver, taker in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(giver, taker), daemon=True).start()

    def _carry(self, giver: socket.socket, taker: socket.socket) -> None:
        try:
            while not self.cut and (data := giver.recv(_PIECE)):
                time.sleep(len(data) / self.rate)
                taker.sendall(data)
                self.carried += len(data)
        except OSError:
            pass
        finally:
            for end in (giver, taker):
                end.close()
