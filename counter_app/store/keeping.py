"""Keeps the store: copies of it, caches built anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, bindparam, delete, select, text

from counter_app.domain.errors import Damaged
from counter_app.store import caches, log, own
from counter_app.store.database import Database, integrity_of, known_faults
from counter_app.store.prepared import Prepared
from counter_app.store.tables import events, signatures
from counter_app.store.trust import settle_trust
from counter_app.store.writer import Writer

Told = Callable[[float], object]
"""Is told how far a long work is, from 0 to 1; on the thread that does it."""


def copy_to(database: Database, target: Path, told: Told = lambda part: None) -> None:
    """A consistent copy under the same key, by SQLite's backup interface, on the disk when this returns.

    It is read through: raises Damaged("backup-unsound") where it is not whole.
    """

    def progress(_: int, left: int, total: int) -> None:
        told(1 - left / max(1, total))

    with known_faults():
        source, copy = database.raw(), database.raw_like(target)
        try:
            # A copy must be one file, and one that is not finished is thrown away: it needs no journal.
            copy.execute("PRAGMA journal_mode=OFF").fetchone()
            source.backup(copy, pages=2000, progress=progress)
            if integrity_of(copy) != "ok":
                raise Damaged("backup-unsound", path=target)
        finally:
            source.close()
            copy.close()


def lacking(database: Database, other: Database) -> int:
    """How many events of the `other` store this one does not hold."""
    missing = 0
    with other.reading() as theirs, database.reading() as ours:
        found = theirs.execution_options(yield_per=_AT_ONCE).execute(select(events.c.hash))
        for rows in found.scalars().partitions():
            missing += sum(_HELD.first(ours, h=hash_) is None for hash_ in rows)
    return missing


def rebuild(connection: Connection) -> int:
    """Decides anew whose events count, and builds all caches from them; the number of dossiers."""
    if own.Notes(connection).keys is not None:
        settle_trust(Writer(connection, now_ms=0))  # which writes no event
    where = log.read_map(connection)
    caches.clear(connection)
    count = 0
    for dossier, found in log.every_dossier(connection, where):
        caches.refresh(connection, dossier, found, where)
        count += 1
    return count


def keep_proven(connection: Connection) -> bool:
    """Takes away what of each log does not prove itself from its first event on; whether anything stays.

    What hangs on a branch that was cut goes too.
    """
    from counter_app.store.checking import proven_ends

    where = log.read_map(connection)
    ends = proven_ends(connection, where)
    for branch in sorted(where.branches.values(), key=lambda one: -len(where.path(one.id))):
        end = ends.get(branch.id, branch.from_seq - 1)
        for table in (events, signatures):
            beyond = table.c.branch_id == branch.id, table.c.seq > end
            connection.execute(delete(table).where(*beyond))
    return any(end > 0 for end in ends.values())


def dossier_count(database: Database) -> int:
    with database.reading() as connection:
        return dossiers_in(connection)


def dossiers_in(connection: Connection) -> int:
    return int(connection.execute(text("SELECT count(*) FROM dossiers")).scalar_one())


def conflict_count(database: Database) -> int:
    """Dossiers that a person must settle."""
    with database.reading() as connection:
        found = connection.execute(text("SELECT count(*) FROM dossiers WHERE conflicts > 0"))
        return int(found.scalar_one())


_AT_ONCE = 500
_HELD = Prepared(select(events.c.id).where(events.c.hash == bindparam("h")))
