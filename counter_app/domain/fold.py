"""A dossier is the fold of its events: the same events give the same dossier, on every machine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from counter_app.domain import charges, erasing, kinds, mistakes, money_disputes, taken_back
from counter_app.domain.dossier import Dossier, fee_of, payments_of
from counter_app.domain.entry import Entry, counting
from counter_app.domain.errors import BadInput
from counter_app.domain.events import Absent, Event
from counter_app.domain.kinds import Kind, Payload
from counter_app.domain.order import Arranged, arrange
from counter_app.domain.payments import told_again
from counter_app.domain.settling import settled


def fold(dossier: bytes, events: Iterable[Event]) -> Dossier:
    """The dossier that these events make; any order, duplicates allowed."""
    arranged = arrange(events)
    readings = _without_erased(arranged, [_read(event) for event in arranged.events])
    mistaken = mistakes.marked(
        (event.ref, kind.name if kind else "", payload)
        for event, (kind, payload, _) in zip(arranged.events, readings, strict=True)
    )
    entries = [
        Entry(event, kind, payload, absent, mistaken.get(event.ref))
        for event, (kind, payload, absent) in zip(arranged.events, readings, strict=True)
    ]
    for place, counts in told_again(payments_of(entries)).items():
        entries[place] = replace(entries[place], told_by=entries[counts].ref)
    for place, said in charges.made_enough(counting(entries)).items():
        entries[place] = replace(entries[place], enough=said)
    if mistaken:
        entries = taken_back.linked(entries)
    values, conflicts = settled(arranged, entries)
    owed = charges.owed(counting(entries), fee_of(values))
    conflicts += tuple(money_disputes.found(arranged, entries, owed))
    claims = (e.payload["on_receipt"] for e in entries if e.payload and "on_receipt" in e.payload)
    return Dossier(dossier, tuple(entries), values, conflicts, arranged, next(claims, {}))


def _without_erased(
    arranged: Arranged, readings: list[tuple[Kind | None, Payload | None, Absent]]
) -> list[tuple[Kind | None, Payload | None, Absent]]:
    """The same where what a tombstone took has no payload, whether or not its bytes are still here."""
    stands = [
        erasing.is_tombstone(event) and payload is not None
        for event, (_, payload, _) in zip(arranged.events, readings, strict=True)
    ]
    gone = erasing.gone(arranged, stands) if any(stands) else ()
    return [
        (kind, None, Absent.ERASED)
        if place in gone and absent is not Absent.ASIDE
        else (kind, payload, absent)
        for place, (kind, payload, absent) in enumerate(readings)
    ]


def _read(event: Event) -> tuple[Kind | None, Payload | None, Absent]:
    head = event.header
    if event.absent is not Absent.NO or event.payload is None:
        return kinds.KINDS.get(head.kind), None, event.absent or Absent.UNREADABLE
    try:
        found = kinds.read(head.kind, head.version, head.fact, event.payload)
    except BadInput:
        return kinds.KINDS[head.kind], None, Absent.UNREADABLE
    return (None, None, Absent.NO) if found is None else (*found, Absent.NO)
