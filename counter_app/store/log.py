"""The event log as it lies in the store: logs, branches, events read back for the fold."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from counter_app.domain.events import NOTHING_BEFORE, Absent, Branch, Event, Header, payload_key, proof
from counter_app.store.database import Connection
from counter_app.store.prepared import Prepared, inserting

OWN, TRUSTED, ASIDE = "own", "trusted", "aside"


class LogRow(NamedTuple):
    """A log that this store has met. `trust` is own, trusted or aside."""

    id: int
    log: bytes
    public: bytes
    sealing: bytes
    machine: str
    commune: bytes
    trust: str


class BranchRow(NamedTuple):
    id: int
    log_id: int
    parent_id: int | None
    from_seq: int
    from_hash: bytes | None


class EventRow(NamedTuple):
    """What the fold needs of an event's row."""

    branch_id: int
    hash: bytes
    dossier: bytes
    header: bytes
    payload: bytes | None
    absent: str


class WholeRow(NamedTuple):
    """All that is kept of an event, as carriers and checks need it."""

    seq: int
    hash: bytes
    dossier: bytes
    header: bytes
    payload: bytes | None
    proof: bytes | None
    key: bytes | None
    absent: str


class Head(NamedTuple):
    """The last event of a branch: its place and hash."""

    seq: int
    hash: bytes


@dataclass(frozen=True)
class Map:
    """All logs and their branches: a handful of rows, read once a transaction."""

    logs: Mapping[int, LogRow]
    branches: Mapping[int, BranchRow]

    def log_of(self, branch_id: int) -> LogRow:
        return self.logs[self.branches[branch_id].log_id]

    def find(self, log: bytes) -> LogRow | None:
        return next((row for row in self.logs.values() if row.log == log), None)

    def branches_of(self, log_id: int) -> list[BranchRow]:
        return [row for row in self.branches.values() if row.log_id == log_id]

    def lineage(self, branch_id: int) -> list[BranchRow]:
        """The branch and those that it parted from, the nearest first."""
        found = []
        at: int | None = branch_id
        while at is not None:
            found.append(self.branches[at])
            at = self.branches[at].parent_id
        return found

    def path(self, branch_id: int) -> tuple[Branch, ...]:
        return tuple(
            Branch(row.from_seq, row.from_hash)
            for row in reversed(self.lineage(branch_id))
            if row.from_hash is not None
        )


def read_map(connection: Connection) -> Map:
    rows = _MAP.all(connection)  # every log has a branch
    width = len(LogRow._fields)
    return Map(
        {row[0]: LogRow(*row[:width]) for row in rows},
        {row[width]: BranchRow(*row[width:]) for row in rows},
    )


def head(connection: Connection, branch_id: int) -> Head:
    """The branch's last event; for an empty branch, the place where it begins."""
    return _HEAD.first(connection, b=branch_id) or Head(0, NOTHING_BEFORE)


def dossier_events(connection: Connection, dossier: bytes, where: Map) -> list[Event]:
    """All events of a dossier that are here, as the fold reads them."""
    return [as_event(row, where) for row in _OF_DOSSIER.each(connection, d=dossier)]


def as_event(row: EventRow, where: Map) -> Event:
    # Payloads were checked as canonical when they came in; reading them back need not check again.
    absent = Absent(row.absent)
    payload = json.loads(row.payload) if row.payload is not None and not absent else None
    if where.log_of(row.branch_id).trust == ASIDE:
        payload, absent = None, Absent.ASIDE
    return Event(Header.from_bytes(row.header), row.hash, payload, where.path(row.branch_id), absent)


def every_dossier(connection: Connection, where: Map) -> Iterator[tuple[bytes, list[Event]]]:
    """All events, dossier by dossier, as they are read."""
    current: bytes | None = None
    found: list[Event] = []
    for row in _BY_DOSSIER.each(connection):
        if row.dossier != current:
            if current is not None:
                yield current, found
            current, found = row.dossier, []
        found.append(as_event(row, where))
    if current is not None:
        yield current, found


def first_of(connection: Connection, branch_id: int) -> list[dict[str, Any]]:
    """The payload of a log's first event, whatever its standing; empty where it is not here."""
    raw = _FIRST.value(connection, b=branch_id)
    value = json.loads(raw) if raw is not None else None
    return [value] if isinstance(value, dict) else []


def branch_of(connection: Connection, hash_: bytes) -> int | None:
    """The branch that holds the event of that hash."""
    found: int | None = _BRANCH_OF.value(connection, h=hash_)
    return found


