"""A commune becomes a part of another: its logs are given over as to any other place, its machines move.

No event is changed. The commune's ids become the other's, as those of two stores that were paired.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from counter_app.district import journal, leasing, posting, uploads
from counter_app.district.identity import Identity, one_at_a_time
from counter_app.district.issuing import issue, issued_in, next_of
from counter_app.district.ledger import CommuneLedger
from counter_app.district.tables import (
    agencies,
    aliases,
    branches,
    communes,
    devices,
    dossiers,
    events,
    logs,
    pages,
    salts,
    signatures,
    stale,
    tombstones,
)
from counter_app.domain import merging
from counter_app.domain.commune import Commune
from counter_app.domain.errors import BadInput, Damaged
from counter_app.domain.issued import Key
from counter_app.domain.postings import Posting
from counter_app.store.log import ASIDE
from counter_app.sync import giving
from counter_app.sync.taking import take


def merge(connection: Connection, who: Identity, source: int, into: int, now_ms: int) -> dict[str, Any]:
    """Moves all of `source` into the other commune, whose code its machines number with from now on.

    What the command prints; `accounts` are the ids that those of `source` bear from now on. Raises
    BadInput("merge-into-itself"), NotFound("commune-gone"), Damaged("merge-not-whole").
    """
    if source == into:
        raise BadInput("merge-into-itself")
    for commune in sorted((source, into)):  # always in this order, so that nobody waits for the other
        CommuneLedger(connection, commune).lock()
    one_at_a_time(connection)
    for commune in (source, into):
        journal.own_id(CommuneLedger(connection, commune))  # one of them may have been merged meanwhile
    known = [journal.known_of(CommuneLedger(connection, commune)) for commune in (source, into)]
    today = posting.day(now_ms)
    code, name = _called(connection, into)
    old = _called(connection, source)[0]
    gone = [bytes(id_) for id_ in connection.execute(_ids(source)).scalars()]
    codes = _codes({*gone, *_unnamed(connection, source)}, known, old)
    naming = [
        event.hash for one in known for event in one.arranged.events if event.header.kind in merging.NAMING
    ]
    moved = _move_machines(connection, source, into, now_ms)
    uploads.move(connection, source, into)
    _move_ids(connection, source, into)
    _advance(connection, source, into)
    ledger = CommuneLedger(connection, into)
    ledger.lock()
    for row in moved:
        if row.log is not None and row.revoked_ms is None:
            _enrol_again(ledger, who, row, now_ms)
    ledger.finish()
    taken = _take_over(connection, source, into)
    ledger = CommuneLedger(connection, into)
    ledger.lock()
    said: dict[str, Any] = {
        "communes": [id_.hex() for id_ in gone],
        "agency": code,
        "name": name,
        "district": {
            "ed25519": who.signing.public.hex(),
            "x25519": who.sealing.public.hex(),
            "name": who.name,
            "commune": into,
        },
        "over": [hash_.hex() for hash_ in naming],
        "codes": {id_.hex(): theirs for id_, theirs in sorted(codes.items())},
        "since": today.isoformat(),
    }
    journal.append(ledger, who, now_ms, "merged", said)
    for row in moved:
        serves = posting.stands(ledger, row.device, now_ms) is posting.Stands.WITHIN
        if serves and row.log is not None and row.revoked_ms is None:
            leasing.lease(ledger, who, row.device, bytes(row.log), now_ms)
    journal.settle_trust(ledger)
    ledger.finish()
    _issue_newest(connection, who, into, known, now_ms)
    connection.execute(
        update(agencies)
        .where(agencies.c.commune == source, agencies.c.until.is_(None))
        .values(until=(today - timedelta(days=1)).isoformat())
    )
    connection.execute(update(agencies).where(agencies.c.commune == source).values(commune=into))
    accounts = sorted(_accounts(journal.known_of(ledger), set(codes.values())))
    return {"merged": old, "into": code, "events": taken, "machines": len(moved), "accounts": accounts}


def _ids(commune: int) -> Any:
    return select(aliases.c.id).where(aliases.c.commune == commune).order_by(aliases.c.number)


def _called(connection: Connection, commune: int) -> tuple[str, str]:
    row = connection.execute(
        select(agencies.c.code, communes.c.name)
        .join(communes, communes.c.commune == agencies.c.commune)
        .where(agencies.c.commune == commune, agencies.c.until.is_(None))
        .order_by(agencies.c.since, agencies.c.code)
    ).first()
    assert row is not None, "a commune that was merged is found by the other's number"
    return row.code, row.name


def _move_machines(connection: Connection, source: int, into: int, now_ms: int) -> list[Any]:
    """The machines as they stood; their days in the one end where those in the other begin."""
    today = posting.day(now_ms)
    rows = list(connection.execute(select(devices).where(devices.c.commune == source)))
    for row in rows:
        before = posting.kept(connection, source, row.device) or Posting(today)
        since = min(max(before.since, today), before.until or date.max)  # its last day stays its last
        posting.keep(connection, into, row.device, replace(before, since=since))
        posting.close(connection, source, row.device, today - timedelta(days=1))
    unleased = {"slot": None, "slot_from": None, "slot_to": None}
    connection.execute(update(devices).where(devices.c.commune == source).values(commune=into, **unleased))
    return rows


def _move_ids(connection: Connection, source: int, into: int) -> None:
    top = connection.execute(select(func.max(aliases.c.number)).where(aliases.c.commune == into)).scalar_one()
    moved = connection.execute(_ids(source)).scalars().all()
    connection.execute(delete(aliases).where(aliases.c.commune == source))
    rows = [{"commune": into, "number": number, "id": id_} for number, id_ in enumerate(moved, top + 1)]
    connection.execute(insert(aliases), rows)


def _advance(connection: Connection, source: int, into: int) -> None:
    """No machine is told a position before the one that it was told last: it would call that a step back."""
    far = select(func.max(communes.c.position)).where(communes.c.commune.in_((source, into)))
    position = connection.execute(far).scalar_one()
    connection.execute(update(communes).where(communes.c.commune == into).values(position=position))


def _enrol_again(ledger: CommuneLedger, who: Identity, row: Any, now_ms: int) -> None:
    """In the commune's own log: that of the other counts only once a machine has named the district here."""
    at = (logs.c.commune == row.commune, logs.c.log == row.log)
    known = ledger.connection.execute(select(logs).where(*at)).one()
    said = {
        "commune": bytes(known.origin).hex(),
        "ed25519": bytes(known.public).hex(),
        "x25519": bytes(known.sealing).hex(),
        "machine": known.machine,
        "device": row.device,
    }
    journal.append(ledger, who, now_ms, "enrolled", said)


