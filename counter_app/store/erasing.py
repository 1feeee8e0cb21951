"""Takes the payloads out of the store that a tombstone took out of a dossier, and what was made of them.

What stays of an erased payload is its proof; the log's salt for the dossier goes too, under which a known
payload could be guessed, and what keeps its payload keeps the key of its own instead (events.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, bindparam, delete, select, text, update

from counter_app.domain import erasing, fold
from counter_app.domain.events import Absent, Event, payload_key
from counter_app.store import log
from counter_app.store.tables import events, salts


def has_tombstone(some: Sequence[Event]) -> bool:
    return any(erasing.is_tombstone(event) for event in some)


def purge(connection: Connection, dossier: bytes, some: Sequence[Event], where: log.Map) -> int:
    """How many payloads went; those of logs that do not count go with the others. Nothing more is to be
    written of them: the page cells that held them are overwritten."""
    folded = fold.fold(dossier, some)
    if folded.erased is None:
        return 0
    kept = {entry.event.hash for entry in folded.entries if entry.payload is not None}
    connection.execute(_OVERWRITE)
    count = 0
    for row in connection.execute(_ROWS, {"d": dossier}).all():
        if row.payload is None:
            continue
        salt = log.salt_for(connection, row.branch_id, dossier, where)
        if row.hash in kept:
            key = row.key or (payload_key(salt, row.seq) if salt is not None else None)
            connection.execute(_KEEP, {"h": row.hash, "k": key})
            continue
        mark = log.proof_of(row, salt)
        connection.execute(_ERASE, {"h": row.hash, "p": mark, "a": Absent.ERASED.value})
        count += 1
    for branch in where.branches:
        connection.execute(_DROP_SALT, {"b": branch, "d": dossier})
    return count


def forget_words(connection: Connection) -> None:
    """Leaves no word in the search that only an erased dossier had; a merge takes them out of its index."""
    for statement in _FORGET:
        connection.execute(statement)


_ROWS: Final = select(events).where(events.c.dossier == bindparam("d"))
_ERASE: Final = (
    update(events)
    .where(events.c.hash == bindparam("h"))
    .values(payload=None, key=None, proof=bindparam("p"), absent=bindparam("a"))
)
_KEEP: Final = update(events).where(events.c.hash == bindparam("h")).values(key=bindparam("k"))
_DROP_SALT: Final = delete(salts).where(
    salts.c.branch_id == bindparam("b"), salts.c.dossier == bindparam("d")
)
_OVERWRITE: Final = text("PRAGMA secure_delete = ON")
_FORGET: Final = (
    text("INSERT INTO words(words) VALUES ('optimize')"),
    text("CREATE VIRTUAL TABLE temp.words_left USING fts5vocab('main', 'words', 'row')"),
    text("DELETE FROM terms WHERE term NOT IN (SELECT term FROM temp.words_left)"),
    text("DROP TABLE temp.words_left"),
)
