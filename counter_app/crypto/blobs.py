"""Files at rest on a machine: each sealed under a key of its own, its name telling nobody what it is.

    offset   bytes   what
    0        7       magic: 6d 63 2f 62 6c 6f 62, "mc/blob"
    7        1       version: 1
    8        16      salt, drawn for this file
    24       ...     frames 0, 1, 2...: AES-256-GCM of 65,536 bytes each (65,552 sealed), the last of 0 to
                     65,536, of 0 only where the file is empty

    key      = HKDF-SHA-256(ikm=store key, salt=salt, info="mc/blob/1" ‖ 00 ‖ digest, 32 bytes)   (RFC 5869)
    name     = HMAC-SHA-256(HKDF-SHA-256(ikm=store key, salt="", info="mc/blob-name/1"), digest), in hex

`digest` is the SHA-256 of the content; frames are numbered as those of a bundle are (sealing.py). A plain
digest as the name would tell a thief who holds which known paper.

What has come of a file that is being fetched: pieces one after the other, each
    sealed size 4 | nonce 12 | AES-256-GCM of the piece, with its offset as 8 bytes as additional data
under HKDF-SHA-256(ikm=store key, salt="", info="mc/blob-piece/1" ‖ 00 ‖ digest, 32 bytes).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from hashlib import sha256
from hmac import digest as hmac
from io import BufferedReader, RawIOBase
from typing import Any, BinaryIO, Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from counter_app.crypto.sealing import FRAME, frame_nonce
from counter_app.domain.errors import Damaged

MAGIC: Final = b"mc/blob"
VERSION: Final = 1
_SALT: Final = 16
_HEAD: Final = len(MAGIC) + 1 + _SALT
_TAG: Final = 16
_NONCE: Final = 12
_LENGTH: Final = 4
_MOST: Final = 1 << 20  # bytes of a sealed piece, far above what any message carries


class Readable(Protocol):
    """Bytes that come one after the other."""

    def read(self, size: int, /) -> bytes: ...


class Sealed(Protocol):
    """A sealed file, wherever it lies: only what is read of it is fetched."""

    def seek(self, offset: int, whence: int = 0, /) -> int: ...

    def read(self, size: int, /) -> bytes: ...


class BlobKeys:
    """What names and opens the files of one store; `store_key` has 32 bytes."""

    def __init__(self, store_key: bytes) -> None:
        self._store_key = store_key
        self._naming = HKDF(SHA256(), 32, salt=None, info=b"mc/blob-name/1").derive(store_key)

    def name(self, digest: bytes) -> str:
        """The name on the disk of the file whose content has this SHA-256."""
        return hmac(self._naming, digest, "sha256").hex()

    def seal(self, digest: bytes, parts: Iterable[bytes], *, salt: bytes | None = None) -> Iterator[bytes]:
        """The sealed bytes, one frame after the other, of a content that comes in parts of any size.

        `salt` is drawn unless given; only golden vectors give it. Raises Damaged("attachment-damaged") in the
        place of the last frame where the content has another digest: what came by then opens nowhere.
        """
        salt = salt or os.urandom(_SALT)
        cipher, seen, rest, n = self._cipher(digest, salt), sha256(), bytearray(), 0
        yield MAGIC + bytes([VERSION]) + salt
        for part in parts:
            seen.update(part)
            for start in range(0, len(part), FRAME):
                rest += part[start : start + FRAME]
                if len(rest) > FRAME:
                    yield cipher.encrypt(frame_nonce(n, False), bytes(rest[:FRAME]), None)
                    del rest[:FRAME]
                    n += 1
        if seen.digest() != digest:
            raise Damaged("attachment-damaged")
        yield cipher.encrypt(frame_nonce(n, True), bytes(rest), None)

    def parts(self, digest: bytes, file: Sealed) -> Iterator[bytes]:
        """The content, frame by frame; raises Damaged("attachment-damaged") where it is not as sealed."""
        size = _plain_size(_size_of(file))
        for start in range(0, size, FRAME):
            yield self.piece(digest, file, start, FRAME)
        if not size:
            yield self.piece(digest, file, 0, 0)

    def proven(self, digest: bytes, file: Readable) -> Iterator[bytes]:
        """The sealed bytes of a file that is read once, each frame opened before it is given.

        Raises Damaged("attachment-damaged") at the first that is not as sealed, or in the end where the
        content has another digest: what was given by then counts for nothing.
        """
        head, seen, n = file.read(_HEAD), sha256(), 0
        cipher = self._opening(digest, head)
        yield head
        frame = file.read(FRAME + _TAG)
        while True:
            after = file.read(FRAME + _TAG)
            seen.update(_frame(cipher, n, not after, frame))
            yield frame
            if not after:
                break
            frame, n = after, n + 1
        if seen.digest() != digest:
            raise Damaged("attachment-damaged")

    def piece(self, digest: bytes, file: Sealed, offset: int, size: int) -> bytes:
        """`size` bytes of the content from `offset`, fewer at its end; only their frames are read.

        Raises Damaged("attachment-damaged").
        """
        whole = _size_of(file)
        last = (_plain_size(whole) - 1) // FRAME if _plain_size(whole) else 0
        file.seek(0)
        cipher = self._opening(digest, file.read(_HEAD))
        first = offset // FRAME
        opened = bytearray()
        for n in range(first, min(last, (offset + max(size, 1) - 1) // FRAME) + 1):
            file.seek(_HEAD + n * (FRAME + _TAG))
            opened += _frame(cipher, n, n == last, file.read(FRAME + _TAG))
        start = offset - first * FRAME
        return bytes(opened[start : start + size])

    def opened(self, digest: bytes, file: BinaryIO) -> BinaryIO:
        """The content, read anywhere, a frame at a time; it closes the file.

        Raises Damaged("attachment-damaged"), here or at a frame that is not as sealed.
        """
        return reader(partial(self.piece, digest, file), _plain_size(_size_of(file)), file.close)

    def pieces(self, digest: bytes) -> PieceKeys:
        """What seals a file of this digest piece by piece, while it is being fetched."""
        info = b"mc/blob-piece/1\0" + digest
        return PieceKeys(AESGCM(HKDF(SHA256(), 32, salt=None, info=info).derive(self._store_key)))

    def _opening(self, digest: bytes, head: bytes) -> AESGCM:
        if len(head) < _HEAD or head[: len(MAGIC) + 1] != MAGIC + bytes([VERSION]):
            raise Damaged("attachment-damaged")
        return self._cipher(digest, head[-_SALT:])

    def _cipher(self, digest: bytes, salt: bytes) -> AESGCM:
        info = b"mc/blob/1\0" + digest
        return AESGCM(HKDF(SHA256(), 32, salt=salt, info=info).derive(self._store_key))


class PieceKeys:
    """Seals the pieces of one file, each in its place."""

    def __init__(self, cipher: AESGCM) -> None:
        self._cipher = cipher

    def seal(self, piece: bytes, offset: int) -> bytes:
        nonce = os.urandom(_NONCE)
        sealed = nonce + self._cipher.encrypt(nonce, piece, offset.to_bytes(8, "big"))
        return len(sealed).to_bytes(_LENGTH, "big") + sealed

    def read(self, file: BinaryIO) -> Iterator[tuple[bytes, int]]:
        """Each piece that is whole and in its place, and where it ends in the file."""
        offset = end = 0
        while len(length := file.read(_LENGTH)) == _LENGTH:
            size = int.from_bytes(length, "big")
            sealed = file.read(min(size, _MOST))
            try:
                piece = self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], offset.to_bytes(8, "big"))
            except (InvalidTag, ValueError):
                return  # torn by a power cut
            offset, end = offset + len(piece), end + _LENGTH + size
            yield piece, end


def reader(
    piece: Callable[[int, int], bytes], size: int, close: Callable[[], object] = lambda: None
) -> BinaryIO:
    """A file of `size` bytes, of which `piece` gives as many as asked for from an offset."""
    return BufferedReader(_Pieces(piece, size, close), FRAME)


class _Pieces(RawIOBase):
    def __init__(self, piece: Callable[[int, int], bytes], size: int, close: Callable[[], object]) -> None:
        self._piece, self._size, self._close, self._at = piece, size, close, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        begin = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        self._at = max(0, begin + offset)
        return self._at

    def readinto(self, buffer: Any, /) -> int:
        most = min(len(buffer), FRAME - self._at % FRAME, self._size - self._at)
        found = self._piece(self._at, most) if most > 0 else b""
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)

    def close(self) -> None:
        self._close()
        super().close()


def sealed_size(size: int) -> int:
    """Bytes of the file that holds `size` bytes of content, sealed."""
    return _HEAD + size + max(1, -(-size // FRAME)) * _TAG


def _frame(cipher: AESGCM, number: int, last: bool, sealed: bytes) -> bytes:
    try:
        return cipher.decrypt(frame_nonce(number, last), sealed, None)
    except (InvalidTag, ValueError) as error:
        raise Damaged("attachment-damaged") from error


def _size_of(file: Sealed) -> int:
    return file.seek(0, os.SEEK_END)


def _plain_size(sealed: int) -> int:
    """Bytes of content in a file of that many; raises Damaged for one that no content makes."""
    body = sealed - _HEAD
    frames = -(-body // (FRAME + _TAG))
    size = body - frames * _TAG
    if body < _TAG or (frames > 1 and size <= (frames - 1) * FRAME):
        raise Damaged("attachment-damaged")
    return size
