"""The event log as it lies in the store: logs, branches, events read back for the fold."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, insert, select

from counter_app.domain import canonical, kinds
from counter_app.domain.events import (
    NOTHING_BEFORE,
    Absent,
    Branch,
    Event,
    Header,
    kind_in,
    payload_key,
    proof,
)
from counter_app.store.prepared import ONE, Prepared
from counter_app.store.tables import branches, events, logs, salts, signatures

OWN, TRUSTED, DISTRICT, ASIDE = "own", "trusted", "district", "aside"


class LogRow(NamedTuple):
    """A log that this store has met. `trust` is own, trusted, district (one of its logs) or aside."""

    id: int
    log: bytes
    public: bytes
    sealing: bytes
    machine: str
    commune: bytes
    trust: str


class BranchRow(NamedTuple):
    """What it holds after `until` is set aside: the district has revoked its machine."""

    id: int
    log_id: int
    parent_id: int | None
    from_seq: int
    from_hash: bytes | None
    until: int | None = None


class EventRow(NamedTuple):
    """What the fold needs of an event's row."""

    branch_id: int
    hash: bytes
    dossier: bytes
    header: bytes
    payload: bytes | None
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

    @property
    def above(self) -> frozenset[bytes]:
        """The district's logs."""
        return frozenset(row.log for row in self.logs.values() if row.trust == DISTRICT)

    @property
    def origins(self) -> dict[bytes, bytes]:
        """The commune's id that each log bears, trusted or not."""
        return {row.log: row.commune for row in self.logs.values()}

    def branches_of(self, log_id: int) -> list[BranchRow]:
        return [row for row in self.branches.values() if row.log_id == log_id]

    def firsts_of(self, log_id: int) -> list[int]:
        """The branches that may hold its first event, where it may have forked: in one order for all."""
        found = [row for row in self.branches_of(log_id) if row.from_seq == 1]
        return [row.id for row in sorted(found, key=lambda row: row.from_hash or b"")]

    def lineage(self, branch_id: int) -> list[BranchRow]:
        """The branch and those that it parted from, the nearest first."""
        found = []
        at: int | None = branch_id
        while at is not None:
            found.append(self.branches[at])
            at = self.branches[at].parent_id
        return found

    def path(self, branch_id: int) -> tuple[Branch, ...]:
        if branch_id not in self._paths:  # each event asks for its own
            self._paths[branch_id] = tuple(
                Branch(row.from_seq, row.from_hash)
                for row in reversed(self.lineage(branch_id))
                if row.from_hash is not None
            )
        return self._paths[branch_id]

    @cached_property
    def _paths(self) -> dict[int, tuple[Branch, ...]]:
        return {}


def read_map(connection: Connection) -> Map:
    rows = _MAP.all(connection)  # every log has a branch
    width = len(LogRow._fields)
    return Map(
        {row[0]: LogRow(*row[:width]) for row in rows},
        {row[width]: BranchRow(*row[width:]) for row in rows},
    )


def head(connection: Connection, branch_id: int) -> Head:
    """The branch's last event; for an empty branch, the place where it begins."""
    row = _HEAD.first(connection, b=branch_id)
    return Head(*row) if row else Head(0, NOTHING_BEFORE)


def dossier_events(connection: Connection, dossier: bytes, where: Map) -> list[Event]:
    """All events of a dossier that are here, as the fold reads them."""
    return [as_event(EventRow(*row), where) for row in _OF_DOSSIER.all(connection, d=dossier)]


def begun_with(connection: Connection, shelf: bytes) -> list[bytes]:
    """The ids of all stories here that begin with these bytes, in their order; the index alone is read."""
    above = (int.from_bytes(shelf, "big") + 1).to_bytes(len(shelf) + 1, "big").lstrip(b"\0")
    return [bytes(row[0]) for row in _BEGUN_WITH.all(connection, a=shelf, b=above)]


def as_event(row: Any, where: Map) -> Event:
    # Header and payload were checked as canonical when they came in; reading them back need not check again.
    absent = Absent(row.absent)
    payload = canonical.known(row.payload) if row.payload is not None and not absent else None
    header = Header.known(row.header)
    if not is_heard(header, row.branch_id, where):
        payload, absent = None, Absent.ASIDE
    return Event(header, row.hash, payload, where.path(row.branch_id), absent)


def is_heard(header: Header, branch_id: int, where: Map) -> bool:
    """Whether the event counts, or is set aside with its log, or beyond its log's limit."""
    branch = where.branches[branch_id]
    trust = where.logs[branch.log_id].trust
    if branch.until is None or header.seq <= branch.until:
        return trust != ASIDE
    # What this store itself joined it obeys, whatever became of its log.
    return trust == OWN and header.kind == "joined"


def every_dossier(connection: Connection, where: Map) -> Iterator[tuple[bytes, list[Event]]]:
    """All events, dossier by dossier, a few thousand rows in memory at a time."""
    current: bytes | None = None
    found: list[Event] = []
    for row in connection.execute(_BY_DOSSIER, execution_options={"yield_per": 2000}):
        if row.dossier != current:
            if current is not None:
                yield current, found
            current, found = row.dossier, []
        found.append(as_event(row, where))
    if current is not None:
        yield current, found


def first_of(connection: Connection, branch_id: int) -> list[dict[str, Any]]:
    """The payload of a log's first event, whatever its standing; empty where it is not here."""
    raw = connection.execute(_FIRST, {"b": branch_id}).scalar()
    value = json.loads(raw) if raw is not None else None
    return [value] if isinstance(value, dict) else []


