"""What a stick carries between a machine and its district: an exchange in parts, each whole by itself.

A part is a sealed container (crypto/sealing.py), for one reader, signed by the log under which the machine
was enrolled or by the district's identity. Its body is a stream of msgpack values:
    {"up": 1, "request": request, "reply": 32 bytes}    a machine's: the answer is to be sealed to that key
    {"down": 1, "request": request, "answer": answer}   the district's answer to that request (message.py)
    ["events", batch]                                   batch.py
    ["file", dossier 16, digest 32, size, offset, piece]   up only: bytes of a file (file_message.py)
    ["whole", epoch 8, [digest 32, …]]                  down only: files that the district holds whole
    {"end": how many values stand between}
The request claims all that its machine has, agrees on nothing, and has no batch: what it sends stands behind
it, in whatever parts arrive. Its counter alone makes it fresh: the machine looks at it when an answer comes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any, BinaryIO, Final, NamedTuple

import msgpack

from counter_app.crypto.sealing import SealedWriter, SealingKey, open_sealed
from counter_app.crypto.signing import Signer
from counter_app.domain.errors import Refused
from counter_app.sync.file_message import OPEN, FileRequest

VERSION: Final = 1
PART: Final = 4 * 1024 * 1024
"""Bytes of a part, about: what is held in memory, and what a pulled stick costs at the most."""
BATCH: Final = 64 * 1024
"""Bytes of a batch in it."""
PIECE: Final = 256 * 1024
"""Bytes of a file in one value at the most."""
_LARGEST_VALUE: Final = 1024 * 1024  # bytes
_LOG, _EPOCH, _DOSSIER, _HASH, _KEY = 8, 8, 16, 32, 32


class Up(NamedTuple):
    """`reply` is the X25519 key that the answer is sealed to."""

    request: bytes
    reply: bytes

    def value(self) -> object:
        return {"up": VERSION, **self._asdict()}


class Down(NamedTuple):
    request: bytes
    answer: bytes

    def value(self) -> object:
        return {"down": VERSION, **self._asdict()}


class Events(NamedTuple):
    batch: bytes

    def value(self) -> object:
        return ["events", *self]


class Piece(NamedTuple):
    """`size` and `offset` count bytes of the whole file, whose SHA-256 is `digest`."""

    dossier: bytes
    digest: bytes
    size: int
    offset: int
    piece: bytes

    def value(self) -> object:
        return ["file", *self]

    def as_request(self, log: bytes) -> FileRequest:
        """As a machine of that log would ask to have it taken in, if it could sign."""
        return FileRequest(
            OPEN, log, b"", self.digest, self.dossier, self.size, self.offset, piece=self.piece
        )

    @classmethod
    def from_value(cls, said: Sequence[Any]) -> Piece:
        """What follows the word "file"; raises TypeError, ValueError."""
        dossier, digest, size, offset, piece = said
        whole = _whole(size), _whole(offset)
        return cls(_bytes(dossier, _DOSSIER), _bytes(digest, _HASH), *whole, _bytes(piece))


class Whole(NamedTuple):
    epoch: bytes
    digests: tuple[bytes, ...]

    def value(self) -> object:
        return ["whole", self.epoch, list(self.digests)]


Head = Up | Down
Item = Events | Piece | Whole


class Writer:
    """A part that is being filled; `close` gives its bytes."""

    def __init__(self, head: Head, signer: Signer, recipient: bytes) -> None:
        """Raises Refused("recipient-key-bad")."""
        self._out = BytesIO()
        self._sealed = SealedWriter(self._out, [recipient], signer)
        self._packer = msgpack.Packer()
        self.count = 0
        self.size = 0
        """Bytes that were put in."""
        self._put(head.value())

    def put(self, item: Item) -> None:
        self.count += 1
        self._put(item.value())

    def close(self) -> bytes:
        self._put({"end": self.count})
        self._sealed.close()
        return self._out.getvalue()

    def _put(self, value: object) -> None:
        data = self._packer.pack(value)
        self.size += len(data)
        self._sealed.write(data)


class Part(NamedTuple):
    """`sender` is the Ed25519 key that signed it."""

    sender: bytes
    head: Head
    items: Iterator[Item]


def read(file: BinaryIO, sealing: SealingKey) -> Part:
    """Opens a part whose seal and signature hold; raises Refused("bundle-…") for anything else.

    To go through `items` raises the same where its sender wrote what nobody can read.
    """
    sealed = open_sealed(file, sealing)
    values = _values(sealed)
    head = next(values, None)
    if not isinstance(head, dict):
        raise Refused("bundle-unknown-format")
    return Part(sealed.sender, _head(head), _items(values))


def _head(told: dict[Any, Any]) -> Head:
    try:
        version = told["up"] if "up" in told else told["down"]
        if version != VERSION:
            raise Refused("bundle-newer")
        request = _bytes(told["request"])
        return (
            Up(request, _bytes(told["reply"], _KEY))
            if "up" in told
            else Down(request, _bytes(told["answer"]))
        )
    except (KeyError, TypeError) as error:
        raise Refused("bundle-damaged") from error


def _values(chunks: Iterable[bytes]) -> Iterator[Any]:
    unpacker = msgpack.Unpacker(max_buffer_size=2 * _LARGEST_VALUE, strict_map_key=False)
    try:
        for chunk in chunks:
            unpacker.feed(chunk)
            yield from unpacker
    except (msgpack.UnpackException, msgpack.BufferFull, ValueError, TypeError) as error:
        raise Refused("bundle-damaged") from error


def _items(values: Iterator[Any]) -> Iterator[Item]:
    for count, value in enumerate(values):
        if isinstance(value, dict):
            if value.get("end") != count or next(values, None) is not None:
                raise Refused("bundle-damaged")
            return
        yield _item(value)
    raise Refused("bundle-damaged")


def _item(value: Any) -> Item:
    try:
        kind, *said = value
        if kind == "events":
            (batch,) = said
            return Events(_bytes(batch))
        if kind == "file":
            return Piece.from_value(said)
        if kind == "whole":
            epoch, digests = said
            return Whole(_bytes(epoch, _EPOCH), tuple(_bytes(digest, _HASH) for digest in digests))
    except (TypeError, ValueError) as error:
        raise Refused("bundle-damaged") from error
    raise Refused("bundle-newer")


def _bytes(value: Any, size: int | None = None) -> bytes:
    if not isinstance(value, bytes) or size not in (None, len(value)):
        raise TypeError(type(value))
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError(type(value))
    return value
