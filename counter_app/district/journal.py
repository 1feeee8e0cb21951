"""What the district itself does in a commune, as events of a log of its own."""

from __future__ import annotations

import json
import os
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final
from weakref import WeakKeyDictionary

from sqlalchemy import bindparam, select, update

from counter_app.crypto.proof import Introduction, Proven
from counter_app.crypto.signing import HEAD, LOG, Signer
from counter_app.district.identity import Identity
from counter_app.district.ledger import CommuneLedger
from counter_app.district.tables import aliases, branches, events, logs
from counter_app.domain import canonical, commune, hlc, kinds
from counter_app.domain.commune import Commune
from counter_app.domain.errors import NotFound
from counter_app.domain.events import (
    NOTHING_BEFORE,
    SALT,
    Absent,
    Event,
    Header,
    Ref,
    chain,
    head_data,
    log_name,
    payload_key,
    proof,
)
from counter_app.domain.order import arrange, heads_for
from counter_app.domain.runs import Packed
from counter_app.store.log import ASIDE, DISTRICT, OWN, TRUSTED, LogRow, as_event
from counter_app.store.trust import standing
from counter_app.sync.trust import let_in, limits

Act = tuple[str, Mapping[str, Any]]
"""A kind and what its payload says."""
ACTOR: Final = "district"
NOTHING_READ: Final[Mapping[int, int]] = {}
_DESK: Final = 0  # the number of no machine
_ROUNDS: Final = 8
_MOST_KEPT: Final = 32  # communes, those that spoke last
_KEPT: WeakKeyDictionary[Any, OrderedDict[int, tuple[Any, Commune]]] = WeakKeyDictionary()  # of each base


def append(ledger: CommuneLedger, who: Identity, now_ms: int, kind: str, payload: Mapping[str, Any]) -> None:
    """Writes one event of the commune, signed; the district's log is opened with the first."""
    append_all(ledger, who, now_ms, [(kind, payload)])


def append_all(ledger: CommuneLedger, who: Identity, now_ms: int, acts: Iterable[Act]) -> None:
    """The same of several, in their order."""
    signer = who.log_key(ledger.commune)
    if ledger.find(log_name(signer.public)) is None:
        _open(ledger, who, now_ms)
    known = events_of(ledger, own_id(ledger))
    seen: tuple[Ref, ...] | None = None
    for kind, payload in acts:
        known.append(_write(ledger, signer, now_ms, kind, payload, known, seen))
        seen = ()  # the first has seen what was here


def hand_down(ledger: CommuneLedger, who: Identity, now_ms: int, dossier: bytes, acts: Iterable[Act]) -> None:
    """Writes the first events of a dossier, into the log of the district's desk in this commune.

    The district enrols that log as it does a machine's, so that every counter counts it.
    """
    signer = who.desk_key(ledger.commune)
    if ledger.find(log_name(signer.public)) is None:
        _open_desk(ledger, who, signer, now_ms)
    for kind, payload in acts:
        _write(ledger, signer, now_ms, kind, payload, (), (), dossier)


def act_on(
    ledger: CommuneLedger, who: Identity, now_ms: int, dossier: bytes, act: Act, known: Collection[Event]
) -> None:
    """Writes one event of a dossier into the desk's log; it has seen `known`, those that are here."""
    signer = who.desk_key(ledger.commune)
    if ledger.find(log_name(signer.public)) is None:
        _open_desk(ledger, who, signer, now_ms)
    _write(ledger, signer, now_ms, *act, known, None, dossier)


def desk_events(
    ledger: CommuneLedger, after: Mapping[int, int] = NOTHING_READ
) -> Iterator[tuple[int, int, bytes, bytes | None]]:
    """What the district's desks say of dossiers: branch, seq, dossier, payload, beyond the seqs in `after`.

    Desks of all epochs, and of communes that have become a part of this one.
    """
    for event in known_of(ledger).arranged.events:
        head, said = event.header, event.payload
        if head.kind != "enrolled" or head.log not in ledger.above or not said or said.get("device") != _DESK:
            continue
        row = ledger.map.find(log_name(bytes.fromhex(said["ed25519"])))
        for branch in ledger.map.branches_of(row.id) if row is not None else ():
            for one in ledger.after(branch.id, after.get(branch.id, 0)):
                yield branch.id, one.seq, one.dossier, one.packed.payload