def branch_of(connection: Connection, hash_: bytes) -> int | None:
    """The branch that holds the event of that hash."""
    found = connection.execute(_BRANCH_OF, {"h": hash_}).scalar()
    return None if found is None else int(found)


def ends_of(connection: Connection, dossier: bytes) -> list[tuple[int, int]]:
    """(branch, seq) of the dossier's last event on each branch."""
    return [(row[0], row[1]) for row in _ENDS.all(connection, d=dossier)]


def beyond(connection: Connection, branch_id: int, seq: int) -> tuple[set[bytes], int | None]:
    """The dossiers of the branch's events after that place, and the hybrid time of the first of them.

    Pages of the office's books are none.
    """
    rows = _BEYOND.all(connection, b=branch_id, s=seq)
    first = Header.from_bytes(rows[0][1]).hlc if rows else None
    return {bytes(row[0]) for row in rows if kind_in(row[1]) not in kinds.OF_BOOK}, first


def next_hlc(connection: Connection, branch_id: int, seq: int) -> int | None:
    """The hybrid time of the branch's first event after that place; None where there is none."""
    row = _NEXT.first(connection, b=branch_id, s=seq)
    return None if row is None else Header.from_bytes(row[0]).hlc


def salt_for(connection: Connection, branch_id: int, dossier: bytes, where: Map) -> bytes | None:
    """The salt that this log drew for the dossier, on this branch or before it parted."""
    for row in where.lineage(branch_id):
        found = _SALT.first(connection, b=row.id, d=dossier)
        if found is not None:
            return bytes(found[0])
    return None


def proof_of(row: Any, salt: bytes | None) -> bytes | None:
    """p of an event row; None where neither payload and key nor p are here."""
    if row.payload is None:
        return bytes(row.proof) if row.proof is not None else None
    key = row.key or (payload_key(salt, row.seq) if salt else None)
    return proof(key, row.payload) if key else None


def add_log(connection: Connection, row: Mapping[str, Any]) -> tuple[int, int]:
    """A new log with its root branch; the ids of both."""
    made = connection.execute(insert(logs).values(**row)).inserted_primary_key
    assert made is not None
    log_id = int(made[0])
    return log_id, add_branch(connection, log_id, None, 1, None)


def add_branch(
    connection: Connection, log_id: int, parent: int | None, from_seq: int, from_hash: bytes | None
) -> int:
    made = connection.execute(
        insert(branches).values(log_id=log_id, parent_id=parent, from_seq=from_seq, from_hash=from_hash)
    )
    assert made.inserted_primary_key is not None
    return int(made.inserted_primary_key[0])


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
    return connection.execute(select(func.count()).select_from(events)).scalar_one()


_BEYOND = Prepared(
    select(events.c.dossier, events.c.header)
    .where(events.c.branch_id == bindparam("b"), events.c.seq > bindparam("s"))
    .order_by(events.c.seq)
)
_NEXT = Prepared(
    select(events.c.header)
    .where(events.c.branch_id == bindparam("b"), events.c.seq > bindparam("s"))
    .order_by(events.c.seq)
    .limit(ONE)
)
_ENDS = Prepared(
    select(events.c.branch_id, func.max(events.c.seq))
    .where(events.c.dossier == bindparam("d"))
    .group_by(events.c.branch_id)
)
_MAP = Prepared(select(logs, branches).join_from(logs, branches).order_by(logs.c.id, branches.c.id))
_HEAD = Prepared(
    select(events.c.seq, events.c.hash)
    .where(events.c.branch_id == bindparam("b"))
    .order_by(events.c.seq.desc())
    .limit(ONE)
)
_BRANCH_OF = select(events.c.branch_id).where(events.c.hash == bindparam("h"))
_FIRST = select(events.c.payload).where(events.c.branch_id == bindparam("b"), events.c.seq == 1)
_COLUMNS = (
    events.c.branch_id,
    events.c.hash,
    events.c.dossier,
    events.c.header,
    events.c.payload,
    events.c.absent,
)
_OF_DOSSIER = Prepared(select(*_COLUMNS).where(events.c.dossier == bindparam("d")))
_BEGUN_WITH = Prepared(
    select(events.c.dossier)
    .where(events.c.dossier >= bindparam("a"), events.c.dossier < bindparam("b"))
    .distinct()
    .order_by(events.c.dossier)
)
_BY_DOSSIER = select(*_COLUMNS).order_by(events.c.dossier)
_SALT = Prepared(
    select(salts.c.salt).where(salts.c.branch_id == bindparam("b"), salts.c.dossier == bindparam("d"))
)
_ADD_EVENT = Prepared(
    insert(events), *("branch_id", "seq", "hash", "dossier", "header", "payload", "proof", "key", "absent")
)
_NEITHER: dict[str, Any] = {"proof": None, "key": None, "absent": ""}
_ADD_SIGNATURE = Prepared(insert(signatures).prefix_with("OR REPLACE"), "branch_id", "seq", "signature")
_SALT_COLUMNS = ("branch_id", "dossier", "salt")
_DRAW_SALT = Prepared(insert(salts), *_SALT_COLUMNS)
_ADD_SALT = Prepared(insert(salts).prefix_with("OR IGNORE"), *_SALT_COLUMNS)
