"""The store's logs as an exchange sees them: `Shelf` to read, `StoreLedger` to take runs into."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Integer, bindparam, func, insert, literal, literal_column, select, update

from counter_app.crypto.proof import Introduction, Proven
from counter_app.domain import hlc
from counter_app.domain.runs import Packed
from counter_app.store import log, own
from counter_app.store.prepared import ONE, Prepared
from counter_app.store.tables import branches, events, logs, salts, signatures
from counter_app.store.writer import Writer
from counter_app.sync.ledger import Held, Known, Named, Row, Twig


class Shelf:
    def __init__(self, connection: Connection, where: log.Map) -> None:
        self.connection = connection
        self.map = where

    def twigs(self) -> list[Twig]:
        return [
            Twig(row.id, self.map.log_of(row.id).log, row.parent_id, row.from_seq)
            for row in sorted(
                self.map.branches.values(), key=lambda row: (row.log_id, len(self.map.path(row.id)))
            )
        ]

    def head(self, branch: int) -> tuple[int, bytes] | None:
        tip = log.head(self.connection, branch)
        return (tip.seq, tip.hash) if tip.seq else None

    def hash_at(self, branch: int, seq: int) -> bytes | None:
        found = _HASH_AT.first(self.connection, b=branch, s=seq)
        return None if found is None else bytes(found[0])

    def after(self, branch: int, seq: int) -> Iterator[Row]:
        for row in self.connection.execute(_AFTER, {"b": branch, "s": seq}):
            absent = row.absent if row.payload is None else ""
            yield Row(row.seq, row.dossier, Packed(row.header, row.payload, row.key, row.proof, absent))

    def signed_after(self, branch: int, seq: int) -> Iterator[tuple[int, bytes]]:
        while rows := _SIGNATURES.all(self.connection, b=branch, s=seq):
            yield from ((row[0], row[1]) for row in rows)
            seq = rows[-1][0]

    def last_signed(self, branch: int) -> int | None:
        found = self.connection.execute(_LAST_SIGNED, {"b": branch}).scalar()
        return None if found is None else int(found)

    def salts(self, branch: int, dossiers: Collection[bytes]) -> dict[bytes, bytes]:
        found = ((d, log.salt_for(self.connection, branch, d, self.map)) for d in dossiers)
        return {dossier: salt for dossier, salt in found if salt is not None}

    def met(self, branch: int, seq: int, dossiers: Collection[bytes]) -> set[bytes]:
        """Those of the dossiers of which the log has an event at or before `seq`, on this branch or above."""
        found: set[bytes] = set()
        for row in self.map.lineage(branch):
            found.update(
                dossier for dossier in dossiers if _MET.first(self.connection, b=row.id, s=seq, d=dossier)
            )
            seq = row.from_seq - 1
        return found

    def branch_of(self, name: bytes, seq: int, hash_: bytes) -> int | None:
        return log.branch_of(self.connection, hash_)

    def hashes_at(self, name: bytes, seq: int) -> list[bytes]:
        return [bytes(row[0]) for row in _AT_SEQ.all(self.connection, log=name, s=seq)]

    def held(self, named: Collection[Named]) -> dict[bytes, Held]:
        found = ((h, _BY_HASH.first(self.connection, h=h)) for _, _, h in named)
        return {h: Held(int(row[0]), row[1]) for h, row in found if row is not None}


class StoreLedger(Shelf):
    """Takes into the writer's transaction; what it touches is folded again when the writer ends."""

    def __init__(self, writer: Writer) -> None:
        super().__init__(writer.connection, writer.map)
        self.writer = writer
        self._moved = False

    @property
    def trust_moved(self) -> bool:
        """Whether what was taken in decides whose events count: an event of the commune itself, a log, a
        branch; or whether a limit stands, which any event of that log may reach."""
        return self._moved or any(row.until is not None for row in self.map.branches.values())

    def find(self, name: bytes) -> Known | None:
        row = self.map.find(name)
        return None if row is None else Known(row.id, row.public)

    def add_log(self, who: Introduction) -> int:
        log_id, _ = log.add_log(self.connection, {**asdict(who), "trust": log.ASIDE})
        self._reload()
        return log_id

    def root(self, log_id: int) -> int:
        return next(row.id for row in self.map.branches_of(log_id) if row.parent_id is None)

    def parts_at(self, branch: int, seq: int) -> bool:
        return any(row.parent_id == branch and row.from_seq == seq for row in self.map.branches.values())

    def add_branch(self, log_id: int, parent: int, seq: int, hash_: bytes) -> int:
        made = log.add_branch(self.connection, log_id, parent, seq, hash_)
        self._reload()
        return made

    def part(self, log_id: int, branch: int, seq: int, hash_: bytes) -> None:
        connection = self.connection
        grandchildren = [
            row.id for row in self.map.branches.values() if row.parent_id == branch and row.from_seq > seq
        ]
        moved = log.add_branch(connection, log_id, branch, seq, hash_)
        for table in (events, signatures):
            connection.execute(
                update(table).where(table.c.branch_id == branch, table.c.seq >= seq).values(branch_id=moved)
            )
        # The moved events' salts go with them: the other branch may draw another one for the same dossier.
        theirs = select(literal(moved), salts.c.dossier, salts.c.salt).where(salts.c.branch_id == branch)
        connection.execute(insert(salts).from_select(["branch_id", "dossier", "salt"], theirs))
        connection.execute(update(branches).where(branches.c.id.in_(grandchildren)).values(parent_id=moved))
        touched = connection.execute(select(events.c.dossier).where(events.c.branch_id == moved).distinct())
        for dossier in touched.scalars().all():
            self.writer.touch(dossier)
        notes = self.writer.notes
        if notes.keys is not None and notes.keys.branch == branch:
            notes.keys = own.Keys(notes.keys.signing, notes.keys.sealing, moved)
            notes.write()

    def add_salts(self, branch: int, salts: Mapping[bytes, bytes]) -> None:
        for dossier, salt in salts.items():
            log.add_salt(self.connection, branch, dossier, salt)

    def add(self, branch: int, events: Sequence[tuple[Proven, bytes | None]]) -> None:
        writer = self.writer
        for event, key in events:
            header = event.header
            writer.breathe()
            row = {"branch_id": branch, "seq": header.seq, "hash": event.hash, "dossier": header.dossier}
            held = {"header": event.packed.header, **_payload(event, key)}
            log.add_events(self.connection, [{**row, **held}])
            writer.clock = hlc.merge(writer.clock, header.hlc, writer.now_ms)
            self._touch(header.dossier)
        if events[0][0].header.log == writer.log:
            own.put_text(self.connection, own.RENEW, "forked")

    def complete(self, branch: int, event: Proven, key: bytes | None) -> None:
        values = _payload(event, key)
        self.connection.execute(update(events).where(events.c.hash == event.hash).values(**values))
        self._touch(event.header.dossier)

    def sign(self, branch: int, seq: int, signature: bytes) -> None:
        log.add_signature(self.connection, branch, seq, signature)

    def _touch(self, dossier: bytes) -> None:
        self.writer.touch(dossier)
        self._moved |= any(row.commune == dossier for row in self.map.logs.values())

    def _reload(self) -> None:
        self._moved = True
        self.writer.reload()
        self.map = self.writer.map


