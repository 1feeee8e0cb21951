"""Takes in runs of other logs: proven bytes only, each once, forks kept as branches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import bindparam, insert, literal, select, update

from counter_app.crypto.proof import Proven, headers_of, introduction, prove
from counter_app.domain import hlc
from counter_app.domain.errors import Refused
from counter_app.domain.events import NOTHING_BEFORE, Absent, payload_key
from counter_app.domain.runs import Run
from counter_app.store import log, own
from counter_app.store.tables import branches, events, logs, salts, signatures
from counter_app.store.trust import settle_trust
from counter_app.store.writer import Writer


@dataclass
class Taken:
    """What an import did: events new here, events that were here before, runs refused by reason."""

    new: int = 0
    known: int = 0
    forks: int = 0
    refused: tuple[tuple[str, str], ...] = ()  # (log name, reason)

    def refuse(self, run: Run, reason: str) -> None:
        self.refused += ((run.log.hex(), reason),)


def ingest(writer: Writer, runs: Iterable[Run]) -> Taken:
    """Takes the runs in, in their order. A run that proves nothing is refused; the others go on."""
    taken = Taken()
    for run in runs:
        try:
            _take(writer, run, taken)
        except Refused as refusal:
            taken.refuse(run, refusal.why)
    writer.reload()
    settle_trust(writer)
    return taken


def _take(writer: Writer, run: Run, taken: Taken) -> None:
    known = writer.map.find(run.log)
    headers = headers_of(run)
    if known is None:
        stranger = introduction(run, headers[0])
        before, proven = prove(run, headers, stranger.public, _heads_before(writer, run))
        log_id, _ = log.add_log(writer.connection, {**asdict(stranger), "trust": log.ASIDE})
        writer.reload()
    else:
        log_id = known.id
        before, proven = prove(run, headers, known.public, _heads_before(writer, run))
    at = _place(writer, log_id, run.first - 1, before)
    for event in proven:
        here = writer.connection.execute(_BY_HASH, {"h": event.hash}).first()
        if here is not None:
            at, taken.known = int(here.branch_id), taken.known + 1
            if here.absent == Absent.NOT_CARRIED and event.packed.payload is not None:
                _complete(writer, at, event)
            continue
        at = _attach(writer, log_id, at, event, taken)
        log.add_events(
            writer.connection,
            [{"branch_id": at, "seq": event.header.seq, "hash": event.hash, **_row(writer, at, event)}],
        )
        writer.clock = hlc.merge(writer.clock, event.header.hlc, writer.now_ms)
        writer.touch(event.header.dossier)
        taken.new += 1
        if event is proven[-1]:
            log.add_signature(writer.connection, at, event.header.seq, run.signature)
        if run.log == writer.log:
            own.put_text(writer.connection, own.RENEW, "forked")


def _row(writer: Writer, branch: int, event: Proven) -> dict[str, Any]:
    payload = event.packed.payload
    return {
        "dossier": event.header.dossier,
        "header": event.packed.header,
        "payload": payload,
        "proof": event.mark if payload is None else None,
        "key": _key(writer, branch, event),
        "absent": event.absent.value,
    }


def _key(writer: Writer, branch: int, event: Proven) -> bytes | None:
    """The payload's key, where the branch's salt is not (or, by a lying author, not the only) proof of it."""
    dossier, key = event.header.dossier, event.packed.key
    if event.packed.payload is None:
        return None
    if event.salt is None:
        return key
    log.add_salt(writer.connection, branch, dossier, event.salt)
    if log.salt_for(writer.connection, branch, dossier, writer.map) == event.salt:
        return None
    return payload_key(event.salt, event.header.seq)


def _complete(writer: Writer, branch: int, event: Proven) -> None:
    """Puts in the payload of an event that an earlier carrier had left out."""
    row = _row(writer, branch, event)
    values = {name: row[name] for name in ("payload", "proof", "absent", "key")}
    writer.connection.execute(update(events).where(events.c.hash == event.hash).values(**values))
    writer.touch(event.header.dossier)


def _heads_before(writer: Writer, run: Run) -> list[bytes]:
    if run.first == 1:
        return [NOTHING_BEFORE]
    found = writer.connection.execute(_AT_SEQ, {"log": run.log, "s": run.first - 1}).scalars().all()
    if not found:
        raise Refused("run-has-a-gap")
    return [bytes(hash_) for hash_ in found]


def _place(writer: Writer, log_id: int, seq: int, hash_: bytes) -> int:
    """The branch that holds the event before the run."""
    if seq == 0:
        return next(row.id for row in writer.map.branches_of(log_id) if row.parent_id is None)
    return int(writer.connection.execute(_BY_HASH, {"h": hash_}).one().branch_id)


def _attach(writer: Writer, log_id: int, branch: int, event: Proven, taken: Taken) -> int:
    """The branch to append to; where another event stands in the place already, the log forks there."""
    connection, seq = writer.connection, event.header.seq
    children = [
        row for row in writer.map.branches.values() if row.parent_id == branch and row.from_seq == seq
    ]
    standing = connection.execute(_AT_PLACE, {"b": branch, "s": seq}).scalar()
    if standing is None and not children:
        return branch
    taken.forks += 1
    if standing is not None:
        _part(writer, log_id, branch, seq, bytes(standing))
    made = log.add_branch(connection, log_id, branch, seq, event.hash)
    writer.reload()
    return made


def _part(writer: Writer, log_id: int, branch: int, seq: int, hash_: bytes) -> None:
    """Moves what stands at and after `seq` into a branch of its own."""
    connection = writer.connection
    grandchildren = [
        row.id for row in writer.map.branches.values() if row.parent_id == branch and row.from_seq > seq
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
        writer.touch(dossier)
    keys = writer.notes.keys
    if keys is not None and keys.branch == branch:
        writer.notes.keys = own.Keys(keys.signing, keys.sealing, moved)
        writer.notes.write()


_BY_HASH = select(events.c.branch_id, events.c.absent).where(events.c.hash == bindparam("h"))
_AT_PLACE = select(events.c.hash).where(events.c.branch_id == bindparam("b"), events.c.seq == bindparam("s"))
# Not a join: without statistics SQLite would go through all events for it, 1.7 s of half a million.
_BRANCHES_OF = (
    select(branches.c.id).join(logs, logs.c.id == branches.c.log_id).where(logs.c.log == bindparam("log"))
)
_AT_SEQ = select(events.c.hash).where(events.c.branch_id.in_(_BRANCHES_OF), events.c.seq == bindparam("s"))
