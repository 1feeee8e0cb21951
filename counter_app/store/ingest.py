"""Takes in runs of other logs: proven bytes only, each once, forks kept as branches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select, update

from counter_app.crypto.signing import HEAD, verify
from counter_app.domain import canonical, hlc
from counter_app.domain.errors import BadInput, Refused
from counter_app.domain.events import NOTHING_BEFORE, Absent, Header, chain, head_data, log_name
from counter_app.domain.runs import Run
from counter_app.store import log, own
from counter_app.store.tables import branches, events, logs, signatures
from counter_app.store.trust import settle_trust
from counter_app.store.writer import Writer

RENEW = "renew"  # own: this log has gone on elsewhere too, the next start takes a new one


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
    settle_trust(writer)
    return taken


@dataclass(frozen=True)
class _Proven:
    header: Header
    raw: bytes
    hash: bytes
    row: Mapping[str, Any]


def _take(writer: Writer, run: Run, taken: Taken) -> None:
    known = writer.map.find(run.log)
    headers = _headers(run)
    public = known.public if known else _public_key(run, headers)
    before, proven = _prove(writer, run, headers, public)
    if known is None:
        known = _meet(writer, run, headers)
    at = _place(writer, known.id, run.first - 1, before)
    for number, event in enumerate(proven):
        here = writer.connection.execute(_BY_HASH, {"h": event.hash}).scalar()
        if here is not None:
            at, taken.known = int(here), taken.known + 1
            continue
        at = _attach(writer, known.id, at, event, taken)
        salt = run.salts.get(event.header.dossier)
        if salt is not None:
            log.add_salt(writer.connection, at, event.header.dossier, salt)
        log.add_events(writer.connection, [{"branch_id": at, **event.row}])
        writer.clock = hlc.merge(writer.clock, event.header.hlc, writer.now_ms)
        writer.touch(event.header.dossier)
        taken.new += 1
        if number == len(proven) - 1:
            log.add_signature(writer.connection, at, event.header.seq, run.signature)


def _headers(run: Run) -> list[Header]:
    try:
        headers = [Header.from_bytes(packed.header) for packed in run.events]
    except BadInput as error:
        raise Refused("run-unreadable") from error
    if not headers or any(
        head.log != run.log or head.seq != run.first + number for number, head in enumerate(headers)
    ):
        raise Refused("run-unreadable")
    return headers


def _public_key(run: Run, headers: list[Header]) -> bytes:
    # A log that was never met introduces itself: its name is the hash of the key that event 1 states.
    opening = _opening(run, headers)
    try:
        public = bytes.fromhex(str(opening.get("ed25519")))
    except ValueError as error:
        raise Refused("log-unknown") from error
    if log_name(public) != run.log:
        raise Refused("log-unknown")
    return public


def _opening(run: Run, headers: list[Header]) -> Mapping[str, Any]:
    first = run.events[0].payload
    if run.first != 1 or headers[0].kind != "log_opened" or first is None:
        raise Refused("log-unknown")
    try:
        return canonical.decode(first)
    except BadInput as error:
        raise Refused("log-unknown") from error


def _prove(writer: Writer, run: Run, headers: list[Header], public: bytes) -> tuple[bytes, list[_Proven]]:
    """The head that the run continues and its events; Refused where neither chain nor signature holds."""
    for before in _heads_before(writer, run):
        proven, head = [], before
        for packed, header in zip(run.events, headers, strict=True):
            mark = packed.proved(run.salts.get(header.dossier), header.seq)
            if mark is None:
                raise Refused("run-incomplete")
            head = chain(head, packed.header, mark)
            row = {
                "seq": header.seq,
                "hash": head,
                "dossier": header.dossier,
                "header": packed.header,
                "payload": packed.payload,
                "proof": mark if packed.payload is None else None,
                "key": packed.key,
                "absent": _absence(packed.payload, packed.absent),
            }
            proven.append(_Proven(header, packed.header, head, row))
        if verify(public, HEAD, head_data(run.log, run.last, head), run.signature):
            return before, proven
    raise Refused("run-not-proven")


def _absence(payload: bytes | None, why: str) -> str:
    if payload is None:
        return Absent.ERASED.value if why == Absent.ERASED else Absent.NOT_CARRIED.value
    try:
        canonical.decode(payload)
    except BadInput:
        return Absent.UNREADABLE.value
    return Absent.NO.value


def _heads_before(writer: Writer, run: Run) -> list[bytes]:
    if run.first == 1:
        return [NOTHING_BEFORE]
    found = writer.connection.execute(_AT_SEQ, {"log": run.log, "s": run.first - 1}).scalars().all()
    if not found:
        raise Refused("run-has-a-gap")
    return [bytes(hash_) for hash_ in found]


def _meet(writer: Writer, run: Run, headers: list[Header]) -> log.LogRow:
    opening = _opening(run, headers)
    try:
        row = {
            "log": run.log,
            "public": bytes.fromhex(opening["ed25519"]),
            "sealing": bytes.fromhex(opening["x25519"]),
            "machine": str(opening["machine"]),
            "commune": bytes.fromhex(opening["commune"]),
            "trust": log.ASIDE,
        }
    except (KeyError, TypeError, ValueError) as error:
        raise Refused("log-unknown") from error
    log.add_log(writer.connection, row)
    writer.reload()
    met = writer.map.find(run.log)
    assert met is not None
    return met


def _place(writer: Writer, log_id: int, seq: int, hash_: bytes) -> int:
    """The branch that holds the event before the run."""
    if seq == 0:
        return next(row.id for row in writer.map.branches_of(log_id) if row.parent_id is None)
    return int(writer.connection.execute(_BY_HASH, {"h": hash_}).scalar_one())


def _attach(writer: Writer, log_id: int, branch: int, event: _Proven, taken: Taken) -> int:
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
    connection.execute(update(branches).where(branches.c.id.in_(grandchildren)).values(parent_id=moved))
    touched = connection.execute(select(events.c.dossier).where(events.c.branch_id == moved).distinct())
    for dossier in touched.scalars().all():
        writer.touch(dossier)
    keys = own.keys(connection)
    if keys.branch == branch:
        own.set_keys(connection, own.Keys(keys.signing, keys.sealing, moved))
        own.put_text(connection, RENEW, "forked")


_BY_HASH = select(events.c.branch_id).where(events.c.hash == bindparam("h"))
_AT_PLACE = select(events.c.hash).where(events.c.branch_id == bindparam("b"), events.c.seq == bindparam("s"))
_AT_SEQ = (
    select(events.c.hash)
    .join(branches, branches.c.id == events.c.branch_id)
    .join(logs, logs.c.id == branches.c.log_id)
    .where(logs.c.log == bindparam("log"), events.c.seq == bindparam("s"))
)