def _open_desk(ledger: CommuneLedger, who: Identity, signer: Signer, now_ms: int) -> None:
    origin, sealing = own_id(ledger), who.desk_sealing(ledger.commune)
    said = {
        "commune": origin.hex(),
        "ed25519": signer.public.hex(),
        "x25519": sealing.public.hex(),
        "machine": who.name,
    }
    append(ledger, who, now_ms, "enrolled", {**said, "device": _DESK})
    ledger.add_log(Introduction(log_name(signer.public), signer.public, sealing.public, origin, who.name))
    ledger.reload()
    settle_trust(ledger)
    _write(ledger, signer, now_ms, "log_opened", said, events_of(ledger, origin))


def _open(ledger: CommuneLedger, who: Identity, now_ms: int) -> None:
    signer, sealing = who.log_key(ledger.commune), who.log_sealing(ledger.commune)
    origin = own_id(ledger)
    ledger.add_log(Introduction(log_name(signer.public), signer.public, sealing.public, origin, who.name))
    ledger.connection.execute(
        update(logs)
        .where(logs.c.commune == ledger.commune, logs.c.log == log_name(signer.public))
        .values(trust=OWN)
    )
    ledger.reload()
    endorsed = who.signing.sign(LOG, signer.public)
    said = {
        "commune": origin.hex(),
        "ed25519": signer.public.hex(),
        "x25519": sealing.public.hex(),
        "machine": who.name,
        "district": {"ed25519": who.signing.public.hex(), "endorsed": endorsed.hex()},
    }
    _write(ledger, signer, now_ms, "log_opened", said, events_of(ledger, origin))


def _write(
    ledger: CommuneLedger,
    signer: Signer,
    now_ms: int,
    kind: str,
    payload: Mapping[str, Any],
    known: Collection[Event],
    seen: tuple[Ref, ...] | None = None,
    dossier: bytes | None = None,
) -> Event:
    """`known` are the commune's events here; without `seen` all of them are behind the new one.

    Without a `dossier` the event is the commune's own.
    """
    rule, dossier = kinds.KINDS[kind], dossier or own_id(ledger)
    name = log_name(signer.public)
    row = ledger.map.find(name)
    assert row is not None, "the log is opened first"
    branch = _longest(ledger, row)
    data = canonical.encode(payload)
    written = json.loads(data)
    kinds.read(kind, rule.version, rule.fact, written)
    seq, before = ledger.head(branch) or (0, NOTHING_BEFORE)
    clock = hlc.tick(max(_clock(known, name, now_ms), _last(ledger, branch, seq)), now_ms)
    path = ledger.map.path(branch)
    seen = heads_for(arrange(known), name, path) if seen is None else seen
    header = Header(name, seq + 1, clock, dossier, rule.fact, kind, rule.version, ACTOR, seen)
    salt = ledger.salts(branch, [dossier]).get(dossier) or os.urandom(SALT)
    ledger.add_salts(branch, {dossier: salt})
    mark = proof(payload_key(salt, seq + 1), data)
    hash_ = chain(before, header.to_bytes(), mark)
    packed = Packed(header.to_bytes(), data)
    ledger.add(branch, [(Proven(header, hash_, packed, mark, salt, Absent.NO), None)])
    ledger.sign(branch, seq + 1, signer.sign(HEAD, head_data(name, seq + 1, hash_)))
    return Event(header, hash_, written, path)


def _longest(ledger: CommuneLedger, row: LogRow) -> int:
    """Where to go on: a server put back in time may find its own log forked."""
    parted = {branch.parent_id for branch in ledger.map.branches.values()}
    ends = [branch.id for branch in ledger.map.branches_of(row.id) if branch.id not in parted]
    return max(ends, key=lambda branch: (ledger.head(branch) or (0, b""), branch))


def _last(ledger: CommuneLedger, branch: int, seq: int) -> int:
    """The time of the log's last event, of whatever dossier it is."""
    rows = ledger.after(branch, seq - 1) if seq else ()
    return max((Header.from_bytes(row.packed.header).hlc for row in rows), default=0)


def _clock(known: Iterable[Event], name: bytes, now_ms: int) -> int:
    """That of the last event: its own whatever it says, of the others none from the far future."""
    last = 0
    for event in known:
        head = event.header
        last = max(last, head.hlc) if head.log == name else hlc.merge(last, head.hlc, now_ms)
    return last


def own_id(ledger: CommuneLedger) -> bytes:
    """The commune's id in the district's own events: the first that it was given.

    Raises NotFound("commune-gone") for one that has become a part of another.
    """
    first = ledger.connection.execute(_FIRST_ALIAS, {"c": ledger.commune}).scalars().first()
    if first is None:
        raise NotFound("commune-gone", commune=ledger.commune)
    return bytes(first)