def salt_for(connection: Connection, branch_id: int, dossier: bytes, where: Map) -> bytes | None:
    """The salt that this log drew for the dossier, on this branch or before it parted."""
    for row in where.lineage(branch_id):
        found: bytes | None = _SALT.value(connection, b=row.id, d=dossier)
        if found is not None:
            return found
    return None


def whole_rows(connection: Connection, branch_id: int, after: int = 0) -> Iterator[WholeRow]:
    """The events of a branch beyond a place, in their order."""
    return _WHOLE.each(connection, b=branch_id, s=after)


def hash_at(connection: Connection, branch_id: int, seq: int) -> bytes | None:
    """The hash of the event in that place of the branch itself."""
    found: bytes | None = _HASH_AT.value(connection, b=branch_id, s=seq)
    return found


def proof_of(row: WholeRow, salt: bytes | None) -> bytes | None:
    """p of an event row; None where neither payload and key nor p are here."""
    if row.payload is None:
        return row.proof
    key = row.key or (payload_key(salt, row.seq) if salt else None)
    return proof(key, row.payload) if key else None


def add_log(connection: Connection, row: Mapping[str, Any]) -> tuple[int, int]:
    """A new log with its root branch; the ids of both."""
    log_id = _ADD_LOG.run(connection, **row)
    return log_id, add_branch(connection, log_id, None, 1, None)


def add_branch(
    connection: Connection, log_id: int, parent: int | None, from_seq: int, from_hash: bytes | None
) -> int:
    return _ADD_BRANCH.run(
        connection, log_id=log_id, parent_id=parent, from_seq=from_seq, from_hash=from_hash
    )


def add_events(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    _ADD_EVENT.run_each(connection, [{**_NEITHER, **row} for row in rows])


def add_signature(connection: Connection, branch_id: int, seq: int, signature: bytes) -> None:
    _ADD_SIGNATURE.run(connection, branch_id=branch_id, seq=seq, signature=signature)


def add_salt(connection: Connection, branch_id: int, dossier: bytes, salt: bytes) -> None:
    _ADD_SALT.run(connection, branch_id=branch_id, dossier=dossier, salt=salt)


def draw_salt(connection: Connection, branch_id: int, dossier: bytes, salt: bytes) -> None:
    """Keeps a salt that must be the first: under another one the chain would not verify."""
    _DRAW_SALT.run(connection, branch_id=branch_id, dossier=dossier, salt=salt)


def count(connection: Connection) -> int:
    return int(_COUNT.value(connection))


_MAP = Prepared(
    "SELECT logs.*, branches.* FROM logs JOIN branches ON logs.id = branches.log_id "
    "ORDER BY logs.id, branches.id"
)
_HEAD = Prepared("SELECT seq, hash FROM events WHERE branch_id = :b ORDER BY seq DESC LIMIT 1", Head)
_BRANCH_OF = Prepared("SELECT branch_id FROM events WHERE hash = :h")
_FIRST = Prepared("SELECT payload FROM events WHERE branch_id = :b AND seq = 1")
_EVENT_ROW = f"SELECT {', '.join(EventRow._fields)} FROM events"
_OF_DOSSIER = Prepared(f"{_EVENT_ROW} WHERE dossier = :d", EventRow)
_BY_DOSSIER = Prepared(f"{_EVENT_ROW} ORDER BY dossier", EventRow)
_WHOLE = Prepared(
    f"SELECT {', '.join(WholeRow._fields)} FROM events WHERE branch_id = :b AND seq > :s ORDER BY seq",
    WholeRow,
)
_HASH_AT = Prepared("SELECT hash FROM events WHERE branch_id = :b AND seq = :s")
_SALT = Prepared("SELECT salt FROM salts WHERE branch_id = :b AND dossier = :d")
_COUNT = Prepared("SELECT count(*) FROM events")
_ADD_LOG = inserting("logs", "log", "public", "sealing", "machine", "commune", "trust")
_ADD_BRANCH = inserting("branches", "log_id", "parent_id", "from_seq", "from_hash")
_ADD_EVENT = inserting(
    *("events", "branch_id", "seq", "hash", "dossier", "header", "payload", "proof", "key", "absent")
)
_NEITHER: dict[str, Any] = {"proof": None, "key": None, "absent": ""}
_ADD_SIGNATURE = inserting("signatures", "branch_id", "seq", "signature", insert="INSERT OR REPLACE")
_DRAW_SALT = inserting("salts", "branch_id", "dossier", "salt")
_ADD_SALT = inserting("salts", "branch_id", "dossier", "salt", insert="INSERT OR IGNORE")
