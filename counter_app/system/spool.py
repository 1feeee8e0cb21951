"""Bytes on their way into the store: on the disk under a key that this process alone has, gone with it."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import SpooledTemporaryFile
from threading import Lock
from typing import BinaryIO, Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from counter_app.crypto.blobs import reader
from counter_app.crypto.sealing import FRAME, frame_nonce
from counter_app.system import files

_SEALED: Final = FRAME + 16
_SMALL: Final = 1024 * 1024
"""Bytes that are not worth a file."""


class Spool:
    """Written once from its beginning, then read anywhere, by any thread; the file has no name, and what a
    killed process leaves of it nobody can open."""

    def __init__(self, folder: Path) -> None:
        """`folder` is where it lies if it is large; where that is read-only, in the system's own for such."""
        self._folder = folder
        place = str(folder) if os.access(folder, os.W_OK) else None
        self._file = SpooledTemporaryFile(_SMALL, dir=place)  # noqa: SIM115  closed with the spool
        self._cipher, self._lock = AESGCM(os.urandom(32)), Lock()
        self._frames, self._rest = 0, bytearray()

    def write(self, data: bytes) -> int:
        """Raises DiskFull, CannotWrite."""
        with self._lock:
            self._rest += data
            while len(self._rest) >= FRAME:
                nonce = frame_nonce(self._frames, False)
                try:
                    self._file.seek(self._frames * _SEALED)
                    self._file.write(self._cipher.encrypt(nonce, bytes(self._rest[:FRAME]), None))
                except OSError as error:
                    raise files.cannot_write(self._folder, error) from error
                self._frames += 1
                del self._rest[:FRAME]
        return len(data)

    def tell(self) -> int:
        """Bytes that were written."""
        return self._frames * FRAME + len(self._rest)

    def piece(self, offset: int, size: int) -> bytes:
        """`size` bytes from `offset`, fewer at the end."""
        found = bytearray()
        with self._lock:
            for number in range(offset // FRAME, min(self._frames, (offset + size - 1) // FRAME + 1)):
                self._file.seek(number * _SEALED)
                found += self._cipher.decrypt(frame_nonce(number, False), self._file.read(_SEALED), None)
            if offset + size > self._frames * FRAME:
                found += self._rest
        start = offset - min(offset // FRAME, self._frames) * FRAME
        return bytes(found[start : start + size])

    def open(self) -> BinaryIO:
        """All that was written, for one reader."""
        return reader(self.piece, self.tell())

    def __del__(self) -> None:
        self._file.close()
