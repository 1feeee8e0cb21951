"""Where acts with money cannot all be right: shown till a person keeps a side, or gives back what is over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from counter_app.domain.entry import Entry
from counter_app.domain.order import Arranged
from counter_app.domain.payments import Method, method_of, reference_key
from counter_app.domain.registers import Conflict, Side

SAME = "same"
"""The field of the dispute over what an officer and a statement may both have told of."""


def found(arranged: Arranged, entries: Sequence[Entry], owed: int | None) -> Iterator[Conflict]:
    """Payments that did not know of each other, or that may be one, and together are more than the `owed`
    đồng; refunds that give back more than was paid; transfers of another dossier; charges that differ."""
    paid, given_back = total(entries, "paid"), total(entries, "refunded")
    if owed is not None and paid - given_back > owed:
        yield from _apart(arranged, entries, "payment", "paid")
        yield from _maybe_one(entries)
    if given_back > paid:
        yield from _apart(arranged, entries, "refund", "refunded")
    yield from _of_another(entries)
    yield from _charged_apart(arranged, entries)


def total(entries: Iterable[Entry], name: str) -> int:
    """Đồng that the acts of that name come to."""
    return sum(e.payload["amount"] for e in entries if e.name == name and e.counts and e.payload)


def _maybe_one(entries: Sequence[Entry]) -> Iterator[Conflict]:
    """Money that an officer marked as come by the bank and no statement told of, beside a transfer of a
    statement that nobody marked: of another sum, way or reference, and maybe the same money."""
    matched = {entry.told_by for entry in entries if entry.told_by}
    lone = [
        (Side(entry.ref, said["amount"], True, place), bool(said.get("statement")))
        for place, entry in enumerate(entries)
        if entry.name == "paid" and entry.counts and entry.ref not in matched and (said := entry.payload)
        if said["amount"] > 0 and method_of(said) is not Method.CASH
    ]
    if len({told for _, told in lone}) > 1:
        sides = tuple(side for side, _ in lone)
        yield Conflict(SAME, sides, next(side.event for side, told in reversed(lone) if told))


def _apart(arranged: Arranged, entries: Sequence[Entry], field: str, name: str) -> Iterator[Conflict]:
    """A conflict of the acts of that name that did not know of each other, if there are any."""
    acts = [(place, entry) for place, entry in enumerate(entries) if entry.name == name and entry.counts]
    sides = tuple(
        Side(entry.ref, entry.payload["amount"], True, place)
        for place, entry in acts
        if entry.payload and any(arranged.concurrent(place, other) for other, _ in acts)
    )
    if sides:
        yield Conflict(field, sides, sides[-1].event)


def _of_another(entries: Sequence[Entry]) -> Iterator[Conflict]:
    """Transfers that were marked by hand and that a statement gives to another dossier, with nothing here."""
    transfers: dict[str, list[Side]] = defaultdict(list)
    for place, entry in enumerate(entries):
        said: Any = entry.payload or {}
        if entry.name == "paid" and entry.counts and said.get("reference"):
            side = Side(entry.ref, said["amount"], True, place)
            transfers[reference_key(said["reference"])].append(side)
    for sides in transfers.values():
        marked = [side for side in sides if side.value > 0]
        if marked and len(marked) < len(sides):
            yield Conflict("transfer", tuple(sides), marked[-1].event)


def _charged_apart(arranged: Arranged, entries: Sequence[Entry]) -> Iterator[Conflict]:
    """Charges of different sums that did not know of each other, until one that has seen both."""
    asked = [
        Side(entry.ref, entry.payload["amount"], False, place)
        for place, entry in enumerate(entries)
        if entry.name == "payment_requested" and entry.counts and entry.payload
    ]
    last = [one for one in asked if not any(arranged.reaches(other.place, one.place) for other in asked)]
    if len({side.value for side in last}) > 1:
        yield Conflict("charge", tuple(last), last[-1].event)
