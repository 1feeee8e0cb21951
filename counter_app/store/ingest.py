"""Takes in runs of other logs: proven bytes only, each once, forks kept as branches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import bindparam, insert, literal, select, update

from counter_app.crypto.signing import HEAD, verify
from counter_app.domain import canonical, hlc
from counter_app.domain.errors import BadInput, Refused
from counter_app.domain.events import (
    NOTHING_BEFORE,
    SALT,
    Absent,
    Header,
    chain,
    head_data,
    log_name,
    payload_key,
)
from counter_app.domain.runs import Packed, Run
from counter_app.store import log, own
from counter_app.store.tables import branches, events, logs, salts, signatures
from counter_app.store.trust import settle_trust
from counter_app.store.writer import Writer

LONGEST_RUN: Final = 16 * 1024  # bytes of headers and payloads: what a carrier must be able to cut
_PROOF: Final = 32  # bytes of p and of k


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


@dataclass(frozen=True)
class _Proven:
    """`salt`: the one that proved the payload, none where a key of its own or nothing did."""

    header: Header
    hash: bytes
    row: Mapping[str, Any]
    salt: bytes | None


def _take(writer: Writer, run: Run, taken: Taken) -> None:
    known = writer.map.find(run.log)
    headers = _headers(run)
    if known is None:
        stranger = _introduction(run, headers)
        before, proven = _prove(writer, run, headers, stranger["public"])
        log_id, _ = log.add_log(writer.connection, stranger)
        writer.reload()
    else:
        log_id = known.id
        before, proven = _prove(writer, run, headers, known.public)
    at = _place(writer, log_id, run.first - 1, before)
    for event in proven:
        here = writer.connection.execute(_BY_HASH, {"h": event.hash}).first()
        if here is not None:
            at, taken.known = int(here.branch_id), taken.known + 1
            if here.absent == Absent.NOT_CARRIED and event.row["payload"] is not None:
                _complete(writer, at, event)
            continue
        at = _attach(writer, log_id, at, event, taken)
        log.add_events(writer.connection, [{"branch_id": at, **event.row, "key": _key(writer, at, event)}])
        writer.clock = hlc.merge(writer.clock, event.header.hlc, writer.now_ms)
        writer.touch(event.header.dossier)
        taken.new += 1
        if event is proven[-1]:
            log.add_signature(writer.connection, at, event.header.seq, run.signature)
        if run.log == writer.log:
            own.put_text(writer.connection, own.RENEW, "forked")


def _key(writer: Writer, branch: int, event: _Proven) -> bytes | None:
    """The payload's key, where the branch's salt is not (or, by a lying author, not the only) proof of it."""
    dossier, key = event.header.dossier, event.row["key"]
    if event.salt is None:
        return None if key is None else bytes(key)
    log.add_salt(writer.connection, branch, dossier, event.salt)
    if log.salt_for(writer.connection, branch, dossier, writer.map) == event.salt:
        return None
    return payload_key(event.salt, event.header.seq)


def _complete(writer: Writer, branch: int, event: _Proven) -> None:
    """Puts in the payload of an event that an earlier carrier had left out."""
    values = {name: event.row[name] for name in ("payload", "proof", "absent")}
    key = _key(writer, branch, event)
    writer.connection.execute(update(events).where(events.c.hash == event.hash).values(**values, key=key))
    writer.touch(event.header.dossier)


def _headers(run: Run) -> list[Header]:
    try:
        headers = [Header.from_bytes(packed.header) for packed in run.events]
    except BadInput as error:
        raise Refused("run-unreadable") from error
    if not headers or any(
        head.log != run.log or head.seq != run.first + number for number, head in enumerate(headers)
    ):
        raise Refused("run-unreadable")
    if not all(_sized(packed) for packed in run.events) or any(len(s) != SALT for s in run.salts.values()):
        raise Refused("run-unreadable")
    if sum(len(packed.header) + len(packed.payload or b"") for packed in run.events) > LONGEST_RUN:
        raise Refused("run-too-long")
    return headers


def _sized(packed: Packed) -> bool:
    # HMAC takes keys of any length, and pads them: only one length makes one form of each.
    return all(part is None or len(part) == _PROOF for part in (packed.key, packed.proof))


def _introduction(run: Run, headers: list[Header]) -> dict[str, Any]:
    """The row of a log that was never met. Its name is the hash of the key that its event 1 states."""
    first = run.events[0].payload
    if run.first != 1 or headers[0].kind != "log_opened" or first is None:
        raise Refused("log-unknown")
    try:
        told = canonical.decode(first)
        public, sealing, commune = (
            _hex(told[name], size) for name, size in (("ed25519", 32), ("x25519", 32), ("commune", 16))
        )
        machine = told["machine"]
    except (BadInput, KeyError, TypeError, ValueError) as error:
        raise Refused("log-unknown") from error
    if log_name(public) != run.log or commune != headers[0].dossier or not isinstance(machine, str):
        raise Refused("log-unknown")
    row = {"log": run.log, "public": public, "sealing": sealing, "machine": machine}
    return {**row, "commune": commune, "trust": log.ASIDE}


def _hex(text: str, size: int) -> bytes:
    data = bytes.fromhex(text)
    if len(data) != size or data.hex() != text:
        raise ValueError(text)
    return data


def _prove(writer: Writer, run: Run, headers: list[Header], public: bytes) -> tuple[bytes, list[_Proven]]:
    """The head that the run continues and its events; Refused where neither chain nor signature holds."""
    for before in _heads_before(writer, run):
        proven, head = [], before
        for packed, header in zip(run.events, headers, strict=True):
            salt = run.salts.get(header.dossier)
            mark = packed.proved(salt, header.seq)
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
                "key": packed.key if packed.payload is not None else None,
                "absent": _absence(packed.payload, packed.absent),
            }
            by_salt = packed.payload is not None and packed.key is None
            proven.append(_Proven(header, head, row, salt if by_salt else None))
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


def _place(writer: Writer, log_id: int, seq: int, hash_: bytes) -> int:
    """The branch that holds the event before the run."""
    if seq == 0:
        return next(row.id for row in writer.map.branches_of(log_id) if row.parent_id is None)
    return int(writer.connection.execute(_BY_HASH, {"h": hash_}).one().branch_id)


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
