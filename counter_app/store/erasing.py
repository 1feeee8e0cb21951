"""Takes the payloads out of the store that a tombstone took out of a dossier, and what was made of them.

What stays of an erased payload is its proof; the log's salt for the dossier goes too, under which a known
payload could be guessed, and what keeps its payload keeps the key of its own instead (events.py).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, bindparam, delete, select, text, update

from counter_app.domain import erasing, fold
from counter_app.domain.events import Absent, Event, kind_in, payload_key
from counter_app.store import blobs, log, own
from counter_app.store.prepared import Prepared
from counter_app.store.tables import events, salts

_NOTED: Final = "erased/"  # own: when a story's content went, by its id in hex
_DROPPED: Final = "files/erased/"  # own: a file whose bytes are still to go, by the hex of its SHA-256


def has_tombstone(some: Sequence[Event]) -> bool:
    return any(erasing.is_tombstone(event) for event in some)


class Noted(NamedTuple):
    """A story whose content was taken out of this store, and when that was done last, in ms since 1970."""

    dossier: bytes
    at_ms: int


def note(connection: Connection, dossier: bytes, now_ms: int) -> None:
    """Its content was taken out now: what was copied of this store until now may hold it."""
    own.put(connection, _NOTED + dossier.hex(), now_ms.to_bytes(8, "big"))


def noted(connection: Connection) -> list[Noted]:
    found = own.beginning(connection, _NOTED)
    return [Noted(bytes.fromhex(name.removeprefix(_NOTED)), int.from_bytes(at, "big")) for name, at in found]


def tombstone(connection: Connection, dossier: bytes) -> dict[str, Any]:
    """What the first tombstone here says of the story; nothing where none is here."""
    for row in connection.execute(_ROWS, {"d": dossier}):
        if row.payload is not None and kind_in(row.header) == erasing.KIND:
            said = json.loads(row.payload)
            return said if isinstance(said, dict) else {}
    return {}


@dataclass(frozen=True)
class Gone:
    """How many payloads went, and the files that they named."""

    payloads: int = 0
    files: frozenset[bytes] = frozenset()


def purge(connection: Connection, dossier: bytes, some: Sequence[Event], where: log.Map) -> Gone:
    """Payloads of logs that do not count go too; the page cells that held them are overwritten."""
    folded = fold.fold(dossier, some)
    if folded.erased is None:
        return Gone()
    kept = {entry.event.hash for entry in folded.entries if entry.payload is not None}
    return _take_out(connection, dossier, kept, where)


def _take_out(connection: Connection, dossier: bytes, kept: Collection[bytes], where: log.Map) -> Gone:
    """All payloads of the dossier but those of the events `kept`, by their hashes."""
    files: set[bytes] = set()
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
        files.update(_file_in(row))
        mark = log.proof_of(row, salt)
        connection.execute(_ERASE, {"h": row.hash, "p": mark, "a": Absent.ERASED.value})
        count += 1
    for branch in where.branches:
        connection.execute(_DROP_SALT, {"b": branch, "d": dossier})
    return Gone(count, frozenset(files))


def _file_in(row: Any) -> Iterator[bytes]:
    if kind_in(row.header) == "attached":
        with suppress(ValueError, KeyError, TypeError):
            yield bytes.fromhex(json.loads(row.payload)["sha256"])


def forget_file(connection: Connection, digest: bytes) -> None:
    """A file that no dossier names any more is no file of this store; its bytes are told to be dropped."""
    if blobs.named(connection, digest) is None:
        _FORGET_FILE.run(connection, digest=digest)
        own.put(connection, _DROPPED + digest.hex(), b"")


def dropped(connection: Connection) -> list[bytes]:
    """The files of erased dossiers whose bytes are still to go."""
    return [bytes.fromhex(name.removeprefix(_DROPPED)) for name, _ in own.beginning(connection, _DROPPED)]


def set_dropped(connection: Connection, digest: bytes) -> None:
    """Its bytes are gone, or are another dossier's now."""
    own.drop(connection, _DROPPED + digest.hex())


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
_FORGET_FILE = Prepared(text("DELETE FROM blobs WHERE digest = :digest"))
_OVERWRITE: Final = text("PRAGMA secure_delete = ON")
_FORGET: Final = (
    text("INSERT INTO words(words) VALUES ('optimize')"),
    text("CREATE VIRTUAL TABLE temp.words_left USING fts5vocab('main', 'words', 'row')"),
    text("DELETE FROM terms WHERE term NOT IN (SELECT term FROM temp.words_left)"),
    text("DROP TABLE temp.words_left"),
)
