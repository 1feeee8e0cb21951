"""What this machine knows of its files: which lie here, and how far each has gone to the district."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, bindparam, select, text

from counter_app.store.prepared import Prepared
from counter_app.store.tables import blobs


@dataclass(frozen=True)
class Blob:
    """`size` in bytes; `here` where its file lies on this machine; `safe` once the district holds the whole,
    of which `sent` bytes are known to be there. `fault` is why it was not taken, by the error's name."""

    digest: bytes
    size: int
    here: bool
    safe: bool
    sent: int
    fault: str


def keep(connection: Connection, digest: bytes, size: int, now_ms: int) -> None:
    """Its file lies here, whole; what is known of the district's copy stays."""
    _KEEP.run(connection, digest=digest, size=size, now=now_ms)


def find(connection: Connection, digest: bytes) -> Blob | None:
    row = _FIND.first(connection, d=digest)
    return None if row is None else Blob(bytes(row[0]), row[1], bool(row[2]), row[3] is not None, *row[4:])


_COLUMNS: Final = (blobs.c.digest, blobs.c.size, blobs.c.here, blobs.c.safe_ms, blobs.c.sent, blobs.c.fault)
_FIND = Prepared(select(*_COLUMNS).where(blobs.c.digest == bindparam("d")))
_KEEP = Prepared(
    text(
        "INSERT INTO blobs (digest, size, here, kept_ms) VALUES (:digest, :size, 1, :now) "
        "ON CONFLICT (digest) DO UPDATE SET here = 1, kept_ms = :now WHERE here = 0"
    )
)
