"""Bundles that people carry: what one store knows, sealed to the stores it is for and signed by its own.

The body of the sealed container (crypto/sealing.py) is one zstd stream of msgpack values:
    {"bundle": 1, "commune": 16 bytes, "log": 8 bytes, "made": ms since 1970, "vector": rows}
    [log, first seq, [[header, payload, key, proof, absent], …], {dossier: salt}, signature]   a run each
    ["file", dossier 16, digest 32, size, offset, piece]   version 2 alone: bytes of a scanned file (stick.py)
    {"end": count of runs and of these}
A bundle is of version 2 only where it has files. The vector's rows are [log, [[seq, hash, …], …]], what the
sender knows (domain/vectors.py). A run is proven with the hash before its first event, which the bundle need
not hold (domain/runs.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

import msgpack
import zstandard

from counter_app.crypto.sealing import SealedWriter, SealingKey, open_sealed
from counter_app.crypto.signing import Signer
from counter_app.domain.errors import Refused
from counter_app.domain.runs import Packed, Run
from counter_app.domain.vectors import Vector
from counter_app.sync.stick import Piece

VERSION: Final = 1
WITH_FILES: Final = 2
_LARGEST_RUN: Final = 1024 * 1024  # bytes of one msgpack value, far above any honest run
_LARGEST_WINDOW: Final = 8 * 1024 * 1024  # bytes that a sender can make the receiver's zstd hold
_LEVEL: Final = 9
"""Of zstd: 12 lays out 48 MB first, 37 ms for a handful of events, to save one byte in a thousand."""


@dataclass(frozen=True)
class Label:
    """What a bundle says of itself; `sender` is the Ed25519 key that signed it."""

    sender: bytes
    commune: bytes
    log: bytes
    made_ms: int
    vector: Vector


def write(
    file: BinaryIO,
    runs: Iterable[Run],
    *,
    signer: Signer,
    recipients: Sequence[bytes],
    commune: bytes,
    log: bytes,
    made_ms: int,
    vector: Vector,
    pieces: Iterable[Piece] | None = None,
) -> int:
    """Writes a whole bundle for the X25519 keys `recipients`; the number of events in it.

    `pieces` are those of scanned files, each file's in their order; None where it has none.
    """
    count = events = 0
    with SealedWriter(file, recipients, signer) as sealed:
        packer = msgpack.Packer()
        squeeze = zstandard.ZstdCompressor(level=_LEVEL).compressobj()

        def put(value: object) -> None:
            sealed.write(squeeze.compress(packer.pack(value)))

        version = VERSION if pieces is None else WITH_FILES
        head = {"bundle": version, "commune": commune, "log": log, "made": made_ms}
        put({**head, "vector": vector.to_rows()})
        for run in runs:
            rows = [[e.header, e.payload, e.key, e.proof, e.absent] for e in run.events]
            put([run.log, run.first, rows, dict(run.salts), run.signature])
            count += 1
            events += len(run.events)
        for piece in pieces or ():
            put(piece.value())
            count += 1
        put({"end": count})
        sealed.write(squeeze.flush())
    return events


def read(file: BinaryIO, sealing: SealingKey) -> tuple[Label, Iterator[Run]]:
    """Opens a bundle whose seal and signature hold; raises Refused for anything else.

    Whether the sender is one whom this store knows is for the caller to ask, before he takes a run.
    """
    label, values = _opened(file, sealing)
    return label, (value for value in _items(values) if isinstance(value, Run))


def read_files(file: BinaryIO, sealing: SealingKey) -> tuple[Label, Iterator[Piece]]:
    """The pieces of scanned files in a bundle, as `read` gives its runs."""
    label, values = _opened(file, sealing)
    return label, (value for value in _items(values) if isinstance(value, Piece))


def _opened(file: BinaryIO, sealing: SealingKey) -> tuple[Label, Iterator[Any]]:
    sealed = open_sealed(file, sealing)
    values = _values(sealed)
    head = next(values, None)
    try:
        if not isinstance(head, dict) or head["bundle"] not in (VERSION, WITH_FILES):
            raise Refused("bundle-newer" if isinstance(head, dict) and "bundle" in head else "bundle-damaged")
        label = Label(
            sealed.sender,
            _bytes(head["commune"], 16),
            _bytes(head["log"], 8),
            _whole(head["made"]),
            Vector.from_rows(head["vector"]),
        )
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise Refused("bundle-damaged") from error
    return label, values


def _values(chunks: Iterable[bytes]) -> Iterator[Any]:
    unpacker = msgpack.Unpacker(max_buffer_size=_LARGEST_RUN * 2, strict_map_key=False)
    grow = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW).decompressobj()
    try:
        for chunk in chunks:
            for piece in _pieces(chunk):
                grown = grow.decompress(piece)
                for at in range(0, len(grown), _LARGEST_RUN):  # never more than its buffer takes
                    unpacker.feed(grown[at : at + _LARGEST_RUN])
                    yield from unpacker
    except (zstandard.ZstdError, msgpack.UnpackException, msgpack.BufferFull, ValueError, TypeError) as error:
        raise Refused("bundle-damaged") from error


def _pieces(chunk: bytes) -> Iterator[bytes]:
    # Small bites bound how much one call can expand to.
    for at in range(0, len(chunk), 1024):
        yield chunk[at : at + 1024]


def _items(values: Iterator[Any]) -> Iterator[Run | Piece]:
    for count, value in enumerate(values):
        if isinstance(value, dict):
            if value.get("end") != count:
                raise Refused("bundle-damaged")
            return
        yield _piece(value) if isinstance(value, list) and value[:1] == ["file"] else _run(value)
    raise Refused("bundle-damaged")


def _piece(value: list[Any]) -> Piece:
    try:
        return Piece.from_value(value[1:])
    except (TypeError, ValueError) as error:
        raise Refused("bundle-damaged") from error


def _run(value: Any) -> Run:
    try:
        log, first, rows, salts, signature = value
        events = tuple(
            Packed(_bytes(header), _maybe(payload), _maybe(key), _maybe(proof), str(absent))
            for header, payload, key, proof, absent in rows
        )
        known = {_bytes(dossier): _bytes(salt) for dossier, salt in salts.items()}
        if not isinstance(first, int) or first < 1:
            raise ValueError(first)
        return Run(_bytes(log), first, events, known, _bytes(signature))
    except (TypeError, ValueError, AttributeError) as error:
        raise Refused("bundle-damaged") from error


def _bytes(value: Any, size: int | None = None) -> bytes:
    if not isinstance(value, bytes) or size not in (None, len(value)):
        raise TypeError(type(value))
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int):
        raise TypeError(type(value))
    return value


def _maybe(value: Any) -> bytes | None:
    return None if value is None else _bytes(value)
