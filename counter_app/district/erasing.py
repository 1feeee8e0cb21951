"""Lawful erasure at the district: payloads, salts, lines and files go from its own tables and its folder.

What a counter's store does (store/erasing.py) is done here with each transaction that brings an event of an
erased dossier, whoever sends it and whether or not he has heard of it: nothing of such a dossier comes back.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from contextlib import suppress
from typing import Any, Final, Protocol

from sqlalchemy import Connection, LargeBinary, Table, bindparam, delete, func, literal, select, text, update

from counter_app.district.bulk import Among, Bulk
from counter_app.district.database import Base
from counter_app.district.tables import dossiers, dropped, events, files, pieces, salts, tombstones, uploads
from counter_app.domain import fold
from counter_app.domain.events import KIND_AT, Absent, kind_in, payload_key
from counter_app.store.database import Database
from counter_app.store.log import Map, as_event, proof_of

_NAMES_A_FILE: Final = "attached"


class Drops(Protocol):
    """The store of files, as far as it is asked here."""

    def drop(self, digest: bytes) -> None:
        """Its file is gone; raises Surroundings."""


def settle(
    connection: Connection, commune: int, where: Map, told: Collection[bytes], touched: Collection[bytes]
) -> int:
    """How many payloads went: of the dossiers `touched` those that a tombstone which counts erases.

    `told` are those of them of which a tombstone has come now.
    """
    _TOLD.put(connection, [(commune, dossier) for dossier in sorted(told)])
    wanted, count, named = set(told), 0, set[bytes]()
    wanted.update(bytes(dossier) for (dossier,) in _KNOWN.find(connection, (commune,), sorted(touched)))
    for dossier in sorted(wanted):
        count += _purge(connection, commune, dossier, where, named)
    if named:
        _forget_files(connection, commune, named)
    return count


def _purge(connection: Connection, commune: int, dossier: bytes, where: Map, named: set[bytes]) -> int:
    """How many payloads of the dossier went; the files that they named are put into `named`."""
    rows = connection.execute(_ROWS, {"c": commune, "d": dossier}).all()
    folded = fold.fold(dossier, [as_event(row, where) for row in rows])
    if folded.erased is None:
        return 0
    if connection.dialect.name == "sqlite":
        connection.execute(_OVERWRITE)
    kept = {entry.event.hash for entry in folded.entries if entry.payload is not None}
    drawn = {branch: bytes(salt) for branch, salt in connection.execute(_SALTS, {"c": commune, "d": dossier})}
    count = 0
    for row in rows:
        if row.payload is None:
            continue
        at = {"c": commune, "b": row.branch_id, "s": row.seq}
        salt = next((drawn[one.id] for one in where.lineage(row.branch_id) if one.id in drawn), None)
        if bytes(row.hash) in kept:
            key = row.key or (payload_key(salt, row.seq) if salt is not None else None)
            connection.execute(_KEEP, {**at, "k": key})
            continue
        named.update(_file_in(row))
        connection.execute(_ERASE, {**at, "p": proof_of(row, salt), "a": Absent.ERASED.value})
        count += 1
    for table in (salts, dossiers):
        connection.execute(delete(table).where(table.c.commune == commune, table.c.dossier == dossier))
    return count


def _file_in(row: Any) -> Iterator[bytes]:
    if kind_in(row.header) == _NAMES_A_FILE:
        with suppress(ValueError, KeyError, TypeError):
            yield bytes.fromhex(json.loads(row.payload)["sha256"])


def _forget_files(connection: Connection, commune: int, named: set[bytes]) -> None:
    """Those that no other dossier of the commune names are its files no more."""
    still = {digest for row in connection.execute(_NAMING, {"c": commune}) for digest in _file_in(row)}
    for digest in sorted(named - still):
        # What is on its way first: who finishes it at this moment is waited for, and what he wrote is seen.
        for table in (uploads, pieces, files):
            connection.execute(delete(table).where(table.c.commune == commune, table.c.digest == digest))
        drop(connection, digest)


def drop(connection: Connection, digest: bytes) -> None:
    """The file's bytes go with the next `sweep`, unless a commune has it then."""
    _DROPPED.put(connection, [(digest,)])


def sweep(base: Base, depot: Drops) -> int:
    """Removes files that nobody has any more, after the commit that erased them; how many went.

    What a power cut left goes with the next call. Raises Surroundings.
    """
    with base.reading() as connection:
        digests = [bytes(digest) for digest in connection.execute(select(dropped.c.digest)).scalars()]
    count = 0
    for digest in digests:
        with base.writing() as connection:
            if _has(connection, uploads, digest):
                continue  # it comes anew, of a dossier that stands
            if not _has(connection, files, digest):
                depot.drop(digest)
                count += 1
            connection.execute(delete(dropped).where(dropped.c.digest == digest))
    if isinstance(base, Database):
        base.fold_in()  # what lay in the write-ahead log is gone with it
    return count


def _has(connection: Connection, table: Table, digest: bytes) -> bool:
    found = select(table.c.commune).where(table.c.digest == digest).limit(1)
    return connection.execute(found).first() is not None


_TOLD: Final = Bulk(tombstones, "commune", "dossier", again=True)
_DROPPED: Final = Bulk(dropped, "digest", again=True)
_KNOWN: Final = Among(tombstones, "dossier", at=("commune",), among="dossier")
_ROWS: Final = (
    select(events)
    .where(events.c.commune == bindparam("c"), events.c.dossier == bindparam("d"))
    .order_by(events.c.position)
)
_SALTS: Final = select(salts.c.branch_id, salts.c.salt).where(
    salts.c.commune == bindparam("c"), salts.c.dossier == bindparam("d")
)
_AT: Final = (
    events.c.commune == bindparam("c"),
    events.c.branch_id == bindparam("b"),
    events.c.seq == bindparam("s"),
)
_ERASE: Final = (
    update(events).where(*_AT).values(payload=None, key=None, proof=bindparam("p"), absent=bindparam("a"))
)
_KEEP: Final = update(events).where(*_AT).values(key=bindparam("k"))
_NAMING: Final = select(events.c.header, events.c.payload).where(
    events.c.commune == bindparam("c"),
    events.c.payload.is_not(None),
    func.substr(events.c.header, KIND_AT + 1, 1 + len(_NAMES_A_FILE))
    == literal(bytes([len(_NAMES_A_FILE)]) + _NAMES_A_FILE.encode(), LargeBinary),
)
_OVERWRITE: Final = text("PRAGMA secure_delete = ON")