def known_of(ledger: CommuneLedger) -> Commune:
    """The commune as its trusted events make it, under all the ids that its stores gave it.

    The very same while they stay what they are: to fold it is most of an enrolment's work.
    """
    ids = sorted({row.commune for row in ledger.map.logs.values() if row.trust != ASIDE})
    rows = [row for id_ in ids for row in _rows_of(ledger, id_)]
    stamp = (ledger.map, [(row.branch_id, bytes(row.hash), row.payload is None, row.absent) for row in rows])
    kept = _KEPT.setdefault(ledger.connection.engine, OrderedDict())
    before, found = kept.pop(ledger.commune, (None, None))
    if found is None or before != stamp:
        events = (as_event(row, ledger.map) for row in rows)
        found = commune.fold(events, ledger.above, ledger.map.origins)
    kept[ledger.commune] = stamp, found
    if len(kept) > _MOST_KEPT:
        kept.popitem(last=False)
    return found


def settle_trust(ledger: CommuneLedger) -> None:
    """Decides anew whose events count, as store/trust does; what changes by it is folded again.

    Where nothing came that could change it, as with most exchanges, the commune is not folded.
    """
    if not ledger.trust_moved:
        return
    before = standing(ledger.map)
    known = known_of(ledger)
    for _ in range(_ROUNDS):
        while _let_in(ledger, known):
            known = known_of(ledger)
        if not _limit(ledger, known):
            break
        known = known_of(ledger)
    for branch, stands in standing(ledger.map).items():
        if before.get(branch, (ASIDE, None)) != stands:
            ledger.touch_branch(branch)


def _let_in(ledger: CommuneLedger, known: Commune) -> bool:
    aside = [row for row in ledger.map.logs.values() if row.trust == ASIDE]
    if not aside:
        return False
    new = let_in(aside, known, lambda row: opening(ledger, row), lambda n: _trusted(ledger, n))
    for row, above in new:
        _stand(ledger, row.id, trust=DISTRICT if above else TRUSTED)
    if new:
        ledger.reload()
    return bool(new)


def _limit(ledger: CommuneLedger, known: Commune) -> bool:
    writers = {row.log: row for row in ledger.map.logs.values()}
    ends = limits(known, writers, lambda row: opening(ledger, row), ledger)
    changed = [row for row in ledger.map.branches.values() if ends.get(row.id) != row.until]
    for row in changed:
        at = (branches.c.commune == ledger.commune, branches.c.id == row.id)
        ledger.connection.execute(update(branches).where(*at).values(until=ends.get(row.id)))
    if changed:
        for log in writers.values():
            if log.trust != OWN:
                _stand(ledger, log.id, trust=ASIDE)
        ledger.reload()
    return bool(changed)


def _stand(ledger: CommuneLedger, log_id: int, **values: Any) -> None:
    ledger.connection.execute(
        update(logs).where(logs.c.commune == ledger.commune, logs.c.id == log_id).values(**values)
    )


def opening(ledger: CommuneLedger, row: LogRow) -> dict[str, Any] | None:
    """What the log's first event says, whatever its standing."""
    for branch in ledger.map.firsts_of(row.id):
        payload = ledger.connection.execute(_FIRST_PAYLOAD, {"c": ledger.commune, "b": branch}).scalar()
        value = json.loads(payload) if payload is not None else None
        if isinstance(value, dict):
            return value
    return None


def _trusted(ledger: CommuneLedger, name: bytes) -> bytes | None:
    row = ledger.map.find(name)
    return None if row is None or row.trust == ASIDE else row.public


def events_of(ledger: CommuneLedger, dossier: bytes) -> list[Event]:
    """All events of a dossier that are here, as the fold reads them."""
    return [as_event(row, ledger.map) for row in _rows_of(ledger, dossier)]


def _rows_of(ledger: CommuneLedger, dossier: bytes) -> Sequence[Any]:
    return ledger.connection.execute(_OF_DOSSIER, {"c": ledger.commune, "d": dossier}).all()


_FIRST_ALIAS = (
    select(aliases.c.id).where(aliases.c.commune == bindparam("c")).order_by(aliases.c.number).limit(1)
)
_FIRST_PAYLOAD = select(events.c.payload).where(
    events.c.commune == bindparam("c"), events.c.branch_id == bindparam("b"), events.c.seq == 1
)
_OF_DOSSIER = select(
    events.c.branch_id, events.c.hash, events.c.dossier, events.c.header, events.c.payload, events.c.absent
).where(events.c.commune == bindparam("c"), events.c.dossier == bindparam("d"))
