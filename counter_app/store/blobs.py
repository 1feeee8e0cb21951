"""What this machine knows of its files: which lie here, and how far each has gone to the district."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, bindparam, select, text

from counter_app.domain.events import Header
from counter_app.domain.lifecycle import ENDED, State
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


class Waiting(NamedTuple):
    """A file that the district is not known to hold; `dossier` names it, the one that is due soonest."""

    digest: bytes
    size: int
    here: bool
    sent: int
    dossier: bytes


def first_waiting(connection: Connection, passed: Collection[bytes]) -> Waiting | None:
    """The file whose dossier is due soonest, of those that are not `passed`; ended dossiers come last, and
    behind them what had a fault."""
    return next((one for one in _waiting(_NEXT.all(connection)) if one.digest not in passed), None)


def all_waiting(connection: Connection) -> list[Waiting]:
    """Those that lie here, in the same order."""
    return [one for one in _waiting(_WAITING.all(connection)) if one.here]


def _waiting(rows: Iterable[Any]) -> Iterator[Waiting]:
    for row in rows:
        yield Waiting(bytes(row[0]), row[1], bool(row[2]), row[3], bytes(row[4]))


class Tally(NamedTuple):
    """Files that wait for the district, the bytes of them that it lacks, how many have a fault."""

    files: int
    bytes: int
    faults: int


def tally(connection: Connection) -> Tally:
    row = _TALLY.first(connection)
    return Tally(*row) if row is not None else Tally(0, 0, 0)


def waiting_of(connection: Connection, dossier: bytes) -> int:
    """How many files of the dossier lie here that the district is not known to hold."""
    row = _WAITS.first(connection, d=dossier)
    return 0 if row is None else int(row[0])


def faults(connection: Connection) -> list[tuple[str, bytes, int, str]]:
    """Code of the dossier, digest, size and fault of the files that were not taken."""
    return [(row[0], bytes(row[1]), row[2], row[3]) for row in _FAULTS.all(connection)]


class Ended(NamedTuple):
    """A file that is here and at the district, of dossiers that have all ended, the last event at `hlc`."""

    digest: bytes
    size: int
    hlc: int


def ended(connection: Connection, digest: bytes = b"") -> list[Ended]:
    """Those that have been here longest first; of one digest alone where it is given."""
    rows = _ENDED.all(connection, d=digest)
    return [Ended(bytes(row[0]), row[1], Header.from_bytes(row[2]).hlc) for row in rows]


def named(connection: Connection, digest: bytes) -> tuple[bytes, int] | None:
    """A dossier that names the file, and the file's size in bytes."""
    row = _NAMED.first(connection, d=digest)
    return None if row is None else (bytes(row[0]), row[1])


def every(connection: Connection) -> list[bytes]:
    """The digests of all files that a dossier names, or that lie here."""
    return [bytes(row[0]) for row in _EVERY.all(connection)]


def unsafe(connection: Connection) -> list[tuple[bytes, int]]:
    """Digest and size of the files that lie here, and that the district is not known to hold."""
    return [(bytes(row[0]), row[1]) for row in _UNSAFE.all(connection)]


class Kept(NamedTuple):
    """A file of this machine's, as a backup asks; `size` in bytes."""

    digest: bytes
    size: int
    here: bool
    safe: bool


def to_back_up(connection: Connection, *, everything: bool) -> list[Kept]:
    """The files that the district is not known to hold; with `everything` those too that lie here as well.

    None of a store from before there were files.
    """
    if _TABLE.first(connection) is None:
        return []
    rows = _KEPT.all(connection, every=everything)
    return [Kept(bytes(row[0]), row[1], bool(row[2]), row[3] is not None) for row in rows]


def safe_count(connection: Connection) -> int:
    """How many of this machine's files the district holds."""
    row = _SAFE_COUNT.first(connection) if _TABLE.first(connection) is not None else None
    return int(row[0]) if row is not None else 0


def code_of(connection: Connection, digest: bytes) -> str:
    """The code of a dossier that names the file; "" where none does."""
    row = _CODE.first(connection, d=digest)
    return str(row[0]) if row is not None and row[0] else ""


def set_sent(connection: Connection, digest: bytes, sent: int) -> None:
    """So many bytes from its beginning are at the district."""
    _SENT.run(connection, digest=digest, sent=sent)


def set_safe(connection: Connection, digest: bytes, now_ms: int) -> None:
    """The district holds the whole."""
    _SAFE.run(connection, digest=digest, now=now_ms)


def set_fault(connection: Connection, digest: bytes, why: str) -> None:
    _FAULT.run(connection, digest=digest, why=why)


def set_gone(connection: Connection, digest: bytes) -> None:
    """Its file lies here no more."""
    _GONE.run(connection, digest=digest)


def doubt_all(connection: Connection) -> None:
    """Nothing is known any more of what the district holds: it has begun anew, or is another one."""
    _DOUBT.run(connection)