def _payload(event: Proven, key: bytes | None) -> dict[str, Any]:
    payload = event.packed.payload
    proof = event.mark if payload is None else None
    return {"payload": payload, "proof": proof, "key": key, "absent": event.absent.value}


_HASH_AT = Prepared(
    select(events.c.hash).where(events.c.branch_id == bindparam("b"), events.c.seq == bindparam("s"))
)
_AFTER = (
    select(events)
    .where(events.c.branch_id == bindparam("b"), events.c.seq > bindparam("s"))
    .order_by(events.c.seq)
)
_LAST_SIGNED = select(func.max(signatures.c.seq)).where(signatures.c.branch_id == bindparam("b"))
_SIGNATURES = Prepared(
    select(signatures.c.seq, signatures.c.signature)
    .where(signatures.c.branch_id == bindparam("b"), signatures.c.seq > bindparam("s"))
    .order_by(signatures.c.seq)
    .limit(literal_column("200", Integer))  # of the many of a long log, those of the next runs
)
_BY_HASH = Prepared(select(events.c.branch_id, events.c.absent).where(events.c.hash == bindparam("h")))
# By the dossier's few events: without statistics SQLite would go through the branch's many.
_MET = Prepared(
    select(events.c.seq)
    .where(
        events.c.dossier == bindparam("d"),
        events.c.branch_id.op("+")(0) == bindparam("b"),
        events.c.seq.op("+")(0) <= bindparam("s"),
    )
    .limit(ONE)
)
# Not a join: without statistics SQLite would go through all events for it, 1.7 s of half a million.
_BRANCHES_OF = (
    select(branches.c.id).join(logs, logs.c.id == branches.c.log_id).where(logs.c.log == bindparam("log"))
)
_AT_SEQ = Prepared(
    select(events.c.hash).where(events.c.branch_id.in_(_BRANCHES_OF), events.c.seq == bindparam("s"))
)