def _issue_newest(
    connection: Connection, who: Identity, commune: int, before: Sequence[Commune], now_ms: int
) -> None:
    """Of a text that both had, the one that was issued last: the versions were counted in each by itself."""
    now = issued_in(connection, commune)
    both = set[Key].intersection(*(set(one.issued.current) for one in before))
    for key in sorted(both):
        newest = max((one.issued.current[key] for one in before), key=lambda text: text.at)
        if next_of(now, wanted := replace(newest, version=0)):
            issue(connection, who, commune, wanted, now_ms)


def _unnamed(connection: Connection, commune: int) -> set[bytes]:
    """The ids of stores that its machines alone let in, and that were never enrolled."""
    ledger = CommuneLedger(connection, commune)
    met = {row.commune for row in ledger.map.logs.values() if row.trust != ASIDE}
    return met - {bytes(id_) for id_ in connection.execute(select(aliases.c.id)).scalars()}


def _codes(ids: Collection[bytes], known: Sequence[Commune], code: str) -> dict[bytes, str]:
    """What the accounts of each of the ids bear: the code, unless another commune's accounts bear it."""
    theirs, into = (one.homes for one in known)
    taken = {*theirs.codes.values(), *into.codes.values()}
    free = next(text for n in count(1) if (text := code if n == 1 else f"{code}-{n}") not in taken)
    return {id_: theirs.codes.get(id_, free) for id_ in ids}


def _accounts(known: Commune, codes: Collection[str]) -> Iterator[str]:
    return (officer.id for officer in known.officers.values() if officer.home in codes)


def _take_over(connection: Connection, source: int, into: int) -> int:
    """How many events went over; nothing is left behind. Raises Damaged("merge-not-whole")."""
    theirs, moved = CommuneLedger(connection, source), 0
    while True:  # one ledger begins only so many logs
        ledger = CommuneLedger(connection, into)
        ledger.lock()
        taken = take(ledger, giving.runs_for(theirs, giving.vector(ledger)))
        journal.settle_trust(ledger)
        ledger.finish()
        moved += taken.new
        if not taken.new:
            break
    # No index has the hashes: to look for each one among all takes as the square of their number.
    here, there = (select(events.c.hash).where(events.c.commune == commune) for commune in (source, into))
    if connection.execute(here.except_(there)).first() is not None:
        raise Damaged("merge-not-whole", code=str(source))
    connection.execute(update(pages).where(pages.c.commune == source).values(commune=into))
    for table in (dossiers, stale, tombstones, signatures, salts, events, branches, logs):
        connection.execute(delete(table).where(table.c.commune == source))
    return moved
