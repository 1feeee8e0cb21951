"""The sums of a dossier as the day's cash book has them, also of one that was erased."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from counter_app.domain import erasing
from counter_app.domain.dossier import Dossier
from counter_app.domain.entry import Entry
from counter_app.domain.payments import Method, method_of
from counter_app.domain.zone import VIETNAM

MONEY: Final = ("paid", "refunded")


@dataclass(frozen=True)
class Sum:
    """Money that passed a counter; `entry` is what counts of it, `told` all entries that tell of it.

    A transfer that an officer marked and a statement tells of too is the officer's: `first`, `at` his time.
    `amount` in đồng, below zero where it was given back. Of one that was erased `entry` has no payload.
    """

    entry: Entry
    told: tuple[Entry, ...]
    first: Entry
    at: datetime
    amount: int
    method: Method


def sums(dossier: Dossier) -> Iterator[Sum]:
    """In the order of the story, those that were entered by mistake too."""
    for entry in dossier.entries:
        said = entry.payload or {}
        if entry.name not in MONEY or entry.told_by or not said.get("amount"):
            continue
        told = tuple(one for one in dossier.entries if entry.ref in (one.ref, one.told_by))
        first = next((one for one in told if not (one.payload or {}).get("statement")), told[0])
        yield Sum(entry, told, first, first.happened_at, _sign(entry) * said["amount"], method_of(said))
    yield from _left(dossier)


def kept(dossier: Dossier) -> list[dict[str, Any]]:
    """What a tombstone keeps of the sums that count: of no person, and by no other system's name."""
    return [
        {
            "event": str(one.first.ref),
            "at": one.at.astimezone(VIETNAM).isoformat(timespec="seconds"),
            "amount": abs(one.amount),
            **({"method": one.method.value} if one.method is not Method.CASH else {}),
        }
        for one in sums(dossier)
        if one.entry.mistaken is None
    ]


def _left(dossier: Dossier) -> Iterator[Sum]:
    """Those that tombstones kept, each once."""
    tombs = [e.payload for e in dossier.entries if e.name == erasing.KIND and e.payload]
    told = {said["event"]: said for tomb in reversed(tombs) for said in tomb.get("money", ())}
    for entry in dossier.entries:
        said = told.get(str(entry.ref))
        if said is not None and entry.payload is None and entry.name in MONEY:
            at, amount = datetime.fromisoformat(said["at"]), _sign(entry) * said["amount"]
            yield Sum(entry, (entry,), entry, at, amount, method_of(said))


def _sign(entry: Entry) -> int:
    return 1 if entry.name == "paid" else -1
