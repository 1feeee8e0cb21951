"""Bundles that people carry: what one store knows, sealed to the stores it is for and signed by its own.

The body of the sealed container (crypto/sealing.py) is one zstd stream of msgpack values:
    {"bundle": 1, "commune": 16 bytes, "log": 8 bytes, "made": ms since 1970, "vector": rows}
    [log, first seq, [[header, payload, key, proof, absent], …], {dossier: salt}, signature]   a run each
    {"end": count of runs}
The vector's rows are [log, [[seq, hash, …], …]], what the sender knows (domain/vectors.py). A run is proven
with the hash before its first event, which the bundle need not hold (domain/runs.py).
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

VERSION: Final = 1
_LARGEST_RUN: Final = 1024 * 1024  # bytes of one msgpack value, far above any honest run
_LARGEST_WINDOW: Final = 8 * 1024 * 1024  # bytes that a sender can make the receiver's zstd hold


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
) -> int:
    """Writes a whole bundle for the X25519 keys `recipients`; the number of events in it."""
    count = events = 0
    with SealedWriter(file, recipients, signer) as sealed:
        packer = msgpack.Packer()
        squeeze = zstandard.ZstdCompressor(level=12).compressobj()

        def put(value: object) -> None:
            sealed.write(squeeze.compress(packer.pack(value)))

        head = {"bundle": VERSION, "commune": commune, "log": log, "made": made_ms}
        put({**head, "vector": vector.to_rows()})
        for run in runs:
            rows = [[e.header, e.payload, e.key, e.proof, e.absent] for e in run.events]
            put([run.log, run.first, rows, dict(run.salts), run.signature])
            count += 1
            events += len(run.events)
        put({"end": count})
        sealed.write(squeeze.flush())
    return events


def read(file: BinaryIO, sealing: SealingKey) -> tuple[Label, Iterator[Run]]:
    """Opens a bundle whose seal and signature hold; raises Refused for anything else.

    Whether the sender is one whom this store knows is for the caller to ask, before he takes a run.
    """
    sealed = open_sealed(file, sealing)
    values = _values(sealed)
    head = next(values, None)
    try:
        if not isinstance(head, dict) or head["bundle"] != VERSION:
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
    return label, _runs(values)


def _values(chunks: Iterable[bytes]) -> Iterator[Any]:
    unpacker = msgpack.Unpacker(max_buffer_size=_LARGEST_RUN * 2, strict_map_key=False)
    grow = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW).decompressobj()
    try:
        for chunk in chunks:
            for piece in _pieces(chunk):
                unpacker.feed(grow.decompress(piece))
                yield from unpacker
    except (zstandard.ZstdError, msgpack.UnpackException, msgpack.BufferFull, ValueError, TypeError) as error:
        raise Refused("bundle-damaged") from error


def _pieces(chunk: bytes) -> Iterator[bytes]:
    # Small bites bound how much one call can expand to.
    for at in range(0, len(chunk), 1024):
        yield chunk[at : at + 1024]


def _runs(values: Iterator[Any]) -> Iterator[Run]:
    for count, value in enumerate(values):
        if isinstance(value, dict):
            if value.get("end") != count:
                raise Refused("bundle-damaged")
            return
        yield _run(value)
    raise Refused("bundle-damaged")


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