_COLUMNS: Final = (blobs.c.digest, blobs.c.size, blobs.c.here, blobs.c.safe_ms, blobs.c.sent, blobs.c.fault)
_FIND = Prepared(select(*_COLUMNS).where(blobs.c.digest == bindparam("d")))
_KEEP = Prepared(
    text(
        "INSERT INTO blobs (digest, size, here, kept_ms) VALUES (:digest, :size, 1, :now) "
        "ON CONFLICT (digest) DO UPDATE SET here = 1, kept_ms = :now WHERE here = 0"
    )
)
# With a lone min() SQLite takes the other columns from its row (sqlite.org/lang_select.html, bare columns).
_IN_ORDER: Final = (
    "SELECT b.digest, b.size, b.here, b.sent, d.dossier, "
    "min(ifnull(d.due_minute, 1 << 40) + CASE WHEN d.open THEN 0 ELSE 1 << 50 END) AS due "
    "FROM blobs b JOIN attachments a ON a.digest = b.digest JOIN dossiers d ON d.id = a.dossier_id "
    "WHERE b.safe_ms IS NULL GROUP BY b.digest "
    "ORDER BY b.here DESC, b.fault != '', due, b.kept_ms, b.digest"
)
_WAITING = Prepared(text(_IN_ORDER))
_NEXT = Prepared(text(_IN_ORDER + " LIMIT 1000"))
_TALLY = Prepared(
    text(
        "SELECT count(*), ifnull(sum(size - sent), 0), ifnull(sum(fault != ''), 0) "
        "FROM blobs WHERE safe_ms IS NULL AND here = 1"
    )
)
_WAITS = Prepared(
    text(
        "SELECT count(DISTINCT b.digest) FROM dossiers d JOIN attachments a ON a.dossier_id = d.id "
        "JOIN blobs b ON b.digest = a.digest WHERE d.dossier = :d AND b.safe_ms IS NULL AND b.here = 1"
    )
)
_FAULTS = Prepared(
    text(
        "SELECT max(d.code), b.digest, b.size, b.fault FROM blobs b "
        "JOIN attachments a ON a.digest = b.digest JOIN dossiers d ON d.id = a.dossier_id "
        "WHERE b.fault != '' GROUP BY b.digest ORDER BY 1, 2 LIMIT 200"
    )
)
_GOING_ON: Final = ", ".join(f"'{state.value}'" for state in State if state not in ENDED)
_ENDED = Prepared(
    text(
        "SELECT b.digest, b.size, (SELECT e.header FROM events e JOIN dossiers d "  # noqa: S608
        "ON e.dossier = d.dossier "
        "JOIN attachments a ON a.dossier_id = d.id WHERE a.digest = b.digest ORDER BY e.id DESC LIMIT 1) "
        "FROM blobs b WHERE b.here = 1 AND b.safe_ms IS NOT NULL AND (:d = x'' OR b.digest = :d) "
        "AND EXISTS (SELECT 1 FROM attachments a WHERE a.digest = b.digest) AND NOT EXISTS "
        "(SELECT 1 FROM attachments a JOIN dossiers d ON d.id = a.dossier_id "
        f"WHERE a.digest = b.digest AND d.state IN ({_GOING_ON})) ORDER BY b.kept_ms, b.digest"
    )
)
_NAMED = Prepared(
    text(
        "SELECT d.dossier, a.size FROM attachments a JOIN dossiers d ON d.id = a.dossier_id "
        "WHERE a.digest = :d LIMIT 1"
    )
)
_EVERY = Prepared(text("SELECT digest FROM attachments UNION SELECT digest FROM blobs WHERE here = 1"))
_UNSAFE = Prepared(text("SELECT digest, size FROM blobs WHERE safe_ms IS NULL AND here = 1 ORDER BY digest"))
_TABLE = Prepared(text("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'blobs'"))
_KEPT = Prepared(
    text(
        "SELECT digest, size, here, safe_ms FROM blobs WHERE safe_ms IS NULL OR (:every AND here = 1) "
        "ORDER BY digest"
    )
)
_SAFE_COUNT = Prepared(text("SELECT count(*) FROM blobs WHERE safe_ms IS NOT NULL"))
_CODE = Prepared(
    text("SELECT max(d.code) FROM attachments a JOIN dossiers d ON d.id = a.dossier_id WHERE a.digest = :d")
)
_SENT = Prepared(text("UPDATE blobs SET sent = :sent WHERE digest = :digest"))
_SAFE = Prepared(text("UPDATE blobs SET safe_ms = :now, sent = size, fault = '' WHERE digest = :digest"))
_FAULT = Prepared(text("UPDATE blobs SET fault = :why WHERE digest = :digest"))
_GONE = Prepared(text("UPDATE blobs SET here = 0 WHERE digest = :digest"))
_DOUBT = Prepared(text("UPDATE blobs SET safe_ms = NULL, sent = 0"))
